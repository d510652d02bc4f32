import { IsNull, LessThan, Not } from 'typeorm'
import type { SnapshotId } from '#shared/ids.ts'
import type { Tx } from '../platform/db.ts'
import { snapshotEntity, type SnapshotRow } from './picture.entity.ts'

/** Models are to be asked what is in the picture; `guard` is asked for the type as well where that is on. */
export async function wantContent(tx: Tx, id: SnapshotId, wanted: 'guard' | 'type'): Promise<void> {
  await tx.manager.update(snapshotEntity, { id }, { contentWanted: wanted })
}

/** What models said of a picture, or null when nothing more is to be expected of them. Once: then it returns false. */
export async function settleContent(tx: Tx, id: SnapshotId, contentJson: string | null): Promise<boolean> {
  const { affected } = await tx.manager.update(
    snapshotEntity,
    { id, contentWanted: Not(IsNull()) },
    { contentWanted: null, contentJson },
  )
  return affected === 1
}

/** Those that models are still asked about and that were taken before `takenBefore`, oldest first, ten at most. */
export function undescribedSnapshots(tx: Tx, takenBefore: number): Promise<SnapshotRow[]> {
  return tx.manager.find(snapshotEntity, {
    where: { contentWanted: Not(IsNull()), takenAt: LessThan(takenBefore) },
    order: { takenAt: 'ASC' },
    take: 10,
  })
}
