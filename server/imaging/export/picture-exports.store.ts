import { In, IsNull } from 'typeorm'
import type { EnhancementId, RecordId, SnapshotId } from '#shared/ids.ts'
import type { Tx } from '../../platform/db.ts'
import { pictureExportEntity } from './picture-export.entity.ts'
import type { PictureExportRow } from './picture-export.entity.ts'

export async function addExport(tx: Tx, row: PictureExportRow): Promise<void> {
  await tx.manager.insert(pictureExportEntity, row)
}

export function findExport(tx: Tx, id: RecordId): Promise<PictureExportRow | null> {
  return tx.manager.findOneBy(pictureExportEntity, { id })
}

/** Newest first, five hundred at most: what is tried and drawn again and again must not hide what has arrived. */
export function transfersOf(tx: Tx, snapshotId: SnapshotId): Promise<PictureExportRow[]> {
  return tx.manager.find(pictureExportEntity, {
    where: { snapshotId, form: In(['archive', 'archive-pr']) },
    order: { createdAt: 'DESC', id: 'DESC' },
    take: 500,
  })
}

/** The transfer of this very picture that is under way or has arrived. */
export function goodTransferOf(
  tx: Tx,
  snapshotId: SnapshotId,
  enhancementId: EnhancementId | null,
): Promise<PictureExportRow | null> {
  return tx.manager.findOneBy(pictureExportEntity, {
    snapshotId,
    enhancementId: enhancementId ?? IsNull(),
    form: 'archive',
    state: In(['queued', 'sent']),
  })
}

/** The transfer of these very drawings that is under way or has arrived. */
export function goodTransferOfDrawings(
  tx: Tx,
  snapshotId: SnapshotId,
  instanceUid: string,
): Promise<PictureExportRow | null> {
  return tx.manager.findOneBy(pictureExportEntity, {
    snapshotId,
    instanceUid,
    form: 'archive-pr',
    state: In(['queued', 'sent']),
  })
}

type Settled = Pick<PictureExportRow, 'state' | 'failure' | 'settledAt' | 'instanceUid' | 'sha256'>

/** Once: what was sent or has failed stays as it is, and the call returns false. */
export async function settleTransfer(tx: Tx, id: RecordId, settled: Settled): Promise<boolean> {
  const { affected } = await tx.manager.update(pictureExportEntity, { id, state: 'queued' }, settled)
  return affected === 1
}

/** One more try came to nothing. */
export async function countAttempt(tx: Tx, id: RecordId): Promise<void> {
  await tx.manager.increment(pictureExportEntity, { id, state: 'queued' }, 'attempts', 1)
}
