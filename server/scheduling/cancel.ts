import { DomainError } from '#shared/errors.ts'
import type { AppointmentId } from '#shared/ids.ts'
import type { Appointment } from '#shared/scheduling.ts'
import type { Context } from '../platform/context.ts'
import { asUser } from '../platform/policy.ts'
import { changeAppointment, deleteCells, lockAppointment } from './appointments.store.ts'
import { staleAppointment } from './errors.ts'
import type { SchedulingEvent } from './events.ts'
import type { SchedulingNeeds } from './needs.ts'
import { maySee } from './policy.ts'
import { present } from './read.ts'

/** Cancels a visit that has not begun; its time is free at once. Throws `conflict` later on, and `stale_version`. */
export async function cancel(
  needs: SchedulingNeeds,
  ctx: Context,
  { appointmentId, version, reason }: { appointmentId: AppointmentId; version: number; reason: string },
): Promise<Appointment> {
  const { db, clock, audit, outbox } = needs
  const cancelled = await db.write(async (tx) => {
    const row = await lockAppointment(tx, appointmentId)
    if (!row || !(await maySee(tx, needs, asUser(ctx.actor), row))) throw new DomainError('not_found')
    if (row.version !== version) throw staleAppointment(row.version)
    if (row.status !== 'booked' && row.status !== 'arrived') throw new DomainError('conflict')
    const next = await changeAppointment(tx, row, {
      status: 'cancelled',
      cancelReason: reason,
      updatedAt: clock.now(),
    })
    await deleteCells(tx, row.id)
    const event: SchedulingEvent = { name: 'appointment.cancelled', appointmentId: row.id }
    await outbox.add(tx, event)
    audit.append(tx, ctx, {
      action: 'appointment.cancelled',
      patientId: row.patientId,
      entity: { kind: 'appointment', id: row.id },
    })
    return next
  })
  return db.read((tx) => present(tx, needs, cancelled))
}
