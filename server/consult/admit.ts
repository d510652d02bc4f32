import type { ConsultId, EncounterId } from '#shared/ids.ts'
import type { Context } from '#server/platform/context.ts'
import type { Announcements } from './announce.ts'
import { admit, mustWait } from './call.state.ts'
import { callOf, columnsOfCall, lockConsult, saveConsult } from './consults.store.ts'
import { notFound } from './errors.ts'
import type { ConsultNeeds } from './needs.ts'
import { roleIn } from './policy.ts'

export type AdmissionNeeds = Pick<ConsultNeeds, 'db' | 'clock' | 'audit' | 'appointments' | 'charts'> & {
  announcements: Announcements
  /** Opens the media room while the participants are being told. */
  prepareRoom: (consultId: ConsultId) => Promise<void>
}

/**
 * Lets the waiting patient in, opens the encounter, and so gives both a right to media. Doing it twice changes nothing.
 * @throws not_found for everyone but the practitioner of this visit, conflict when nobody waits, consult_ended
 */
export async function admitPatient(
  { db, clock, audit, appointments, charts, announcements, prepareRoom }: AdmissionNeeds,
  ctx: Context,
  consultId: ConsultId,
): Promise<{ consultId: ConsultId; encounterId: EncounterId }> {
  return db.write(async (tx) => {
    const consult = await lockConsult(tx, consultId)
    if (roleIn(ctx.actor, consult) !== 'practitioner') throw notFound()
    const call = callOf(consult)
    if (call.state === 'live') return { consultId, encounterId: call.encounterId }
    const waiting = mustWait(call)
    const visit = await appointments.find(tx, consult.appointmentId)
    if (!visit) throw notFound()
    const encounterId = await charts.startEncounter(tx, ctx, { ...visit, consultId })
    await appointments.checkIn(tx, ctx, consult.appointmentId)
    const saved = await saveConsult(tx, consult, columnsOfCall(admit(waiting, clock.now(), encounterId)))
    audit.append(tx, ctx, {
      action: 'consult.admit',
      patientId: consult.patientId,
      entity: { kind: 'consult', id: consultId },
    })
    announcements.changed(tx, saved)
    announcements.queueMoved(tx, consult.practitionerId)
    tx.afterCommit(() => void prepareRoom(consultId))
    return { consultId, encounterId }
  })
}
