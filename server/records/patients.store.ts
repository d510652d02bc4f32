import { In } from 'typeorm'
import type { OrganizationId, PatientId } from '#shared/ids.ts'
import type { PatientDemographics } from '#shared/records.ts'
import type { Tx } from '../platform/db.ts'
import {
  patientEntity,
  patientIdentifierEntity,
  patientNameEntity,
  patientTelecomEntity,
} from './patient.entity.ts'
import type { PatientIdentifierRow, PatientNameRow, PatientRow, PatientTelecomRow } from './patient.entity.ts'
import { backwards, digitsOf, foldName } from './fold.ts'

/** The system of the numbers that Bedside gives to patients. */
export const recordNumberSystem = 'urn:bedside:record-number'

const aboveAllText = '\u{10FFFF}'
const shortestNumber = 3

export function findPatient(tx: Tx, id: PatientId): Promise<PatientRow | null> {
  return tx.manager.findOneBy(patientEntity, { id })
}

export async function namesOf(tx: Tx, ids: readonly PatientId[]): Promise<Map<PatientId, string>> {
  if (ids.length === 0) return new Map()
  const rows = await tx.manager.find(patientEntity, {
    select: { id: true, displayName: true },
    where: { id: In([...ids]) },
  })
  return new Map(rows.map(({ id, displayName }) => [id, displayName]))
}

/** Whose patients they are; unknown ids are left out. */
export async function organizationsOfPatients(
  tx: Tx,
  ids: readonly string[],
): Promise<Map<string, OrganizationId>> {
  const rows = await tx.manager.find(patientEntity, {
    select: { id: true, organizationId: true },
    where: { id: In(ids) },
  })
  return new Map(rows.map(({ id, organizationId }) => [id, organizationId]))
}

/** What names and identifies a patient on papers and files that leave the house; the official name first. */
export type PersonalData = Pick<PatientRow, 'displayName' | 'birthDate' | 'gender' | 'organizationId'> & {
  names: Pick<PatientNameRow, 'family' | 'given'>[]
  recordNumber: string | null
}

export async function personalDataOf(tx: Tx, patientId: PatientId): Promise<PersonalData | null> {
  const patient = await findPatient(tx, patientId)
  if (!patient) return null
  const names = await tx.manager.find(patientNameEntity, { where: { patientId }, order: { id: 'ASC' } })
  const number = await tx.manager.findOneBy(patientIdentifierEntity, {
    patientId,
    systemUri: recordNumberSystem,
  })
  const { displayName, birthDate, gender, organizationId } = patient
  const ordered = names.toSorted((a, b) => Number(b.kind === 'official') - Number(a.kind === 'official'))
  return {
    displayName,
    birthDate,
    gender,
    organizationId,
    names: ordered.map(({ family, given }) => ({ family, given })),
    recordNumber: number?.value ?? null,
  }
}

const demographicsColumns = `p.id, p.display_name AS displayName, p.birth_date AS birthDate, p.gender, p.locale,
  (SELECT i.value FROM patient_identifier i WHERE i.patient_id = p.id AND i.system_uri = '${recordNumberSystem}' LIMIT 1) AS identifier,
  (SELECT t.value FROM patient_telecom t WHERE t.patient_id = p.id AND t.kind = 'phone' LIMIT 1) AS phone,
  (SELECT t.value FROM patient_telecom t WHERE t.patient_id = p.id AND t.kind = 'email' LIMIT 1) AS email`

/** In the order of the ids; unknown ones are left out. */
export async function demographicsOf(tx: Tx, ids: readonly PatientId[]): Promise<PatientDemographics[]> {
  if (ids.length === 0) return []
  const marks = ids.map(() => '?').join(', ')
  const rows: PatientDemographics[] = await tx.manager.query(
    `SELECT ${demographicsColumns} FROM patient p WHERE p.id IN (${marks})`,
    [...ids],
  )
  const found = new Map(rows.map((row) => [row.id, row]))
  return ids.flatMap((id) => found.get(id) ?? [])
}

/** Best first: the whole name, then beginnings of names in either order, record numbers, phone numbers, addresses. */
export async function searchPatientIds(
  tx: Tx,
  organizationId: OrganizationId,
  query: string,
  limit: number,
): Promise<PatientId[]> {
  const name = foldName(query)
  const digits = digitsOf(query)
  const found: PatientId[] = []
  if (query === '') found.push(...(await firstPatients(tx, organizationId, limit)))
  if (name !== '') {
    for (const column of ['family_first', 'given_first'] as const)
      found.push(...(await byPrefix(tx, 'patient_name', column, { organizationId, prefix: name, limit })))
  }
  if (digits.length >= shortestNumber) {
    const numbers = { organizationId, prefix: digits, limit }
    found.push(...(await byPrefix(tx, 'patient_identifier', 'value', numbers)))
    found.push(...(await byPrefix(tx, 'patient_telecom', 'folded', numbers)))
    const ending = backwards(digits.replace(/^0+/, ''))
    found.push(...(await byPrefix(tx, 'patient_telecom', 'reversed', { ...numbers, prefix: ending })))
  }
  if (query.includes('@')) {
    const prefix = query.toLowerCase()
    found.push(...(await byPrefix(tx, 'patient_telecom', 'folded', { organizationId, prefix, limit })))
  }
  return [...new Set(found)].slice(0, limit)
}

async function firstPatients(tx: Tx, organizationId: OrganizationId, limit: number): Promise<PatientId[]> {
  const rows = await tx.manager.find(patientEntity, {
    select: { id: true },
    where: { organizationId },
    order: { displayName: 'ASC' },
    take: limit,
  })
  return rows.map(({ id }) => id)
}

type Column = 'family_first' | 'given_first' | 'value' | 'folded' | 'reversed'
type Table = 'patient_name' | 'patient_identifier' | 'patient_telecom'

/** A range on the folded column, because LIKE uses no index on SQLite. The shortest match is the closest. */
async function byPrefix(
  tx: Tx,
  table: Table,
  column: Column,
  { organizationId, prefix, limit }: { organizationId: OrganizationId; prefix: string; limit: number },
): Promise<PatientId[]> {
  if (prefix === '') return []
  const system = table === 'patient_identifier' ? `AND system_uri = '${recordNumberSystem}'` : ''
  const rows: { id: PatientId }[] = await tx.manager.query(
    `SELECT patient_id AS id FROM ${table}
     WHERE organization_id = ? ${system} AND ${column} >= ? AND ${column} < ? ORDER BY ${column} LIMIT ${limit}`,
    [organizationId, prefix, prefix + aboveAllText],
  )
  return rows.map(({ id }) => id)
}

export type NewPatient = {
  patient: PatientRow
  names: PatientNameRow[]
  identifiers: PatientIdentifierRow[]
  telecoms: PatientTelecomRow[]
}

/** @throws a unique violation when the record number is in use. */
export async function insertPatient(
  tx: Tx,
  { patient, names, identifiers, telecoms }: NewPatient,
): Promise<void> {
  await tx.manager.insert(patientEntity, patient)
  await tx.manager.insert(patientNameEntity, names)
  await tx.manager.insert(patientIdentifierEntity, identifiers)
  if (telecoms.length > 0) await tx.manager.insert(patientTelecomEntity, telecoms)
}
