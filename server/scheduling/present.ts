import type { PatientId, PractitionerId } from '#shared/ids.ts'
import type { Practitioner } from '#shared/identity.ts'
import type { Appointment } from '#shared/scheduling.ts'
import type { PractitionerRow } from '../identity/index.ts'
import type { AppointmentRow } from './appointment.entity.ts'

export type Names = {
  patients: ReadonlyMap<PatientId, string>
  practitioners: ReadonlyMap<PractitionerId, string>
}

/** A booked visit as the wire shows it. `reason` is what the person who booked wrote; nothing of the chart. */
export function presentAppointment(row: AppointmentRow, names: Names): Appointment {
  return {
    id: row.id,
    status: row.status,
    organizationId: row.organizationId,
    patient: { id: row.patientId, displayName: names.patients.get(row.patientId) ?? '' },
    practitioner: {
      id: row.practitionerId,
      displayName: names.practitioners.get(row.practitionerId) ?? '',
    },
    startsAt: row.startsAt,
    endsAt: row.endsAt,
    zone: row.zone,
    reason: row.reason,
    version: row.version,
  }
}

export function presentPractitioner(row: PractitionerRow): Practitioner {
  const { id, organizationId, displayName, specialty, zone } = row
  return { id, organizationId, displayName, specialty, zone }
}
