import { EntitySchema } from 'typeorm'
import type {
  AppointmentId,
  ConsultId,
  EncounterId,
  OrganizationId,
  PatientId,
  PractitionerId,
} from '#shared/ids.ts'
import { idColumn, instantColumn } from '../platform/columns.ts'

/** One visit as the chart keeps it: opened when the doctor admits the patient. */
export type EncounterRow = {
  id: EncounterId
  organizationId: OrganizationId
  patientId: PatientId
  practitionerId: PractitionerId
  /** As the practitioner was called then. */
  practitionerName: string
  appointmentId: AppointmentId | null
  consultId: ConsultId | null
  status: 'in-progress' | 'finished'
  reason: string
  startedAt: number
  endedAt: number | null
}

export const encounterEntity = new EntitySchema<EncounterRow>({
  name: 'encounter',
  columns: {
    id: idColumn('id', { primary: true }),
    organizationId: idColumn('organization_id'),
    patientId: idColumn('patient_id', { foreignKey: { target: 'patient', name: 'encounter_patient_fk' } }),
    practitionerId: idColumn('practitioner_id'),
    practitionerName: { name: 'practitioner_name', type: 'varchar', length: 120 },
    appointmentId: idColumn('appointment_id', { nullable: true }),
    consultId: idColumn('consult_id', { nullable: true }),
    status: { type: 'varchar', length: 12 },
    reason: { type: 'varchar', length: 500 },
    startedAt: instantColumn('started_at'),
    endedAt: instantColumn('ended_at', { nullable: true }),
  },
  indices: [
    { name: 'encounter_patient', columns: ['patientId', 'startedAt'] },
    { name: 'encounter_consult', columns: ['consultId'], unique: true },
  ],
})
