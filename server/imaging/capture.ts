import type { z } from 'zod'
import type { ConsultId, RecordId, SnapshotId } from '#shared/ids.ts'
import type { Snapshot } from '#shared/imaging.ts'
import type { SnapshotOrigin } from '#shared/imaging-capture.ts'
import type { Context } from '../platform/context.ts'
import { findSnapshot } from '../records/index.ts'
import { consentMissing, declined, notFound, notOpen } from './errors.ts'
import { present } from './present.ts'
import type { Tx } from '../platform/db.ts'
import { findRequest, fulfilRequest } from './requests.store.ts'
import { mustHaveRoom } from './room.ts'
import { takeIn, type TakingIn } from './take-in.ts'

/** The picture that the patient allowed, from the camera or the gallery. The same request sent again gives the same snapshot. */
export async function captureSnapshot(
  needs: TakingIn,
  ctx: Context,
  upload: {
    consultId: ConsultId
    requestId: RecordId
    origin: Exclude<SnapshotOrigin, 'doctor'>
    bytes: Buffer
  },
): Promise<z.input<typeof Snapshot>> {
  const { db, clock, consult } = needs
  const { consultId, requestId, origin, bytes } = upload
  const { row, before } = await db.read(async (tx) => {
    const found = await consult.find(tx, consultId)
    if (!found || consult.roleIn(ctx.actor, found) !== 'patient') throw notFound()
    const request = await findRequest(tx, requestId)
    if (!request || request.consultId !== consultId) throw notFound()
    if (request.snapshotId !== null) return { row: found, before: await findSnapshot(tx, request.snapshotId) }
    if (request.state === 'declined') throw declined()
    if (request.state === 'open') throw consentMissing()
    if (request.state === 'lapsed' || request.expiresAt <= clock.now()) throw notOpen()
    await mustHaveRoom(tx, consultId, bytes.length)
    return { row: found, before: null }
  })
  if (before) return present(before, ctx)
  return takeIn(needs, ctx, {
    row,
    origin,
    bytes,
    claim: async (tx, id) => ((await fulfilRequest(tx, requestId, id)) ? null : earlierPicture(tx)),
  })

  async function earlierPicture(tx: Tx): Promise<SnapshotId> {
    const request = await findRequest(tx, requestId)
    if (request?.snapshotId) return request.snapshotId
    // The patient took the yes back, or its time ran out, while the picture came in.
    throw request?.state === 'declined' ? declined() : notOpen()
  }
}
