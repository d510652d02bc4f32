import type { EnhancementId, SnapshotId } from '#shared/ids.ts'
import { DomainError } from '#shared/errors.ts'
import type { Context } from '../../platform/context.ts'
import { asUser } from '../../platform/policy.ts'
import { findSnapshot } from '../../records/index.ts'
import type { SnapshotWithVariants } from '../../records/index.ts'
import type { EnhancementRow } from '../enhancement.entity.ts'
import { findEnhancement } from '../enhancements.store.ts'
import { notFound } from '../errors.ts'
import { mayEnhance } from '../policy.ts'
import type { ExportNeeds } from './needs.ts'

export type PictureToExport = { snapshot: SnapshotWithVariants; enhancement: EnhancementRow | null }
export type Which = { snapshotId: SnapshotId; enhancementId: EnhancementId | null }

/**
 * The picture, for a practitioner who treats its patient; every refusal is in the audit trail.
 * @throws not_found; conflict {reason: not_ready} while an enhancement is still being made or could not be.
 */
export async function findToExport(
  needs: ExportNeeds,
  ctx: Context,
  { snapshotId, enhancementId }: Which,
): Promise<PictureToExport> {
  const { snapshot, enhancement, may } = await needs.db.read(async (tx) => {
    const found = await findSnapshot(tx, snapshotId)
    const derived = enhancementId === null ? null : await findEnhancement(tx, enhancementId)
    const belongs = enhancementId === null || derived?.snapshotId === snapshotId
    return {
      snapshot: found,
      enhancement: derived,
      may: found !== null && belongs && (await mayEnhance(needs, tx, ctx, found)),
    }
  })
  if (snapshot && may) {
    if (enhancement && enhancement.state !== 'ready')
      throw new DomainError('conflict', { reason: 'not_ready' })
    return { snapshot, enhancement }
  }
  await needs.audit.record(ctx, {
    action: 'snapshot.exported',
    outcome: 'refused',
    patientId: snapshot?.patientId ?? null,
    entity: { kind: 'snapshot', id: snapshotId },
  })
  throw notFound()
}

/** The practitioner who sends it out. */
export function exporter({ actor }: Context) {
  const { practitionerId } = asUser(actor)
  if (practitionerId === null) throw notFound()
  return practitionerId
}
