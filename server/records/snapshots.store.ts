import { In, LessThan } from 'typeorm'
import { DomainError } from '#shared/errors.ts'
import type { ConsultId, SnapshotId } from '#shared/ids.ts'
import type { Tx } from '../platform/db.ts'
import { snapshotEntity, snapshotVariantEntity } from './picture.entity.ts'
import type { SnapshotRow, SnapshotVariantRow } from './picture.entity.ts'

/** A snapshot with its stored forms: all of them, or in lists the original alone. */
export type SnapshotWithVariants = SnapshotRow & { variants: SnapshotVariantRow[] }
export type StoredPicture = Omit<SnapshotVariantRow, 'snapshotId'>

/** Keeps a new snapshot with its untouched original; what is derived from it comes later, by setDerived. */
export async function addSnapshot(
  tx: Tx,
  snapshot: Pick<SnapshotRow, 'id' | 'patientId' | 'encounterId' | 'consultId' | 'takenAt' | 'origin'>,
  original: Omit<StoredPicture, 'variant'>,
): Promise<void> {
  await tx.manager.insert(snapshotEntity, {
    ...snapshot,
    state: 'processing',
    recipe: null,
    recipeJson: null,
    qualityJson: null,
  })
  await tx.manager.insert(snapshotVariantEntity, {
    ...original,
    snapshotId: snapshot.id,
    variant: 'original',
  })
}

export type Derived =
  | { state: 'ready'; recipe: string; recipeJson: string; qualityJson: string; variants: StoredPicture[] }
  | { state: 'failed' }

/** Once: a snapshot that is ready or failed stays as it is, and the call returns false. The original cannot be replaced. */
export async function setDerived(tx: Tx, id: SnapshotId, derived: Derived): Promise<boolean> {
  const change =
    derived.state === 'ready'
      ? {
          state: derived.state,
          recipe: derived.recipe,
          recipeJson: derived.recipeJson,
          qualityJson: derived.qualityJson,
        }
      : { state: derived.state }
  const { affected } = await tx.manager.update(snapshotEntity, { id, state: 'processing' }, change)
  if (affected !== 1) return false
  if (derived.state === 'failed') return true
  if (derived.variants.some(({ variant }) => variant === 'original')) throw new DomainError('conflict')
  await tx.manager.insert(
    snapshotVariantEntity,
    derived.variants.map((variant) => ({ ...variant, snapshotId: id })),
  )
  return true
}

export async function findSnapshot(tx: Tx, id: SnapshotId): Promise<SnapshotWithVariants | null> {
  const snapshot = await tx.manager.findOneBy(snapshotEntity, { id })
  if (!snapshot) return null
  return { ...snapshot, variants: await tx.manager.findBy(snapshotVariantEntity, { snapshotId: id }) }
}

/** Of one consult, newest first; of their forms the originals alone. */
export async function snapshotsOfConsult(tx: Tx, consultId: ConsultId): Promise<SnapshotWithVariants[]> {
  const snapshots = await tx.manager.find(snapshotEntity, {
    where: { consultId },
    order: { takenAt: 'DESC' },
  })
  return withOriginals(tx, snapshots)
}

/** In the same order. What is read for each of many rows is felt: of their forms the originals alone. */
export async function withOriginals(
  tx: Tx,
  snapshots: readonly SnapshotRow[],
): Promise<SnapshotWithVariants[]> {
  if (snapshots.length === 0) return []
  const variants = await tx.manager.findBy(snapshotVariantEntity, {
    snapshotId: In(snapshots.map(({ id }) => id)),
    variant: 'original',
  })
  return snapshots.map((snapshot) => ({
    ...snapshot,
    variants: variants.filter(({ snapshotId }) => snapshotId === snapshot.id),
  }))
}

/** How many pictures a consult has, and what their originals weigh together. */
export async function weightOfConsult(
  tx: Tx,
  consultId: ConsultId,
): Promise<{ pictures: number; bytes: number }> {
  const sums = await tx.manager
    .createQueryBuilder(snapshotEntity, 's')
    .innerJoin(snapshotVariantEntity.options.name, 'v', 'v.snapshotId = s.id AND v.variant = :original', {
      original: 'original',
    })
    .where('s.consultId = :consultId', { consultId })
    .select('COUNT(*)', 'pictures')
    .addSelect('SUM(v.bytes)', 'bytes')
    .getRawOne<{ pictures: number | string; bytes: number | string | null }>()
  return { pictures: Number(sums?.pictures ?? 0), bytes: Number(sums?.bytes ?? 0) }
}

/** Those still in processing that were taken before `takenBefore`, oldest first, ten at most. */
export function unfinishedSnapshots(tx: Tx, takenBefore: number): Promise<SnapshotRow[]> {
  return tx.manager.find(snapshotEntity, {
    where: { state: 'processing', takenAt: LessThan(takenBefore) },
    order: { takenAt: 'ASC' },
    take: 10,
  })
}
