import { EntitySchema } from 'typeorm'
import type { OrganizationId, PatientId, PractitionerId, UserId } from '#shared/ids.ts'
import type { Locale, Organization, Role } from '#shared/identity.ts'
import { idColumn, instantColumn } from '../platform/columns.ts'

export type OrganizationRow = Organization & { createdAt: number }

export const organizationEntity = new EntitySchema<OrganizationRow>({
  name: 'organization',
  columns: {
    id: idColumn('id', { primary: true }),
    name: { type: 'varchar', length: 120 },
    kind: { type: 'varchar', length: 20 },
    parentId: idColumn('parent_id', { nullable: true }),
    zone: { type: 'varchar', length: 64 },
    telecom: { type: 'varchar', length: 120, nullable: true },
    address: { type: 'varchar', length: 250, nullable: true },
    createdAt: instantColumn('created_at'),
  },
})

export type PractitionerRow = {
  id: PractitionerId
  organizationId: OrganizationId
  displayName: string
  specialty: string
  zone: string
  /** False when they no longer work here: not bookable, but still named in old records. */
  active: boolean
  createdAt: number
}

export const practitionerEntity = new EntitySchema<PractitionerRow>({
  name: 'practitioner',
  columns: {
    id: idColumn('id', { primary: true }),
    organizationId: idColumn('organization_id'),
    displayName: { name: 'display_name', type: 'varchar', length: 120 },
    specialty: { type: 'varchar', length: 80 },
    zone: { type: 'varchar', length: 64 },
    active: { type: 'boolean' },
    createdAt: instantColumn('created_at'),
  },
  indices: [{ name: 'practitioner_organization', columns: ['organizationId'] }],
})

/** An account. A practitioner or patient is named elsewhere too; `displayName` is how the account's owner is greeted. */
export type UserRow = {
  id: UserId
  organizationId: OrganizationId
  role: Role
  displayName: string
  /** In lower case. */
  email: string
  passwordHash: string
  practitionerId: PractitionerId | null
  patientId: PatientId | null
  locale: Locale
  active: boolean
  lastSignInAt: number | null
  createdAt: number
}

export const userEntity = new EntitySchema<UserRow>({
  name: 'user',
  columns: {
    id: idColumn('id', { primary: true }),
    organizationId: idColumn('organization_id'),
    role: { type: 'varchar', length: 20 },
    displayName: { name: 'display_name', type: 'varchar', length: 120 },
    email: { type: 'varchar', length: 254 },
    passwordHash: { name: 'password_hash', type: 'varchar', length: 200 },
    practitionerId: idColumn('practitioner_id', { nullable: true }),
    patientId: idColumn('patient_id', { nullable: true }),
    locale: { type: 'varchar', length: 10 },
    active: { type: 'boolean' },
    lastSignInAt: instantColumn('last_sign_in_at', { nullable: true }),
    createdAt: instantColumn('created_at'),
  },
  indices: [
    { name: 'user_email', columns: ['email'], unique: true },
    { name: 'user_organization', columns: ['organizationId'] },
    { name: 'user_patient', columns: ['patientId'] },
  ],
})
