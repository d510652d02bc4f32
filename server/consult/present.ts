import type { z } from 'zod'
import { DeviceCheck } from '#shared/consult.ts'
import type { ChatMessage, ConsultView, ParticipantView, VisitCard } from '#shared/consult.ts'
import type { OrganizationId, ParticipantId, PractitionerId } from '#shared/ids.ts'
import type { Tx } from '#server/platform/db.ts'
import type { ChatMessageRow, ConsultRow, ParticipantRow } from './consult.entity.ts'
import { queuePosition } from './consults.store.ts'
import { notFound } from './errors.ts'
import type { AppointmentFacts, ConsultNeeds } from './needs.ts'
import { participantsOf } from './participants.store.ts'

export type ClinicNames = {
  organizationName: string
  organizationTelecom: string | null
  practitionerName: string
  specialty: string
}

export async function clinicOf(
  tx: Tx,
  identity: Pick<ConsultNeeds['identity'], 'organization' | 'practitioners'>,
  of: { organizationId: OrganizationId; practitionerId: PractitionerId },
): Promise<ClinicNames> {
  const organization = await identity.organization(tx, of.organizationId)
  const [practitioner] = await identity.practitioners(tx, [of.practitionerId])
  if (!organization || !practitioner) throw notFound()
  return {
    organizationName: organization.name,
    organizationTelecom: organization.telecom,
    practitionerName: practitioner.displayName,
    specialty: practitioner.specialty,
  }
}

export type SnapshotRequestView = NonNullable<z.input<typeof ConsultView>['snapshotRequest']>

/** The whole truth for one participant. The patient is told nothing of the chart, not even its ids. */
export async function viewOf(
  tx: Tx,
  needs: Pick<ConsultNeeds, 'identity' | 'charts'>,
  consult: ConsultRow,
  self: ParticipantId,
  snapshotRequest: SnapshotRequestView | null,
): Promise<z.input<typeof ConsultView>> {
  const seats = await participantsOf(tx, consult.id)
  const clinic = await clinicOf(tx, needs.identity, consult)
  const patients = await needs.charts.namesOf(tx, [consult.patientId])
  const forPractitioner = seats.some((seat) => seat.id === self && seat.role === 'practitioner')
  const nameOf = ({ role }: ParticipantRow) =>
    role === 'patient' ? (patients.get(consult.patientId) ?? '') : clinic.practitionerName
  return {
    consultId: consult.id,
    version: consult.version,
    state: consult.state,
    self,
    participants: seats.map((seat): ParticipantView => ({
      participantId: seat.id,
      role: seat.role,
      displayName: nameOf(seat),
      presence: seat.presence,
    })),
    organizationName: clinic.organizationName,
    practitionerName: clinic.practitionerName,
    startsAt: consult.startsAt,
    endsAt: consult.endsAt,
    queue:
      consult.state === 'waiting' && consult.waitingSince !== null
        ? { position: await queuePosition(tx, consult), waitingSince: consult.waitingSince }
        : null,
    startedAt: consult.startedAt,
    endedAt: consult.endedAt,
    patientId: forPractitioner ? consult.patientId : null,
    encounterId: forPractitioner ? consult.encounterId : null,
    snapshotRequest,
  }
}

export function presentMessage({ id, participantId, at, text }: ChatMessageRow): z.input<typeof ChatMessage> {
  return { id, from: participantId, at, text }
}

/** One card of the doctor's board: the appointment as booked, and how far its consult has come. */
export function presentVisit(
  visit: AppointmentFacts,
  patientName: string,
  consult: ConsultRow | null,
  patientSeat: ParticipantRow | null,
): z.input<typeof VisitCard> {
  return {
    appointmentId: visit.id,
    consultId: consult?.id ?? null,
    patientId: visit.patientId,
    patientName,
    startsAt: visit.startsAt,
    endsAt: visit.endsAt,
    reason: visit.reason,
    state: stateOfVisit(visit, consult, patientSeat),
    waitingSince: consult?.state === 'waiting' ? consult.waitingSince : null,
    patientOnline: patientSeat?.presence === 'online',
    deviceCheck: consult?.deviceCheck ? DeviceCheck.parse(JSON.parse(consult.deviceCheck)) : null,
  }
}

function stateOfVisit(
  visit: AppointmentFacts,
  consult: ConsultRow | null,
  patientSeat: ParticipantRow | null,
): VisitCard['state'] {
  if (visit.status === 'cancelled' || visit.status === 'noshow') return visit.status
  if (consult === null) return visit.status === 'fulfilled' ? 'ended' : 'scheduled'
  if (consult.state === 'preparing' && patientSeat?.presence !== 'online') return 'scheduled'
  return consult.state
}
