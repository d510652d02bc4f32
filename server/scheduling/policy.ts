import type { UserActor } from '#server/platform/context.ts'
import type { AppointmentRow } from './appointment.entity.ts'

/** The scheduler sees the calendar of their clinic, the practitioner their own, the patient their own visits. */
export function maySee(actor: UserActor, appointment: AppointmentRow): boolean {
  switch (actor.role) {
    case 'scheduler':
      return actor.organizationId === appointment.organizationId
    case 'practitioner':
      return actor.practitionerId === appointment.practitionerId
    case 'patient':
      return actor.patientId === appointment.patientId
    case 'administrator':
      return false
  }
}

/** The scheduler books for any practitioner of their clinic, a practitioner for themselves. */
export function mayBook(
  actor: UserActor,
  { id, organizationId }: { id: string; organizationId: string },
): boolean {
  if (actor.organizationId !== organizationId) return false
  return actor.role === 'scheduler' || (actor.role === 'practitioner' && actor.practitionerId === id)
}
