import { DomainError } from '#shared/errors.ts'
import type { AppointmentId } from '#shared/ids.ts'
import type { Appointment } from '#shared/scheduling.ts'
import { minuteMs } from '#shared/time.ts'
import type { Instant } from '#shared/time.ts'
import type { Context } from '../platform/context.ts'
import { asUser } from '../platform/policy.ts'
import { changeAppointment, deleteCells, findAppointment, lockAppointment } from './appointments.store.ts'
import { orNextFree, refuseOutside, takeCells } from './book.ts'
import { staleAppointment } from './errors.ts'
import type { SchedulingEvent } from './events.ts'
import type { SchedulingNeeds } from './needs.ts'
import { bookable } from './policy.ts'
import { present } from './read.ts'

/** Moves a booked visit: the old time is given up only together with taking the new one. Errors as in book(). */
export async function reschedule(
  needs: SchedulingNeeds,
  ctx: Context,
  wanted: { appointmentId: AppointmentId; version: number; startsAt: Instant; minutes: number },
): Promise<Appointment> {
  const { db, clock, audit, outbox } = needs
  const actor = asUser(ctx.actor)
  const practitioner = await db.read(async (tx) => {
    const row = await findAppointment(tx, wanted.appointmentId)
    return row && bookable(tx, needs, actor, row.practitionerId)
  })
  if (!practitioner) throw new DomainError('not_found')

  const write = () =>
    db.write(async (tx) => {
      const row = await lockAppointment(tx, wanted.appointmentId)
      if (!row) throw new DomainError('not_found')
      if (row.version !== wanted.version) throw staleAppointment(row.version)
      if (row.status !== 'booked') throw new DomainError('conflict')
      await refuseOutside(tx, needs, practitioner, wanted)
      const next = await changeAppointment(tx, row, {
        startsAt: wanted.startsAt,
        endsAt: wanted.startsAt + wanted.minutes * minuteMs,
        updatedAt: clock.now(),
      })
      await deleteCells(tx, row.id)
      await takeCells(tx, next)
      const event: SchedulingEvent = { name: 'appointment.rescheduled', appointmentId: row.id }
      await outbox.add(tx, event)
      audit.append(tx, ctx, {
        action: 'appointment.rescheduled',
        patientId: row.patientId,
        entity: { kind: 'appointment', id: row.id },
      })
      return next
    })

  const moved = await orNextFree(needs, practitioner, wanted, write)
  return db.read((tx) => present(tx, needs, moved))
}
