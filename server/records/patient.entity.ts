import { EntitySchema } from 'typeorm'
import type { OrganizationId, PatientId, RecordId } from '#shared/ids.ts'
import type { Locale } from '#shared/identity.ts'
import { idColumn, instantColumn } from '../platform/columns.ts'

export type PatientRow = {
  id: PatientId
  /** The clinic that keeps this patient's record. */
  organizationId: OrganizationId
  displayName: string
  birthDate: string
  gender: 'male' | 'female' | 'other' | 'unknown'
  locale: Locale
  createdAt: number
  updatedAt: number
}

export const patientEntity = new EntitySchema<PatientRow>({
  name: 'patient',
  columns: {
    id: idColumn('id', { primary: true }),
    organizationId: idColumn('organization_id'),
    displayName: { name: 'display_name', type: 'varchar', length: 170 },
    birthDate: { name: 'birth_date', type: 'varchar', length: 10 },
    gender: { type: 'varchar', length: 10 },
    locale: { type: 'varchar', length: 10 },
    createdAt: instantColumn('created_at'),
    updatedAt: instantColumn('updated_at'),
  },
  indices: [{ name: 'patient_organization', columns: ['organizationId', 'displayName'] }],
})

/** One way a patient is called. The folded columns are what search reads; see fold.ts. */
export type PatientNameRow = {
  id: RecordId
  patientId: PatientId
  organizationId: OrganizationId
  kind: 'official' | 'other'
  family: string
  given: string
  familyFirst: string
  givenFirst: string
}

export const patientNameEntity = new EntitySchema<PatientNameRow>({
  name: 'patient_name',
  columns: {
    id: idColumn('id', { primary: true }),
    patientId: ofPatient('patient_name_patient_fk'),
    organizationId: idColumn('organization_id'),
    kind: { type: 'varchar', length: 10 },
    family: { type: 'varchar', length: 80 },
    given: { type: 'varchar', length: 80 },
    familyFirst: { name: 'family_first', type: 'varchar', length: 200 },
    givenFirst: { name: 'given_first', type: 'varchar', length: 200 },
  },
  indices: [
    { name: 'patient_name_patient', columns: ['patientId'] },
    { name: 'patient_name_family_first', columns: ['organizationId', 'familyFirst'] },
    { name: 'patient_name_given_first', columns: ['organizationId', 'givenFirst'] },
  ],
})

/** A number that identifies the patient, such as the clinic's record number. */
export type PatientIdentifierRow = {
  id: RecordId
  patientId: PatientId
  organizationId: OrganizationId
  systemUri: string
  value: string
}

export const patientIdentifierEntity = new EntitySchema<PatientIdentifierRow>({
  name: 'patient_identifier',
  columns: {
    id: idColumn('id', { primary: true }),
    patientId: ofPatient('patient_identifier_patient_fk'),
    organizationId: idColumn('organization_id'),
    systemUri: { name: 'system_uri', type: 'varchar', length: 120 },
    value: { type: 'varchar', length: 64 },
  },
  indices: [
    { name: 'patient_identifier_patient', columns: ['patientId'] },
    { name: 'patient_identifier_value', columns: ['organizationId', 'systemUri', 'value'], unique: true },
  ],
})

/** A phone number or an email address. `folded` holds digits or the lower-case address, `reversed` the digits backwards. */
export type PatientTelecomRow = {
  id: RecordId
  patientId: PatientId
  organizationId: OrganizationId
  kind: 'phone' | 'email'
  value: string
  folded: string
  reversed: string
}

export const patientTelecomEntity = new EntitySchema<PatientTelecomRow>({
  name: 'patient_telecom',
  columns: {
    id: idColumn('id', { primary: true }),
    patientId: ofPatient('patient_telecom_patient_fk'),
    organizationId: idColumn('organization_id'),
    kind: { type: 'varchar', length: 10 },
    value: { type: 'varchar', length: 254 },
    folded: { type: 'varchar', length: 254 },
    reversed: { type: 'varchar', length: 254 },
  },
  indices: [
    { name: 'patient_telecom_patient', columns: ['patientId', 'kind'] },
    { name: 'patient_telecom_folded', columns: ['organizationId', 'folded'] },
    { name: 'patient_telecom_reversed', columns: ['organizationId', 'reversed'] },
  ],
})

function ofPatient(foreignKeyName: string) {
  return idColumn('patient_id', { foreignKey: { target: 'patient', name: foreignKeyName } })
}
