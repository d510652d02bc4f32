import { AppointmentId } from '#shared/ids.ts'
import { systemContext } from '#server/platform/context.ts'
import { findConsultOf, lockConsult } from './consults.store.ts'
import { finish } from './end.ts'
import type { EndNeeds } from './end.ts'
import { linkWindow } from './link.policy.ts'
import type { ConsultNeeds } from './needs.ts'

const receiver = { as: 'consult' }

/** A consult follows its appointment: nobody waits for a visit that was cancelled, or moved to another time. */
export function followAppointments(needs: ConsultNeeds & EndNeeds): void {
  const { db, clock, log, outbox, identity, appointments } = needs
  const ctx = systemContext('consult-appointments', log)

  outbox.on('appointment.cancelled', receiver, ({ appointmentId }) =>
    db.write(async (tx) => {
      const known = await findConsultOf(tx, AppointmentId.parse(appointmentId))
      if (!known) return
      const consult = await lockConsult(tx, known.id)
      if (consult.state === 'waiting') await finish(needs, tx, ctx, consult, 'revoked')
      await identity.endGuestSessions(tx, consult.id)
    }),
  )

  outbox.on('appointment.rescheduled', receiver, ({ appointmentId }) =>
    db.write(async (tx) => {
      const visit = await appointments.find(tx, AppointmentId.parse(appointmentId))
      const consult = visit && (await findConsultOf(tx, visit.id))
      if (!consult) return
      const { opensAt, expiresAt } = linkWindow(visit)
      const due = opensAt <= clock.now() && clock.now() < expiresAt
      // Who came by the link for the old time comes by it again for the new one.
      if (!due) await identity.endGuestSessions(tx, consult.id)
    }),
  )
}
