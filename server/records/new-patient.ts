import { randomInt } from 'node:crypto'
import type { z } from 'zod'
import type { OrganizationId } from '#shared/ids.ts'
import { PatientId, RecordId } from '#shared/ids.ts'
import type { addPatient } from '#shared/records.ts'
import type { Clock } from '../platform/clock.ts'
import { newId } from '../platform/ids.ts'
import { backwards, digitsOf, displayNameOf, foldedOrders } from './fold.ts'
import type { PatientTelecomRow } from './patient.entity.ts'
import { recordNumberSystem } from './patients.store.ts'
import type { NewPatient } from './patients.store.ts'

export type PatientInput = z.output<typeof addPatient.body>

/** The rows of a patient who is new here; `recordNumber` must be unique in the organization. */
export function newPatient(
  input: PatientInput,
  {
    clock,
    organizationId,
    recordNumber,
  }: { clock: Clock; organizationId: OrganizationId; recordNumber: string },
): NewPatient {
  const now = clock.now()
  const patientId = newId(PatientId, clock)
  const owned = () => ({ id: newId(RecordId, clock), patientId, organizationId })
  const { family, given, birthDate, gender, locale } = input
  return {
    patient: {
      id: patientId,
      organizationId,
      displayName: displayNameOf(family, given),
      birthDate,
      gender,
      locale,
      createdAt: now,
      updatedAt: now,
    },
    names: [{ ...owned(), kind: 'official', family, given, ...foldedOrders(family, given) }],
    identifiers: [{ ...owned(), systemUri: recordNumberSystem, value: recordNumber }],
    telecoms: [
      ...(input.phone ? [{ ...owned(), ...phoneOf(input.phone) }] : []),
      ...(input.email ? [{ ...owned(), ...emailOf(input.email) }] : []),
    ],
  }
}

/** Eight digits that tell nothing about the patient or about how many there are. */
export function drawRecordNumber(): string {
  return String(randomInt(10_000_000, 100_000_000))
}

function phoneOf(value: string): Pick<PatientTelecomRow, 'kind' | 'value' | 'folded' | 'reversed'> {
  const folded = digitsOf(value)
  return { kind: 'phone', value, folded, reversed: backwards(folded) }
}

function emailOf(value: string): Pick<PatientTelecomRow, 'kind' | 'value' | 'folded' | 'reversed'> {
  return { kind: 'email', value, folded: value.toLowerCase(), reversed: '' }
}
