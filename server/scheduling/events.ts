import type { AppointmentId } from '#shared/ids.ts'

/** What scheduling tells after the commit; ids only, the rest is read when it is needed. */
export type SchedulingEvent = {
  name: 'appointment.booked' | 'appointment.cancelled' | 'appointment.rescheduled'
  appointmentId: AppointmentId
}
