import type { ConsultId, SnapshotId } from '#shared/ids.ts'
import type { Tx } from '../../platform/db.ts'
import { isUniqueViolation } from '../../platform/db.ts'
import { shownPictureEntity, type ShownPictureRow } from './shown-picture.entity.ts'

/** Doing it twice changes nothing. */
export async function letSee(tx: Tx, row: ShownPictureRow): Promise<void> {
  try {
    await tx.manager.insert(shownPictureEntity, row)
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
  }
}

export function isShown(tx: Tx, consultId: ConsultId, snapshotId: SnapshotId): Promise<boolean> {
  return tx.manager.existsBy(shownPictureEntity, { consultId, snapshotId })
}
