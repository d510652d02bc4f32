import type { z } from 'zod'
import type { Allergy, Coding, Condition, Medication, Observation, PatientContext } from '#shared/records.ts'
import type {
  AllergyView,
  CodedRow,
  ComponentView,
  ConditionView,
  MedicationView,
  ObservationView,
  SnapshotView,
  VisitView,
} from './context.store.ts'

export function presentCondition(row: ConditionView): z.infer<typeof Condition> {
  const { id, clinicalStatus, onsetDate } = row
  return { id, code: codingOf(row), clinicalStatus, onsetDate }
}

export function presentAllergy(row: AllergyView): z.infer<typeof Allergy> {
  const { id, criticality, reaction } = row
  return { id, code: codingOf(row), criticality, reaction }
}

export function presentMedication(row: MedicationView): z.infer<typeof Medication> {
  const { id, dosage, status, startedOn } = row
  return { id, code: codingOf(row), dosage, status, startedOn }
}

export function presentObservation(row: ObservationView, components: readonly ComponentView[]): Observation {
  return {
    id: row.id,
    code: codingOf(row),
    effectiveAt: Number(row.effectiveAt),
    value: row.value,
    unit: row.unit,
    components: components.map((part) => ({ code: codingOf(part), value: part.value, unit: part.unit })),
  }
}

/** Rows come newest first within their code. */
export function presentTrends(
  rows: readonly ObservationView[],
  parts: readonly ComponentView[],
): PatientContext['vitals'] {
  const partsOf = Map.groupBy(parts, ({ observationId }) => observationId)
  const trends: PatientContext['vitals'] = []
  for (const ofCode of Map.groupBy(rows, ({ code }) => code).values()) {
    const newestFirst = ofCode.map((row) => presentObservation(row, partsOf.get(row.id) ?? []))
    const [latest] = newestFirst
    if (latest) trends.push({ code: latest.code, latest, series: newestFirst.reverse() })
  }
  return trends
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
}: SnapshotView): PatientContext['snapshots'][number] {
  return { id, takenAt: Number(takenAt), state }
}

function codingOf({ systemUri, code, display }: Omit<CodedRow, 'id'>): z.infer<typeof Coding> {
  return { system: systemUri, code, display }
}
