import type { Context } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import type { SnapshotWithVariants } from '../records/index.ts'
import type { ImagingNeeds } from './needs.ts'

type Snapshot = Pick<SnapshotWithVariants, 'patientId' | 'consultId'>

/** The patient sees their own pictures, a guest those of the one consult, a practitioner those of whom they treat. */
export async function maySee(
  needs: Pick<ImagingNeeds, 'hasCareRelationship'>,
  tx: Tx,
  { actor }: Context,
  snapshot: Snapshot,
): Promise<boolean> {
  if (actor.kind === 'guest')
    return actor.patientId === snapshot.patientId && actor.consultId === snapshot.consultId
  if (actor.kind !== 'user') return false
  if (actor.role === 'patient') return actor.patientId === snapshot.patientId
  if (actor.role !== 'practitioner' || actor.practitionerId === null) return false
  return needs.hasCareRelationship(tx, actor.practitionerId, snapshot.patientId)
}

/** Practitioners who treat the patient, and the one of the consult; never the patient. */
export async function mayEnhance(
  needs: Pick<ImagingNeeds, 'hasCareRelationship' | 'consult'>,
  tx: Tx,
  ctx: Context,
  snapshot: Snapshot,
): Promise<boolean> {
  const { actor } = ctx
  if (actor.kind !== 'user' || actor.role !== 'practitioner') return false
  if (await maySee(needs, tx, ctx, snapshot)) return true
  const consult = snapshot.consultId && (await needs.consult.find(tx, snapshot.consultId))
  return consult ? needs.consult.roleIn(actor, consult) === 'practitioner' : false
}
