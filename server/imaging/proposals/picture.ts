import type { SnapshotId } from '#shared/ids.ts'
import type { RecognitionSwitch } from '#shared/imaging-recognition.ts'
import type { Context } from '../../platform/context.ts'
import { asUser } from '../../platform/policy.ts'
import { findSnapshot } from '../../records/index.ts'
import type { SnapshotWithVariants } from '../../records/index.ts'
import { notFound } from '../errors.ts'
import type { ImagingNeeds } from '../needs.ts'
import { mayEnhance } from '../policy.ts'

/** Smaller, and the print on a label is lost; larger, and nothing more is found. */
export const printEdge = 1600

type Wish = { snapshotId: SnapshotId; action: string }

/**
 * The picture, for a practitioner who treats its patient; allowed or not, it is in the audit trail. `on` are those of the
 * switches that are on, of which there is one at least.
 * @throws not_found, forbidden {reason: switched_off}
 */
export async function findToRecognise<Name extends RecognitionSwitch>(
  needs: ImagingNeeds,
  ctx: Context,
  { snapshotId, action }: Wish,
  names: readonly [Name, ...Name[]],
): Promise<{ snapshot: SnapshotWithVariants; on: readonly Name[] }> {
  const { db, switches, audit } = needs
  const { snapshot, may, on } = await db.read(async (tx) => {
    const found = await findSnapshot(tx, snapshotId)
    const allowed = found !== null && (await mayEnhance(needs, tx, ctx, found))
    if (!allowed) return { snapshot: found, may: false, on: [] }
    const { organizationId } = asUser(ctx.actor)
    const those: Name[] = []
    for (const name of names) if (await switches.isOn(tx, organizationId, name)) those.push(name)
    if (those.length === 0) await switches.require(tx, ctx, names[0])
    return { snapshot: found, may: true, on: those }
  })
  await audit.record(ctx, {
    action,
    outcome: may ? 'success' : 'refused',
    patientId: snapshot?.patientId ?? null,
    entity: { kind: 'snapshot', id: snapshotId },
  })
  if (!snapshot || !may) throw notFound()
  return { snapshot, on }
}
