import type { ConsultId, PatientId, PractitionerId } from '#shared/ids.ts'
import type { Actor, GuestActor, UserActor } from '#server/platform/context.ts'
import type { SocketPolicy } from '#server/platform/realtime.ts'
import type { ParticipantRow } from './consult.entity.ts'

/** Whose place in the consult this is; null for everyone who has none. */
export function roleIn(
  actor: Actor,
  consult: { id: ConsultId; patientId: PatientId; practitionerId: PractitionerId },
): ParticipantRow['role'] | null {
  if (actor.kind === 'guest')
    return actor.consultId === consult.id && actor.patientId === consult.patientId ? 'patient' : null
  if (actor.kind !== 'user') return null
  if (actor.role === 'patient') return actor.patientId === consult.patientId ? 'patient' : null
  if (actor.role === 'practitioner')
    return actor.practitionerId === consult.practitionerId ? 'practitioner' : null
  return null
}

/** Who can hold a ticket for a consult at all. */
export function isParticipant(actor: Actor): actor is UserActor | GuestActor {
  return (
    actor.kind === 'guest' ||
    (actor.kind === 'user' && (actor.role === 'patient' || actor.role === 'practitioner'))
  )
}

export const participants: SocketPolicy = {
  sentence: 'A participant of the consult that the ticket was made for',
  allows: (peer) => peer.ticket.kind === 'consult',
}

export const patientOfConsult: SocketPolicy = {
  sentence: 'The patient of the consult that the ticket was made for',
  allows: (peer) => peer.ticket.kind === 'consult' && peer.actor.role === 'patient',
}

export const admittedParticipants: SocketPolicy = {
  sentence:
    'A participant with a seat, once the doctor has admitted the patient; judged again in the use case',
  allows: (peer) => peer.ticket.kind === 'consult',
}
