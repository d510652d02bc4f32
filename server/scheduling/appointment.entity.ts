import { EntitySchema } from 'typeorm'
import type { AppointmentId, EncounterId, OrganizationId, PatientId, PractitionerId } from '#shared/ids.ts'
import type { AppointmentStatus } from '#shared/scheduling.ts'
import { idColumn, instantColumn } from '../platform/columns.ts'

export type AppointmentRow = {
  id: AppointmentId
  organizationId: OrganizationId
  practitionerId: PractitionerId
  patientId: PatientId
  status: AppointmentStatus
  startsAt: number
  endsAt: number
  /** The zone the visit was booked in; the instants alone do not tell. */
  zone: string
  reason: string
  cancelReason: string | null
  /** Rises by one with each change; a writer sends the version they read. */
  version: number
  /** The encounter in which this follow-up was agreed. */
  followsEncounterId: EncounterId | null
  createdAt: number
  updatedAt: number
}

export const appointmentEntity = new EntitySchema<AppointmentRow>({
  name: 'appointment',
  columns: {
    id: idColumn('id', { primary: true }),
    organizationId: idColumn('organization_id'),
    practitionerId: idColumn('practitioner_id'),
    patientId: idColumn('patient_id'),
    status: { type: 'varchar', length: 12 },
    startsAt: instantColumn('starts_at'),
    endsAt: instantColumn('ends_at'),
    zone: { type: 'varchar', length: 64 },
    reason: { type: 'varchar', length: 500 },
    cancelReason: { name: 'cancel_reason', type: 'varchar', length: 500, nullable: true },
    version: { type: 'int' },
    followsEncounterId: idColumn('follows_encounter_id', { nullable: true }),
    createdAt: instantColumn('created_at'),
    updatedAt: instantColumn('updated_at'),
  },
  indices: [
    { name: 'appointment_organization', columns: ['organizationId', 'startsAt'] },
    { name: 'appointment_practitioner', columns: ['practitionerId', 'startsAt'] },
    { name: 'appointment_care', columns: ['patientId', 'practitionerId', 'startsAt', 'status'] },
    { name: 'appointment_follows', columns: ['followsEncounterId'] },
  ],
})
