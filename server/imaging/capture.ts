import type { z } from 'zod'
import type { ConsultId, RecordId } from '#shared/ids.ts'
import { SnapshotId } from '#shared/ids.ts'
import type { Snapshot } from '#shared/imaging.ts'
import type { ConsultRow } from '../consult/index.ts'
import type { Context } from '../platform/context.ts'
import { newId } from '../platform/ids.ts'
import { addSnapshot, findSnapshot } from '../records/index.ts'
import type { AutomaticPictures } from './automatic.ts'
import { asFact, consentMissing, declined, notFound, notOpen } from './errors.ts'
import type { ImagingNeeds } from './needs.ts'
import { present, presentNew } from './present.ts'
import { findRequest, fulfilRequest } from './requests.store.ts'

/**
 * Takes in the picture that the patient allowed: checked and stripped, kept encrypted, in the chart, and on its way
 * through the pipeline before the uploader has its answer. The same request sent again gives the same snapshot.
 */
export async function captureSnapshot(
  needs: ImagingNeeds & { automatic: AutomaticPictures },
  ctx: Context,
  { consultId, requestId, bytes }: { consultId: ConsultId; requestId: RecordId; bytes: Buffer },
): Promise<z.input<typeof Snapshot>> {
  const { db, clock, consult, blobs, audit, pipeline, automatic } = needs
  const allowed = await db.read(async (tx) => {
    const row = await mustBePatientOf(tx)
    const request = await findRequest(tx, requestId)
    if (!request || request.consultId !== consultId) throw notFound()
    if (request.snapshotId !== null) return { row, before: await findSnapshot(tx, request.snapshotId) }
    if (request.state === 'declined') throw declined()
    if (request.state === 'open') throw consentMissing()
    if (request.expiresAt <= clock.now()) throw notOpen()
    return { row, before: null }
  })
  if (allowed.before) return present(allowed.before)

  let accepted
  try {
    accepted = pipeline.accept(bytes)
  } catch (error) {
    throw asFact(error)
  }
  const { row } = allowed
  const { inspected } = accepted
  const snapshot = {
    id: newId(SnapshotId, clock),
    patientId: row.patientId,
    encounterId: row.encounterId,
    consultId,
    takenAt: clock.now(),
  }
  const original = {
    contentType: inspected.mediaType,
    bytes: accepted.bytes.length,
    width: inspected.width,
    height: inspected.height,
  }
  const enhanced = automatic.begin(accepted.bytes)
  const { key, sha256 } = await blobs.put(accepted.bytes)
  const before = await db.write(async (tx) => {
    if (!(await fulfilRequest(tx, requestId, snapshot.id))) return findRequest(tx, requestId)
    await addSnapshot(tx, snapshot, { ...original, blobKey: key, sha256 })
    audit.append(tx, ctx, {
      action: 'snapshot.captured',
      patientId: row.patientId,
      entity: { kind: 'snapshot', id: snapshot.id },
    })
    return null
  })
  if (before?.snapshotId) {
    const first = await db.read((tx) => findSnapshot(tx, before.snapshotId as SnapshotId))
    if (first) return present(first)
  }
  consult.tell(consultId, 'snapshot:captured', { snapshotId: snapshot.id })
  automatic.finish(snapshot, enhanced)
  return presentNew(snapshot, original)

  async function mustBePatientOf(tx: Parameters<typeof findRequest>[0]): Promise<ConsultRow> {
    const found = await consult.find(tx, consultId)
    if (!found || consult.roleIn(ctx.actor, found) !== 'patient') throw notFound()
    return found
  }
}
