import { z } from 'zod'
import type { Allergy, Coding, Condition, Medication, Observation, PatientContext } from '#shared/records.ts'
import { vitals } from '#shared/records.ts'
import { mostPoints } from './context.store.ts'
import type {
  CodedRow,
  EntryView,
  ObservationView,
  PartView,
  SnapshotView,
  VisitView,
} from './context.store.ts'

type ClinicalStatus = z.infer<typeof Condition>['clinicalStatus']
type Criticality = z.infer<typeof Allergy>['criticality']
type MedicationStatus = z.infer<typeof Medication>['status']

type Entries = Pick<PatientContext, 'conditions' | 'allergies' | 'medications'>

/** What is active comes first, then what was written down last. The words were checked when they were written. */
export function presentEntries(rows: readonly EntryView[]): Entries {
  const entries: Entries = { conditions: [], allergies: [], medications: [] }
  for (const row of [...rows].sort(activeFirst)) {
    const { id, standing, since, words } = row
    const coded = { id, code: codingOf(row) }
    if (row.kind === 'condition')
      entries.conditions.push({ ...coded, clinicalStatus: standing as ClinicalStatus, onsetDate: since })
    else if (row.kind === 'allergy')
      entries.allergies.push({ ...coded, criticality: standing as Criticality, reaction: words })
    else
      entries.medications.push({
        ...coded,
        dosage: words ?? '',
        status: standing as MedicationStatus,
        startedOn: since,
        ...sourceOf(row),
      })
  }
  return entries
}

/** One trend for each vital sign that was ever measured, in the order in which they are charted. */
export function presentTrends(
  rows: readonly ObservationView[],
  parts: readonly PartView[],
): PatientContext['vitals'] {
  const ofCode = Map.groupBy(rows, ({ code }) => code)
  const partsOf = Map.groupBy(parts, ({ observationId }) => observationId)
  return Object.values(vitals).flatMap(({ code }) => {
    const oldestFirst = (ofCode.get(code) ?? []).sort((a, b) => Number(a.effectiveAt) - Number(b.effectiveAt))
    const series = oldestFirst
      .slice(-mostPoints)
      .map((row) => presentObservation(row, partsOf.get(row.id) ?? []))
    const latest = series.at(-1)
    return latest ? [{ code: latest.code, latest, series }] : []
  })
}

function presentObservation(row: ObservationView, parts: readonly PartView[]): Observation {
  return {
    id: row.id,
    code: codingOf(row),
    effectiveAt: Number(row.effectiveAt),
    value: row.value,
    unit: row.unit,
    components: parts
      .toSorted((a, b) => a.position - b.position)
      .map((part) => ({ code: codingOf(part), value: part.value, unit: part.unit })),
    ...sourceOf(row),
  }
}

function sourceOf({ derivedFrom }: Pick<ObservationView, 'derivedFrom'>): Pick<Observation, 'derivedFrom'> {
  return derivedFrom === null ? {} : { derivedFrom }
}

export function presentVisit({
  noteStatus,
  startedAt,
  ...visit
}: VisitView): PatientContext['visits'][number] {
  return { ...visit, startedAt: Number(startedAt), signed: noteStatus === 'signed' }
}

export function presentSnapshotLine({
  id,
  takenAt,
  state,
  contentWanted,
  contentJson,
}: SnapshotView): PatientContext['snapshots'][number] {
  const sensitive = contentJson !== null && Judged.parse(JSON.parse(contentJson)).sensitive
  return { id, takenAt: Number(takenAt), state, sensitive, awaitsContent: contentWanted === 'guard' }
}

/** What the chart needs of all that imaging has kept there. */
const Judged = z.object({ sensitive: z.boolean() })

function codingOf({ systemUri, code, display }: Omit<CodedRow, 'id'>): z.infer<typeof Coding> {
  return { system: systemUri, code, display }
}

function activeFirst(a: EntryView, b: EntryView): number {
  const [first, second] = [a.standing === 'active' ? 0 : 1, b.standing === 'active' ? 0 : 1]
  return first - second || Number(b.recordedAt) - Number(a.recordedAt)
}
