import { newId } from '#server/platform/ids.ts'
import { systemClock } from '#server/platform/clock.ts'
import type { Database } from '#server/platform/db.ts'
import { backwards, foldedOrders } from '#server/records/fold.ts'
import { recordNumberSystem } from '#server/records/patients.store.ts'
import { seeded } from '#server/demo/random.ts'
import { EncounterId, NoteId, PatientId, RecordId, AppointmentId } from '#shared/ids.ts'
import type { OrganizationId, PractitionerId } from '#shared/ids.ts'
import { vitals } from '#shared/records.ts'
import { dayMs } from '#shared/time.ts'

type Row = (string | number | null)[]
type Where = { organizationId: OrganizationId; practitionerId: PractitionerId; patients: number }

const entryColumns = 'id, patient_id, system_uri, code, display, recorded_by, recorded_at'
/** By name, so that a column that comes later does not shift them. */
const columns = {
  patient: 'id, organization_id, display_name, birth_date, gender, locale, created_at, updated_at',
  patient_name: 'id, patient_id, organization_id, kind, family, given, family_first, given_first',
  patient_identifier: 'id, patient_id, organization_id, system_uri, value',
  patient_telecom: 'id, patient_id, organization_id, kind, value, folded, reversed',
  condition: `${entryColumns}, clinical_status, onset_date`,
  allergy: `${entryColumns}, criticality, reaction`,
  medication: `${entryColumns}, dosage, status, started_on`,
  observation: `${entryColumns}, effective_at, value, unit`,
  observation_component: 'observation_id, position, system_uri, code, display, value, unit',
  appointment: `id, organization_id, practitioner_id, patient_id, status, starts_at, ends_at, zone, reason, version,
    created_at, updated_at`,
  encounter: `id, organization_id, patient_id, practitioner_id, practitioner_name, appointment_id, status, reason,
    started_at, ended_at`,
  note: 'id, encounter_id, patient_id, status, version, updated_at, signed_at, signed_by, signer_name, sha256',
  note_version: 'note_id, version, subjective, objective, assessment, plan, author_id, begun_at, saved_at',
}
type Table = keyof typeof columns
type Rows = Map<Table, Row[]>

const patientsAtOnce = 250
const valuesAtOnce = 20_000
const pointsOfEach = 15
const visitsOfEach = 5

/**
 * A hospital of that many patients who all had visits with one practitioner. Each has 4 conditions, 2 allergies, 4
 * medications, 15 points of five vital signs and of blood pressure, and 5 signed visits: 125 rows or so. Every hundredth
 * has the longest charts that the panel shows: 60 points. Returns those, and the ordinary ones.
 */
export async function seedMany(
  db: Database,
  where: Where,
): Promise<{ ordinary: PatientId[]; longest: PatientId[] }> {
  const ordinary: PatientId[] = []
  const longest: PatientId[] = []
  for (let from = 0; from < where.patients; from += patientsAtOnce) {
    const rows: Rows = new Map()
    for (let n = from; n < Math.min(where.patients, from + patientsAtOnce); n++) {
      const isLong = n % 100 === 0
      const patientId = addPatient(rows, where, n, isLong ? 60 : pointsOfEach)
      ;(isLong ? longest : ordinary).push(patientId)
    }
    await db.write(async (tx) => {
      for (const [table, all] of rows) {
        const width = all[0]?.length ?? 1
        const step = Math.floor(valuesAtOnce / width)
        const marks = `(${Array.from({ length: width }, () => '?').join()})`
        for (let at = 0; at < all.length; at += step) {
          const some = all.slice(at, at + step)
          await tx.manager.query(
            `INSERT INTO "${table}" (${columns[table]}) VALUES ${some.map(() => marks).join()}`,
            some.flat(),
          )
        }
      }
    })
  }
  return { ordinary, longest }
}

const loinc = 'http://loinc.org'
const snomed = 'http://snomed.info/sct'
const longNote = 'Feels better under the present treatment and sleeps through most nights. '.repeat(6)

function addPatient(rows: Rows, where: Where, n: number, points: number): PatientId {
  const { organizationId, practitionerId } = where
  const random = seeded(n + 1)
  const id = () => newId(RecordId, systemClock)
  const patientId = newId(PatientId, systemClock)
  const now = systemClock.now()
  const put = (table: Table, ...row: Row) =>
    void (rows.get(table) ?? rows.set(table, []).get(table))?.push(row)
  const [family, given] = [`Family${n % 2_000}`, `Given${n}`]
  const { familyFirst, givenFirst } = foldedOrders(family, given)
  const phone = String(6_580_000_000 + n)

  put('patient', patientId, organizationId, `${given} ${family}`, '1970-01-01', 'female', 'en', now, now)
  put('patient_name', id(), patientId, organizationId, 'official', family, given, familyFirst, givenFirst)
  put('patient_identifier', id(), patientId, organizationId, recordNumberSystem, String(10_000_000 + n))
  put('patient_telecom', id(), patientId, organizationId, 'phone', `+${phone}`, phone, backwards(phone))
  const entry = (code: number, display: string): Row => [id(), patientId, snomed, String(code), display, practitionerId, now] // prettier-ignore
  for (let k = 0; k < 4; k++) put('condition', ...entry(1000 + k, `Condition ${k}`), 'active', '2020-01-01')
  for (let k = 0; k < 2; k++) put('allergy', ...entry(2000 + k, `Allergy ${k}`), 'high', 'Rash')
  for (let k = 0; k < 4; k++)
    put('medication', ...entry(3000 + k, `Drug ${k}`), 'One a day', 'active', '2024-01-01')

  const { bloodPressure, ...singles } = vitals
  for (let point = 0; point < points; point++) {
    const at = now - (points - point) * 5 * dayMs
    for (const { code, unit } of Object.values(singles))
      put('observation', id(), patientId, loinc, code, `Vital sign ${code}`, practitionerId, at, at, random.whole(60, 90), unit) // prettier-ignore
    const panel = id()
    put('observation', panel, patientId, loinc, bloodPressure.code, 'Blood pressure', practitionerId, at, at, null, null) // prettier-ignore
    put('observation_component', panel, 0, loinc, '8480-6', 'Systolic', random.whole(110, 160), 'mm[Hg]')
    put('observation_component', panel, 1, loinc, '8462-4', 'Diastolic', random.whole(60, 95), 'mm[Hg]')
  }
  for (let k = 0; k < visitsOfEach; k++) {
    const at = now - (k + 1) * 30 * dayMs + n * 300_000
    const [appointment, encounter, note] = [newId(AppointmentId, systemClock), newId(EncounterId, systemClock), newId(NoteId, systemClock)] // prettier-ignore
    put('appointment', appointment, organizationId, practitionerId, patientId, 'fulfilled', at, at + 1_800_000, 'UTC', 'Review', 2, at, at) // prettier-ignore
    put('encounter', encounter, organizationId, patientId, practitionerId, 'Dr. Bench', appointment, 'finished', 'Review', at, at + 1_200_000) // prettier-ignore
    put('note', note, encounter, patientId, 'signed', 1, at, at, practitionerId, 'Dr. Bench', 'f'.repeat(64))
    put('note_version', note, 1, longNote, longNote, longNote, longNote, practitionerId, at, at)
  }
  return patientId
}
