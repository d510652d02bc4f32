import type { z } from 'zod'
import { DomainError } from '#shared/errors.ts'
import type { PatientId } from '#shared/ids.ts'
import { RecordId } from '#shared/ids.ts'
import type {
  Allergy,
  Coding,
  Condition,
  Medication,
  Observation,
  addAllergy,
  addCondition,
  addMedication,
  addObservation,
} from '#shared/records.ts'
import type { Context } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { newId } from '../platform/ids.ts'
import { insertAllergy, insertCondition, insertMedication, insertObservation } from './chart.store.ts'
import type { RecordsNeeds } from './needs.ts'
import { practitionerOf, refuse, treats } from './policy.ts'

type Kind = 'condition' | 'allergy' | 'medication' | 'observation'

export async function newCondition(
  needs: RecordsNeeds,
  ctx: Context,
  patientId: PatientId,
  input: z.output<typeof addCondition.body>,
): Promise<z.infer<typeof Condition>> {
  const { code, ...own } = input
  return writeEntry(needs, ctx, { kind: 'condition', patientId, code }, async (tx, entry) => {
    await insertCondition(tx, { ...entry, ...own })
    return { id: entry.id, ...input }
  })
}

export async function newAllergy(
  needs: RecordsNeeds,
  ctx: Context,
  patientId: PatientId,
  input: z.output<typeof addAllergy.body>,
): Promise<z.infer<typeof Allergy>> {
  const { code, ...own } = input
  return writeEntry(needs, ctx, { kind: 'allergy', patientId, code }, async (tx, entry) => {
    await insertAllergy(tx, { ...entry, ...own })
    return { id: entry.id, ...input }
  })
}

export async function newMedication(
  needs: RecordsNeeds,
  ctx: Context,
  patientId: PatientId,
  input: z.output<typeof addMedication.body>,
): Promise<z.infer<typeof Medication>> {
  const { code, ...own } = input
  return writeEntry(needs, ctx, { kind: 'medication', patientId, code }, async (tx, entry) => {
    await insertMedication(tx, { ...entry, ...own })
    return { id: entry.id, ...input }
  })
}

/** One value with its unit, or a panel of components; throws `invalid_request` for neither, both, or a later day. */
export async function newObservation(
  needs: RecordsNeeds,
  ctx: Context,
  patientId: PatientId,
  input: z.output<typeof addObservation.body>,
): Promise<Observation> {
  const { code, effectiveAt, value, unit, components } = input
  const single = value !== null && unit !== null && components.length === 0
  const panel = value === null && unit === null && components.length > 0
  if ((!single && !panel) || effectiveAt > needs.clock.now()) throw new DomainError('invalid_request')
  return writeEntry(needs, ctx, { kind: 'observation', patientId, code }, async (tx, entry) => {
    const parts = components.map((part, position) => ({
      observationId: entry.id,
      position,
      ...columnsOf(part.code),
      value: part.value,
      unit: part.unit,
    }))
    await insertObservation(tx, { ...entry, effectiveAt, value, unit }, parts)
    return { id: entry.id, ...input }
  })
}

type Entry = ReturnType<typeof columnsOf> & {
  id: RecordId
  patientId: PatientId
  recordedBy: ReturnType<typeof practitionerOf>
  recordedAt: number
}

/** What all entries have in common: may I, who wrote it and when, and the audit. */
async function writeEntry<T>(
  needs: RecordsNeeds,
  ctx: Context,
  { kind, patientId, code }: { kind: Kind; patientId: PatientId; code: z.output<typeof Coding> },
  write: (tx: Tx, entry: Entry) => Promise<T>,
): Promise<T> {
  const { db, clock, audit } = needs
  const action = `${kind}.added`
  if (!(await db.read((tx) => treats(tx, needs, ctx, patientId))))
    return refuse(needs, ctx, { action, patientId })
  return db.write(async (tx) => {
    const id = newId(RecordId, clock)
    audit.append(tx, ctx, { action, patientId, entity: { kind, id } })
    const recordedBy = practitionerOf(ctx)
    return write(tx, { id, patientId, ...columnsOf(code), recordedBy, recordedAt: clock.now() })
  })
}

function columnsOf({ system, code, display }: z.output<typeof Coding>) {
  return { systemUri: system, code, display }
}
