import type { PatientId, RecordId, SnapshotId } from '#shared/ids.ts'
import type { Observation, PatientContext } from '#shared/records.ts'
import { vitals } from '#shared/records.ts'
import type { Tx } from '../platform/db.ts'

/*
 * The rows of the panel beside the video, as narrow selects: no entities are made of them, because this is the request
 * that the doctor waits for. The backticks are understood by both engines; `condition` is a word of MySQL's.
 */

export const mostPoints = 60
const mostEntries = 200
const mostVisits = 20
const mostSnapshots = 50

const coding = 'system_uri AS systemUri, code, display'
const point = `id, ${coding}, effective_at AS effectiveAt, value, unit, derived_from AS derivedFrom`
const codes = Object.values(vitals).map(({ code }) => code)
const mostAtOnce = mostPoints * codes.length

export type CodedRow = { id: RecordId; systemUri: string; code: string; display: string }
/** A condition, an allergy or a medication; the other kinds' columns are null. */
export type EntryView = CodedRow & {
  kind: 'condition' | 'allergy' | 'medication'
  recordedAt: number | string
  /** Clinical status, criticality, or status. */
  standing: string
  /** The day of onset or of the first dose. */
  since: string | null
  /** The reaction or the dosage. */
  words: string | null
  derivedFrom: SnapshotId | null
}
export type ObservationView = CodedRow &
  Pick<Observation, 'value' | 'unit'> & { effectiveAt: number | string; derivedFrom: SnapshotId | null }
export type PartView = Omit<CodedRow, 'id'> & {
  observationId: RecordId
  position: number
  value: number
  unit: string
}
export type VisitView = Omit<PatientContext['visits'][number], 'startedAt' | 'signed'> & {
  startedAt: number | string
  noteStatus: string | null
}
export type SnapshotView = Pick<PatientContext['snapshots'][number], 'id' | 'state'> & {
  takenAt: number | string
  contentWanted: string | null
  contentJson: string | null
}

/** The coded entries of the chart in one statement, newest first within their kind. */
export function entriesOf(tx: Tx, patientId: PatientId): Promise<EntryView[]> {
  const newest = (kind: EntryView['kind'], own: string) =>
    `SELECT * FROM (SELECT '${kind}' AS kind, id, ${coding}, recorded_at AS recordedAt, ${own} FROM \`${kind}\`
     WHERE patient_id = ? ORDER BY recorded_at DESC LIMIT ${mostEntries}) AS ${kind}s`
  return tx.manager.query(
    [
      newest(
        'condition',
        'clinical_status AS standing, onset_date AS since, NULL AS words, NULL AS derivedFrom',
      ),
      newest('allergy', 'criticality AS standing, NULL AS since, reaction AS words, NULL AS derivedFrom'),
      newest(
        'medication',
        'status AS standing, started_on AS since, dosage AS words, derived_from AS derivedFrom',
      ),
    ].join(' UNION ALL '),
    [patientId, patientId, patientId],
  )
}

/** At least the newest points of each vital sign that is charted, in no order. */
export async function vitalsOf(tx: Tx, patientId: PatientId): Promise<ObservationView[]> {
  const all: ObservationView[] = await tx.manager.query(
    `SELECT ${point} FROM observation WHERE patient_id = ? AND code IN (${codes.map(() => '?').join()}) LIMIT ${mostAtOnce + 1}`,
    [patientId, ...codes],
  )
  if (all.length <= mostAtOnce) return all
  // A long series of one sign must not crowd out the others: one walk of the index for each.
  const newest = codes.map(
    (_, n) =>
      `SELECT * FROM (SELECT ${point} FROM observation WHERE patient_id = ? AND code = ?
       ORDER BY effective_at DESC LIMIT ${mostPoints}) AS v${n}`,
  )
  return tx.manager.query(
    newest.join(' UNION ALL '),
    codes.flatMap((code) => [patientId, code]),
  )
}

/** The parts of the newest blood pressures, in no order. */
export function pressurePartsOf(tx: Tx, patientId: PatientId): Promise<PartView[]> {
  return tx.manager.query(
    `SELECT c.observation_id AS observationId, c.position, c.system_uri AS systemUri, c.code, c.display, c.value, c.unit
     FROM (SELECT id FROM observation WHERE patient_id = ? AND code = ? ORDER BY effective_at DESC LIMIT ${mostPoints}) AS o
     JOIN observation_component c ON c.observation_id = o.id`,
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
    `SELECT id, taken_at AS takenAt, state, content_wanted AS contentWanted, content_json AS contentJson FROM snapshot
     WHERE patient_id = ? ORDER BY taken_at DESC LIMIT ${mostSnapshots}`,
    [patientId],
  )
}
