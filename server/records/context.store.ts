import type { z } from 'zod'
import type { PatientId, RecordId } from '#shared/ids.ts'
import type { Allergy, Condition, Medication, Observation, PatientContext } from '#shared/records.ts'
import { vitals } from '#shared/records.ts'
import type { Tx } from '../platform/db.ts'

/*
 * The rows of the panel beside the video, as narrow selects: no entities are made of them, because this is the request
 * that the doctor waits for. The backticks are understood by both engines; `condition` is a word of MySQL's.
 */

const mostPoints = 60
const mostEntries = 200
const mostVisits = 20
const mostSnapshots = 50

const coding = 'system_uri AS systemUri, code, display'
const codes = Object.values(vitals).map(({ code }) => code)

export type CodedRow = { id: RecordId; systemUri: string; code: string; display: string }
export type ConditionView = CodedRow & Pick<z.infer<typeof Condition>, 'clinicalStatus' | 'onsetDate'>
export type AllergyView = CodedRow & Pick<z.infer<typeof Allergy>, 'criticality' | 'reaction'>
export type MedicationView = CodedRow & Pick<z.infer<typeof Medication>, 'dosage' | 'status' | 'startedOn'>
export type ObservationView = CodedRow &
  Pick<Observation, 'value' | 'unit'> & { effectiveAt: number | string }
export type ComponentView = Omit<CodedRow, 'id'> & { observationId: RecordId; value: number; unit: string }
export type VisitView = Omit<PatientContext['visits'][number], 'startedAt' | 'signed'> & {
  startedAt: number | string
  noteStatus: string | null
}
export type SnapshotView = Omit<PatientContext['snapshots'][number], 'takenAt'> & { takenAt: number | string }

export function conditionsOf(tx: Tx, patientId: PatientId): Promise<ConditionView[]> {
  return tx.manager.query(
    `SELECT id, ${coding}, clinical_status AS clinicalStatus, onset_date AS onsetDate FROM \`condition\`
     WHERE patient_id = ? ORDER BY clinical_status, recorded_at DESC LIMIT ${mostEntries}`,
    [patientId],
  )
}

export function allergiesOf(tx: Tx, patientId: PatientId): Promise<AllergyView[]> {
  return tx.manager.query(
    `SELECT id, ${coding}, criticality, reaction FROM allergy
     WHERE patient_id = ? ORDER BY recorded_at DESC LIMIT ${mostEntries}`,
    [patientId],
  )
}

export function medicationsOf(tx: Tx, patientId: PatientId): Promise<MedicationView[]> {
  return tx.manager.query(
    `SELECT id, ${coding}, dosage, status, started_on AS startedOn FROM medication
     WHERE patient_id = ? ORDER BY status, recorded_at DESC LIMIT ${mostEntries}`,
    [patientId],
  )
}

/** The newest points of each vital sign that is charted, newest first within its code; one walk of the index each. */
export function vitalsOf(tx: Tx, patientId: PatientId): Promise<ObservationView[]> {
  const newest = codes.map(
    (_, n) =>
      `SELECT * FROM (SELECT id, ${coding}, effective_at AS effectiveAt, value, unit FROM observation
       WHERE patient_id = ? AND code = ? ORDER BY effective_at DESC LIMIT ${mostPoints}) AS v${n}`,
  )
  return tx.manager.query(
    newest.join(' UNION ALL '),
    codes.flatMap((code) => [patientId, code]),
  )
}

/** The two values of each blood pressure among those points. */
export function pressuresOf(tx: Tx, patientId: PatientId): Promise<ComponentView[]> {
  return tx.manager.query(
    `SELECT c.observation_id AS observationId, c.system_uri AS systemUri, c.code, c.display, c.value, c.unit
     FROM (SELECT id FROM observation WHERE patient_id = ? AND code = ? ORDER BY effective_at DESC LIMIT ${mostPoints}) AS o
     JOIN observation_component c ON c.observation_id = o.id ORDER BY c.observation_id, c.position`,
    [patientId, vitals.bloodPressure.code],
  )
}

/** Earlier visits, newest first; the assessment once it is signed. */
export function visitsOf(tx: Tx, patientId: PatientId): Promise<VisitView[]> {
  return tx.manager.query(
    `SELECT e.id AS encounterId, e.started_at AS startedAt, e.practitioner_name AS practitionerName, e.reason,
       n.status AS noteStatus, v.assessment
     FROM encounter e
     LEFT JOIN note n ON n.encounter_id = e.id
     LEFT JOIN note_version v ON v.note_id = n.id AND v.version = n.version AND n.status = 'signed'
     WHERE e.patient_id = ? AND e.status = 'finished' ORDER BY e.started_at DESC LIMIT ${mostVisits}`,
    [patientId],
  )
}

export function snapshotsOf(tx: Tx, patientId: PatientId): Promise<SnapshotView[]> {
  return tx.manager.query(
    `SELECT id, taken_at AS takenAt, state FROM snapshot
     WHERE patient_id = ? ORDER BY taken_at DESC LIMIT ${mostSnapshots}`,
    [patientId],
  )
}
