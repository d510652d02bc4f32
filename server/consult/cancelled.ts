import { AppointmentId } from '#shared/ids.ts'
import { systemContext } from '#server/platform/context.ts'
import { findConsultOf, lockConsult } from './consults.store.ts'
import { finish } from './end.ts'
import type { EndNeeds } from './end.ts'
import type { ConsultNeeds } from './needs.ts'

/** Nobody waits for a visit that was cancelled: the patient is sent away, and the queue closes up. */
export function followCancellations(needs: ConsultNeeds & EndNeeds): void {
  const { db, log, outbox, identity } = needs
  const ctx = systemContext('consult-cancelled', log)
  outbox.on('appointment.cancelled', ({ appointmentId }) =>
    db.write(async (tx) => {
      const known = await findConsultOf(tx, AppointmentId.parse(appointmentId))
      if (!known) return
      const consult = await lockConsult(tx, known.id)
      if (consult.state === 'waiting') await finish(needs, tx, ctx, consult, 'revoked')
      await identity.endGuestSessions(tx, consult.id)
    }),
  )
}
