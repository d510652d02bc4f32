import type { EncounterId, PatientId } from '#shared/ids.ts'
import { SnapshotId } from '#shared/ids.ts'
import type { Instant } from '#shared/time.ts'
import type { Context } from '../platform/context.ts'
import { newId } from '../platform/ids.ts'
import { addSnapshot, findEncounter } from '../records/index.ts'
import type { TakingIn } from './take-in.ts'

export type EarlierPicture = {
  patientId: PatientId
  encounterId: EncounterId
  takenAt: Instant
  bytes: Uint8Array
}

/**
 * Keeps a picture that was taken in a visit of the past, checked and stripped like any other; what is derived from it
 * follows, and what models say of it where they are let. @throws ImageRejected.
 */
export async function keepEarlier(
  { db, clock, blobs, audit, pipeline, automatic, descriptions }: TakingIn,
  ctx: Context,
  { bytes, ...taken }: EarlierPicture,
): Promise<SnapshotId> {
  const { inspected, ...accepted } = pipeline.accept(bytes)
  const snapshot = { ...taken, id: newId(SnapshotId, clock), consultId: null, origin: 'doctor' as const }
  const enhanced = automatic.begin(accepted.bytes)
  const { key, sha256 } = await blobs.put(accepted.bytes)
  const wanted = await db.write(async (tx) => {
    await addSnapshot(tx, snapshot, {
      blobKey: key,
      sha256,
      contentType: inspected.mediaType,
      bytes: accepted.bytes.length,
      width: inspected.width,
      height: inspected.height,
    })
    audit.append(tx, ctx, {
      action: 'snapshot.added',
      patientId: taken.patientId,
      entity: { kind: 'snapshot', id: snapshot.id },
    })
    const visit = await findEncounter(tx, taken.encounterId)
    return visit && descriptions.want(tx, snapshot.id, visit.organizationId)
  })
  automatic.finish(snapshot, enhanced)
  if (wanted) descriptions.begin(snapshot, accepted.bytes, enhanced)
  return snapshot.id
}
