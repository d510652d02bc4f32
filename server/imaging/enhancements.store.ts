import { LessThan } from 'typeorm'
import type { EnhancementId, SnapshotId } from '#shared/ids.ts'
import type { EnhancementFailure } from '#shared/imaging.ts'
import type { Instant } from '#shared/time.ts'
import type { Tx } from '../platform/db.ts'
import { enhancementEntity } from './enhancement.entity.ts'
import type { EnhancementRow } from './enhancement.entity.ts'

export async function addEnhancement(tx: Tx, row: EnhancementRow): Promise<void> {
  await tx.manager.insert(enhancementEntity, row)
}

export function findEnhancement(tx: Tx, id: EnhancementId): Promise<EnhancementRow | null> {
  return tx.manager.findOneBy(enhancementEntity, { id })
}

export function enhancementByRecipe(
  tx: Tx,
  snapshotId: SnapshotId,
  recipeHash: string,
): Promise<EnhancementRow | null> {
  return tx.manager.findOneBy(enhancementEntity, { snapshotId, recipeHash })
}

/** Oldest first. */
export function enhancementsOf(tx: Tx, snapshotId: SnapshotId): Promise<EnhancementRow[]> {
  return tx.manager.find(enhancementEntity, { where: { snapshotId }, order: { createdAt: 'ASC', id: 'ASC' } })
}

export function countEnhancements(tx: Tx, snapshotId: SnapshotId): Promise<number> {
  return tx.manager.countBy(enhancementEntity, { snapshotId })
}

/** One that failed is made anew. False when it is not in that state any more. */
export async function restartEnhancement(tx: Tx, id: EnhancementId, now: Instant): Promise<boolean> {
  const change = { state: 'processing', failure: null, askedAt: now } as const
  const { affected } = await tx.manager.update(enhancementEntity, { id, state: 'failed' }, change)
  return affected === 1
}

type Settled =
  | ({ state: 'ready' } & Required<
      Pick<EnhancementRow, 'engine' | 'blobKey' | 'sha256' | 'bytes' | 'width' | 'height'>
    >)
  | { state: 'failed'; failure: EnhancementFailure }

/** Once: what is ready or failed stays as it is, and the call returns false. */
export async function settleEnhancement(tx: Tx, id: EnhancementId, settled: Settled): Promise<boolean> {
  const { affected } = await tx.manager.update(enhancementEntity, { id, state: 'processing' }, settled)
  return affected === 1
}

/** Those that are still to be made though they were asked for before `askedBefore`, oldest first, ten at most. */
export function unfinishedEnhancements(tx: Tx, askedBefore: Instant): Promise<EnhancementRow[]> {
  return tx.manager.find(enhancementEntity, {
    where: { state: 'processing', askedAt: LessThan(askedBefore) },
    order: { askedAt: 'ASC' },
    take: 10,
  })
}
