import type { ConsultId } from '#shared/ids.ts'
import type { Context } from '#server/platform/context.ts'
import type { Tx } from '#server/platform/db.ts'
import type { Announcements } from './announce.ts'
import { end } from './call.state.ts'
import type { EndReason } from './call.state.ts'
import type { ConsultRow } from './consult.entity.ts'
import { callOf, columnsOfCall, lockConsult, saveConsult } from './consults.store.ts'
import { notFound } from './errors.ts'
import type { ConsultNeeds } from './needs.ts'
import { roleIn } from './policy.ts'

export type EndNeeds = Pick<ConsultNeeds, 'db' | 'clock' | 'audit' | 'appointments' | 'charts'> & {
  announcements: Announcements
  /** After the commit: sockets hear of it, and the media room closes. */
  over: (consultId: ConsultId, reason: EndReason) => void
}

/** The practitioner of the visit ends it for both. Doing it twice changes nothing. @throws not_found, conflict */
export async function endConsult(needs: EndNeeds, ctx: Context, consultId: ConsultId): Promise<void> {
  await needs.db.write(async (tx) => {
    const consult = await lockConsult(tx, consultId)
    if (roleIn(ctx.actor, consult) !== 'practitioner') throw notFound()
    await finish(needs, tx, ctx, consult, 'ended_by_practitioner')
  })
}

/** Ends a locked consult as part of the caller's transaction. */
export async function finish(
  { clock, audit, appointments, charts, announcements, over }: EndNeeds,
  tx: Tx,
  ctx: Context,
  consult: ConsultRow,
  reason: EndReason,
): Promise<void> {
  const call = callOf(consult)
  const next = end(call, clock.now(), reason)
  if (next === call) return
  const saved = await saveConsult(tx, consult, columnsOfCall(next))
  if (call.state === 'live') {
    await charts.finishEncounter(tx, ctx, call.encounterId)
    await appointments.fulfil(tx, ctx, consult.appointmentId)
  }
  audit.append(tx, ctx, {
    action: 'consult.end',
    patientId: consult.patientId,
    entity: { kind: 'consult', id: consult.id },
  })
  announcements.changed(tx, saved)
  if (call.state === 'waiting') announcements.queueMoved(tx, consult.practitionerId)
  tx.afterCommit(() => over(consult.id, reason))
}
