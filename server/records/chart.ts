import type { z } from 'zod'
import { DomainError } from '#shared/errors.ts'
import type { PatientId, SnapshotId } from '#shared/ids.ts'
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
import { claimKey } from '../platform/idempotency.ts'
import { newId } from '../platform/ids.ts'
import {
  findMedication,
  findObservation,
  insertAllergy,
  insertCondition,
  insertMedication,
  insertObservation,
} from './chart.store.ts'
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
  const id = await writeEntry(needs, ctx, { kind: 'condition', patientId, code }, (tx, entry) =>
    insertCondition(tx, { ...entry, ...own }),
  )
  return { id, ...input }
}

export async function newAllergy(
  needs: RecordsNeeds,
  ctx: Context,
  patientId: PatientId,
  input: z.output<typeof addAllergy.body>,
): Promise<z.infer<typeof Allergy>> {
  const { code, ...own } = input
  const id = await writeEntry(needs, ctx, { kind: 'allergy', patientId, code }, (tx, entry) =>
    insertAllergy(tx, { ...entry, ...own }),
  )
  return { id, ...input }
}

/** @throws conflict when the source's key has made another medication */
export async function newMedication(
  needs: RecordsNeeds,
  ctx: Context,
  patientId: PatientId,
  input: z.output<typeof addMedication.body>,
  source: Source | null = null,
): Promise<z.infer<typeof Medication>> {
  const { code, ...own } = input
  const isKept = async (tx: Tx, kept: RecordId) =>
    holds(await findMedication(tx, kept), { ...columnsOf(code), ...own })
  const wanted: NewEntry = { kind: 'medication', patientId, code, source: source && { ...source, isKept } }
  const id = await writeEntry(needs, ctx, wanted, (tx, entry) =>
    insertMedication(tx, { ...entry, ...own, derivedFrom: source?.snapshotId ?? null }),
  )
  return { id, ...input, ...(source ? { derivedFrom: source.snapshotId } : {}) }
}

/**
 * One value with its unit, or a panel of components.
 * @throws invalid_request for neither, both, or a later time; conflict when the source's key has made another observation
 */
export async function newObservation(
  needs: RecordsNeeds,
  ctx: Context,
  patientId: PatientId,
  input: z.output<typeof addObservation.body>,
  source: Source | null = null,
): Promise<Observation> {
  const { code, effectiveAt, value, unit, components } = input
  const single = value !== null && unit !== null && components.length === 0
  const panel = value === null && unit === null && components.length > 0
  const parts = components.map((part, position) => ({
    position,
    ...columnsOf(part.code),
    value: part.value,
    unit: part.unit,
  }))
  const isKept = async (tx: Tx, kept: RecordId) => {
    const before = await findObservation(tx, kept)
    return (
      holds(before?.row ?? null, { ...columnsOf(code), effectiveAt, value, unit }) &&
      before?.components.length === parts.length &&
      parts.every((part, at) => holds(before.components[at] ?? null, part))
    )
  }
  const wanted: NewEntry = { kind: 'observation', patientId, code, source: source && { ...source, isKept } }
  const id = await writeEntry(needs, ctx, wanted, (tx, entry) => {
    if ((!single && !panel) || effectiveAt > needs.clock.now()) throw new DomainError('invalid_request')
    const derivedFrom = source?.snapshotId ?? null
    return insertObservation(
      tx,
      { ...entry, effectiveAt, value, unit, derivedFrom },
      parts.map((part) => ({ ...part, observationId: entry.id })),
    )
  })
  return { id, ...input, ...(source ? { derivedFrom: source.snapshotId } : {}) }
}

/** The picture of this patient that an entry was read from, and the key of the wish to keep it: it is kept once. */
export type Source = { snapshotId: SnapshotId; idempotencyKey: string }

type Entry = ReturnType<typeof columnsOf> & {
  id: RecordId
  patientId: PatientId
  recordedBy: ReturnType<typeof practitionerOf>
  recordedAt: number
}

type NewEntry = {
  kind: Kind
  patientId: PatientId
  code: z.output<typeof Coding>
  /** `isKept`: an entry that its key has made before says the same. */
  source?: (Source & { isKept: (tx: Tx, kept: RecordId) => Promise<boolean> }) | null
}

/** What all entries have in common: may I, who wrote it and when, and the audit. */
async function writeEntry(
  needs: RecordsNeeds,
  ctx: Context,
  { kind, patientId, code, source = null }: NewEntry,
  write: (tx: Tx, entry: Entry) => Promise<void>,
): Promise<RecordId> {
  const { db, clock, audit } = needs
  const action = `${kind}.added`
  if (!(await db.read((tx) => treats(tx, needs, ctx, patientId))))
    return refuse(needs, ctx, { action, patientId })
  return db.write(async (tx) => {
    const id = newId(RecordId, clock)
    const recordedBy = practitionerOf(ctx)
    if (source) {
      const scope = `${kind} ${recordedBy} ${source.snapshotId}`
      const before = await claimKey(tx, clock, { scope, key: source.idempotencyKey, resultId: id })
      if (before !== null) {
        const kept = RecordId.parse(before)
        // A key names one intention: another value is another one.
        if (!(await source.isKept(tx, kept))) throw new DomainError('conflict')
        return kept
      }
    }
    audit.append(tx, ctx, { action, patientId, entity: { kind, id } })
    await write(tx, { id, patientId, ...columnsOf(code), recordedBy, recordedAt: clock.now() })
    return id
  })
}

function columnsOf({ system, code, display }: z.output<typeof Coding>) {
  return { systemUri: system, code, display }
}

function holds<Row extends object>(kept: Row | null, said: Partial<Row>): boolean {
  return kept !== null && Object.entries(said).every(([column, value]) => value === Reflect.get(kept, column))
}
