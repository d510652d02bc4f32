import { EntitySchema } from 'typeorm'
import type { EntitySchemaColumnOptions } from 'typeorm'
import type { PatientId, PractitionerId, RecordId, SnapshotId } from '#shared/ids.ts'
import { idColumn, instantColumn } from '../platform/columns.ts'

/** What every entry of a chart has: whose it is, what it is about, who wrote it down and when. */
type ChartRow = {
  id: RecordId
  patientId: PatientId
  systemUri: string
  code: string
  display: string
  recordedBy: PractitionerId
  recordedAt: number
}

export type ConditionRow = ChartRow & {
  clinicalStatus: 'active' | 'inactive' | 'resolved'
  onsetDate: string | null
}

export const conditionEntity = new EntitySchema<ConditionRow>({
  name: 'condition',
  columns: {
    ...chartColumns('condition_patient_fk'),
    clinicalStatus: { name: 'clinical_status', type: 'varchar', length: 10 },
    onsetDate: { name: 'onset_date', type: 'varchar', length: 10, nullable: true },
  },
  indices: [{ name: 'condition_patient', columns: ['patientId', 'recordedAt'] }],
})

export type AllergyRow = ChartRow & {
  criticality: 'low' | 'high' | 'unable-to-assess'
  reaction: string | null
}

export const allergyEntity = new EntitySchema<AllergyRow>({
  name: 'allergy',
  columns: {
    ...chartColumns('allergy_patient_fk'),
    criticality: { type: 'varchar', length: 20 },
    reaction: { type: 'varchar', length: 200, nullable: true },
  },
  indices: [{ name: 'allergy_patient', columns: ['patientId', 'recordedAt'] }],
})

/** The picture that it was read from; left out or null: it was not read from one. */
type Derived = { derivedFrom?: SnapshotId | null }
const derivedFrom = idColumn('derived_from', { nullable: true })

export type MedicationRow = ChartRow &
  Derived & {
    dosage: string
    status: 'active' | 'stopped'
    startedOn: string | null
  }

export const medicationEntity = new EntitySchema<MedicationRow>({
  name: 'medication',
  columns: {
    ...chartColumns('medication_patient_fk'),
    dosage: { type: 'varchar', length: 200 },
    status: { type: 'varchar', length: 10 },
    startedOn: { name: 'started_on', type: 'varchar', length: 10, nullable: true },
    derivedFrom,
  },
  indices: [{ name: 'medication_patient', columns: ['patientId', 'recordedAt'] }],
})

/** One measured value, or a panel whose values are its components. Units are UCUM codes. */
export type ObservationRow = ChartRow &
  Derived & {
    effectiveAt: number
    value: number | null
    unit: string | null
  }

export const observationEntity = new EntitySchema<ObservationRow>({
  name: 'observation',
  columns: {
    ...chartColumns('observation_patient_fk'),
    effectiveAt: instantColumn('effective_at'),
    value: { type: 'double', nullable: true },
    unit: { type: 'varchar', length: 20, nullable: true },
    derivedFrom,
  },
  indices: [{ name: 'observation_patient', columns: ['patientId', 'code', 'effectiveAt'] }],
})

export type ObservationComponentRow = {
  observationId: RecordId
  position: number
  systemUri: string
  code: string
  display: string
  value: number
  unit: string
}

export const observationComponentEntity = new EntitySchema<ObservationComponentRow>({
  name: 'observation_component',
  columns: {
    observationId: idColumn('observation_id', {
      primary: true,
      foreignKey: { target: 'observation', name: 'observation_component_observation_fk' },
    }),
    position: { type: 'int', primary: true },
    systemUri: { name: 'system_uri', type: 'varchar', length: 120 },
    code: { type: 'varchar', length: 64 },
    display: { type: 'varchar', length: 200 },
    value: { type: 'double' },
    unit: { type: 'varchar', length: 20 },
  },
})

function chartColumns(foreignKeyName: string): Record<keyof ChartRow, EntitySchemaColumnOptions> {
  return {
    id: idColumn('id', { primary: true }),
    patientId: idColumn('patient_id', { foreignKey: { target: 'patient', name: foreignKeyName } }),
    systemUri: { name: 'system_uri', type: 'varchar', length: 120 },
    code: { type: 'varchar', length: 64 },
    display: { type: 'varchar', length: 200 },
    recordedBy: idColumn('recorded_by'),
    recordedAt: instantColumn('recorded_at'),
  }
}
