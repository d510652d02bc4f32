import type { z } from 'zod'
import { RecordId } from '#shared/ids.ts'
import type { imagingRequests } from '#shared/imaging.ts'
import type { Context } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { claimKey } from '../platform/idempotency.ts'
import { newId } from '../platform/ids.ts'
import { mustBeLive } from '../consult/index.ts'
import type { Seat } from '../consult/index.ts'
import { notFound, notOpen } from './errors.ts'
import type { ImagingNeeds } from './needs.ts'
import { addRequest, answerRequest, findRequest, openRequestOf, withdrawRequest } from './requests.store.ts'
import { mustHaveRoom } from './room.ts'
import type { SnapshotRequestRow } from './snapshot-request.entity.ts'

type Asked = z.input<(typeof imagingRequests)['snapshot:request']['reply']>

const answerWithinMs = 60_000
/** A slow uplink may need a while for a full-resolution picture. */
const uploadWithinMs = 5 * 60_000
/** The words of the question, as shown; a changed text is a new version. */
const consentText = '2026-11'

/**
 * The doctor asks for a picture. While one question is open, asking again is the same question.
 * @throws not_found, not_admitted, consult_ended, pictures_full
 */
export async function askForSnapshot(
  needs: ImagingNeeds,
  ctx: Context,
  seat: Seat,
  { idempotencyKey: key, reason }: z.output<(typeof imagingRequests)['snapshot:request']['input']>,
): Promise<Asked> {
  const { db, clock, consult, audit } = needs
  if (seat.role !== 'practitioner') throw notFound()
  const { request, patientId, isNew } = await db.write(async (tx) => {
    const id = newId(RecordId, clock)
    const made = await claimKey(tx, clock, {
      scope: `snapshot-request ${seat.participantId}`,
      key,
      resultId: id,
    })
    // Holds the consult's row: of two presses at once, the second sees the question of the first.
    await consult.changed(tx, seat.consultId)
    // A key that joined a question that was open has made none of its own.
    const earlier =
      (made === null ? null : await findRequest(tx, RecordId.parse(made))) ??
      (await openRequestOf(tx, seat.consultId, clock.now()))
    const row = await consult.find(tx, seat.consultId)
    if (!row) throw notFound()
    mustBeLive(row.state)
    if (earlier) return { request: earlier, patientId: row.patientId, isNew: false }
    // Better said now than to the patient, who has taken the trouble.
    await mustHaveRoom(tx, seat.consultId, 0)
    const now = clock.now()
    const request = {
      id,
      consultId: seat.consultId,
      requestedBy: seat.participantId,
      state: 'open' as const,
      createdAt: now,
      expiresAt: now + answerWithinMs,
      snapshotId: null,
      reason: reason ?? null,
    }
    await addRequest(tx, request)
    audit.append(tx, ctx, {
      action: 'snapshot.requested',
      patientId: row.patientId,
      entity: { kind: 'snapshot_request', id },
    })
    return { request, patientId: row.patientId, isNew: true }
  })
  if (isNew) {
    needs.log.info({ consultId: seat.consultId, requestId: request.id }, 'picture asked for')
    consult.tell(seat.consultId, 'snapshot:requested', {
      requestId: request.id,
      requestedBy: request.requestedBy,
      expiresAt: request.expiresAt,
      reason: request.reason,
    })
    // The answer and the upload take seconds: by then the media process is warm.
    needs.pipeline
      .warm()
      .catch((error: unknown) =>
        needs.log.warn({ err: error, patientId }, 'media process did not start ahead of need'),
      )
  }
  return { requestId: request.id, expiresAt: request.expiresAt }
}

/** The patient's yes or no, or a yes taken back before the picture has come; each kept as a consent of its own. */
export async function answerSnapshot(
  needs: ImagingNeeds,
  ctx: Context,
  seat: Seat,
  requestId: RecordId,
  allowed: boolean,
): Promise<void> {
  const { db, clock, consult } = needs
  if (seat.role !== 'patient') throw notFound()
  await db.write(async (tx) => {
    const request = await findRequest(tx, requestId)
    const row = await consult.find(tx, seat.consultId)
    if (!request || !row || request.consultId !== seat.consultId) throw notFound()
    mustBeLive(row.state)
    // A repeated answer is not another one.
    if (request.state === (allowed ? 'allowed' : 'declined')) return
    if (!(await mayStillSay(tx, request))) throw notOpen()
    await consult.addConsent(tx, ctx, row, { kind: 'snapshot', textVersion: consentText, granted: allowed })
    await consult.changed(tx, seat.consultId)
  })
  consult.tell(seat.consultId, 'snapshot:answered', { requestId, allowed })

  /** Yes and no while the question is open, and no after a yes until the picture is there. */
  async function mayStillSay(tx: Tx, { state, expiresAt }: SnapshotRequestRow): Promise<boolean> {
    if (state === 'allowed') return withdrawRequest(tx, requestId)
    if (state !== 'open' || expiresAt <= clock.now()) return false
    return answerRequest(tx, requestId, allowed ? 'allowed' : 'declined', clock.now() + uploadWithinMs)
  }
}
