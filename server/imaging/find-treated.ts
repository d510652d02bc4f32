import type { SnapshotId } from '#shared/ids.ts'
import type { Context } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { findSnapshot } from '../records/index.ts'
import type { SnapshotWithVariants } from '../records/index.ts'
import { notFound } from './errors.ts'
import type { ImagingNeeds } from './needs.ts'
import { mayEnhance } from './policy.ts'

type Wish = { snapshotId: SnapshotId; action: string }

/**
 * The picture, for a practitioner who treats its patient and does something with it; who may not is in the audit trail.
 * `require` throws what else speaks against it.
 * @throws not_found
 */
export async function findTreated(
  needs: ImagingNeeds,
  ctx: Context,
  { snapshotId, action }: Wish,
  require: (tx: Tx) => Promise<void> = async () => undefined,
): Promise<SnapshotWithVariants> {
  const { snapshot, may } = await needs.db.read(async (tx) => {
    const found = await findSnapshot(tx, snapshotId)
    const allowed = found !== null && (await mayEnhance(needs, tx, ctx, found))
    if (allowed) await require(tx)
    return { snapshot: found, may: allowed }
  })
  if (snapshot && may) return snapshot
  await needs.audit.record(ctx, {
    action,
    outcome: 'refused',
    patientId: snapshot?.patientId ?? null,
    entity: { kind: 'snapshot', id: snapshotId },
  })
  throw notFound()
}
