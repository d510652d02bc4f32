import type { OrganizationId, PractitionerId } from '#shared/ids.ts'
import type { PractitionerRow } from '../identity/index.ts'
import type { UserActor } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import type { AppointmentRow } from './appointment.entity.ts'
import type { SchedulingNeeds } from './needs.ts'

/** The scheduler sees the calendars of their clinic and those below it, the practitioner and the patient their own. */
export async function maySee(
  tx: Tx,
  needs: SchedulingNeeds,
  actor: UserActor,
  appointment: Pick<AppointmentRow, 'organizationId' | 'practitionerId' | 'patientId'>,
): Promise<boolean> {
  switch (actor.role) {
    case 'scheduler':
      return reaches(tx, needs, actor, appointment.organizationId)
    case 'practitioner':
      return actor.practitionerId === appointment.practitionerId
    case 'patient':
      return actor.patientId === appointment.patientId
    case 'administrator':
      return false
  }
}

/** The practitioner, when the actor may book for them: the scheduler for any they reach, a practitioner for themselves. */
export async function bookable(
  tx: Tx,
  needs: SchedulingNeeds,
  actor: UserActor,
  id: PractitionerId,
): Promise<PractitionerRow | null> {
  const [practitioner] = await needs.identity.practitioners(tx, [id])
  if (!practitioner?.active) return null
  if (actor.role === 'practitioner') return actor.practitionerId === id ? practitioner : null
  if (actor.role !== 'scheduler') return null
  return (await reaches(tx, needs, actor, practitioner.organizationId)) ? practitioner : null
}

async function reaches(
  tx: Tx,
  { identity }: SchedulingNeeds,
  actor: UserActor,
  organizationId: OrganizationId,
): Promise<boolean> {
  if (actor.organizationId === organizationId) return true
  const places = await identity.organizationsUnder(tx, actor.organizationId)
  return places.some(({ id }) => id === organizationId)
}
