import { DomainError } from '#shared/errors.ts'
import type { AppointmentId } from '#shared/ids.ts'
import type { AppointmentStatus } from '#shared/scheduling.ts'
import type { Context } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { changeAppointment, lockAppointment } from './appointments.store.ts'
import type { SchedulingNeeds } from './needs.ts'

const mayBecome: Record<AppointmentStatus, readonly AppointmentStatus[]> = {
  booked: ['arrived', 'checked-in', 'fulfilled', 'noshow'],
  arrived: ['checked-in', 'fulfilled', 'noshow'],
  'checked-in': ['fulfilled'],
  fulfilled: [],
  noshow: ['arrived', 'checked-in', 'fulfilled'],
  cancelled: [],
}

/** Part of the caller's transaction. Setting what is set already changes nothing; an impossible step is `conflict`. */
export async function setStatus(
  { clock, audit }: SchedulingNeeds,
  tx: Tx,
  ctx: Context,
  id: AppointmentId,
  status: AppointmentStatus,
): Promise<void> {
  const row = await lockAppointment(tx, id)
  if (!row) throw new DomainError('not_found')
  if (row.status === status) return
  if (row.status === 'cancelled') throw new DomainError('appointment_cancelled')
  if (!mayBecome[row.status].includes(status)) throw new DomainError('conflict')
  await changeAppointment(tx, row, { status, updatedAt: clock.now() })
  audit.append(tx, ctx, {
    action: `appointment.${status}`,
    patientId: row.patientId,
    entity: { kind: 'appointment', id },
  })
}
