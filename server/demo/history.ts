import { RecordId } from '#shared/ids.ts'
import type { PatientId } from '#shared/ids.ts'
import { dayMs, hourMs } from '#shared/time.ts'
import type { Instant } from '#shared/time.ts'
import type { Clock } from '../platform/clock.ts'
import { newId } from '../platform/ids.ts'
import type { AllergyRow, ConditionRow, MedicationRow } from '../records/chart.entity.ts'
import type { DemoPatient } from './cast.ts'
import type { Diary } from './diary.ts'
import { allergies, illnesses } from './illnesses.ts'
import type { Illness } from './illnesses.ts'
import type { Random } from './random.ts'
import { bloodGlucose, bloodPressure, measuredAtVisit, readingAt, said } from './vital-signs.ts'
import type { MeasuredRows } from './vital-signs.ts'
import { bookedVisit, signedVisit } from './visit.ts'
import type { BookedRows, Doctor, SignedRows } from './visit.ts'
import { storyOf } from './texts.ts'

export type History = MeasuredRows & {
  conditions: ConditionRow[]
  allergies: AllergyRow[]
  medications: MedicationRow[]
  visits: SignedRows[]
  booked: BookedRows[]
}
export type HistoryOf = {
  clock: Clock
  diary: Diary
  random: Random
  patient: DemoPatient
  patientId: PatientId
  doctor: Doctor
}

const snomed = 'http://snomed.info/sct'
const atc = 'http://www.whocc.no/atc'

/** A year of one patient: the illness is found in the first visit, treated, and the measurements follow. */
export function historyOf(about: HistoryOf): History {
  const { clock, diary, random, patient, patientId, doctor } = about
  const now = clock.now()
  const daysAgo = [
    random.whole(270, 330),
    random.whole(200, 240),
    random.whole(120, 160),
    random.whole(30, 75),
  ]
  const zone = diary.zone
  const starts = daysAgo.map((days) =>
    diary.firstFree(doctor.id, diary.dateAfter(now, -days), random.whole(0, 17)),
  )
  const [treatedSince = now, secondVisit = now] = starts
  const measured: MeasuredRows = { observations: [], components: [] }
  const keep = (rows: MeasuredRows) => {
    measured.observations.push(...rows.observations)
    measured.components.push(...rows.components)
  }
  const visits = starts.map((startsAt, n) => {
    const reading = readingAt(patient, { at: startsAt, treatedSince, random })
    keep(measuredAtVisit(clock, { patient, patientId, recordedBy: doctor.id, at: startsAt }, reading))
    const stage = n === 0 ? 'first' : n === 1 ? 'better' : 'stable'
    return signedVisit({ clock, patient, patientId, doctor, zone, startsAt }, stage, reading)
  })
  for (const rows of measuredAtHome(about, treatedSince)) keep(rows)

  const entry = (at: Instant) => ({
    id: newId(RecordId, clock),
    patientId,
    recordedBy: doctor.id,
    recordedAt: at,
  })
  return {
    ...measured,
    visits,
    booked: nextVisit(about),
    conditions: patient.illnesses.map((name, n) => ({
      ...entry(treatedSince),
      systemUri: snomed,
      code: illnesses[name].snomed,
      display: said(illnesses[name].name, patient),
      clinicalStatus: 'active',
      onsetDate: onset(treatedSince, n, random),
    })),
    allergies: patient.allergies.map((name) => ({
      ...entry(treatedSince),
      systemUri: snomed,
      code: allergies[name].snomed,
      display: said(allergies[name].name, patient),
      criticality: allergies[name].criticality,
      reaction: said(allergies[name].reaction, patient),
    })),
    medications: patient.illnesses.flatMap((name, n) =>
      illnesses[name].drugs.map((drug, nth) => {
        const startedAt = n > 0 ? treatedSince - 400 * dayMs : nth === 0 ? treatedSince : secondVisit
        return {
          ...entry(Math.max(startedAt, treatedSince)),
          systemUri: atc,
          code: drug.atc,
          display: said(drug.name, patient),
          dosage: said(drug.dosage, patient),
          status: 'active' as const,
          startedOn: dateOf(startedAt),
        }
      }),
    ),
  }
}

/** Some measure at home every few days, up to yesterday. */
function measuredAtHome(
  { clock, random, patient, patientId, doctor }: HistoryOf,
  treatedSince: Instant,
): MeasuredRows[] {
  const kinds = new Set(patient.illnesses.map((name) => (illnesses[name] as Illness).athome))
  const rows: MeasuredRows[] = []
  const lastAt = clock.now() - dayMs
  for (let day = treatedSince + 6 * dayMs; day < lastAt; day += random.whole(5, 8) * dayMs) {
    const at = Math.min(lastAt, day + random.whole(-90, 90) * 60_000 - hourMs)
    const reading = readingAt(patient, { at, treatedSince, random })
    const about = { patient, patientId, recordedBy: doctor.id, at }
    if (kinds.has('bloodPressure')) rows.push(bloodPressure(clock, about, reading))
    if (kinds.has('bloodGlucose') && reading.glucose !== null)
      rows.push({ observations: [bloodGlucose(clock, about, reading.glucose)], components: [] })
  }
  return rows
}

/** Half of the patients have their next visit booked already, within three weeks. */
function nextVisit({ clock, diary, random, patient, patientId, doctor }: HistoryOf): BookedRows[] {
  if (random.next() < 0.5) return []
  const date = diary.dateAfter(clock.now(), random.whole(2, 20))
  const startsAt = diary.firstFree(doctor.id, date, random.whole(0, 17))
  const { review } = storyOf(patient.illnesses[0], patient.locale)
  return [bookedVisit({ clock, patient, patientId, doctor, zone: diary.zone, startsAt }, 'booked', review)]
}

/** The first illness began weeks before it was found, the others years earlier. */
function onset(treatedSince: Instant, n: number, random: Random): string {
  return dateOf(treatedSince - (n === 0 ? random.whole(20, 60) : random.whole(800, 3000)) * dayMs)
}

function dateOf(at: Instant): string {
  return new Date(at).toISOString().slice(0, 10)
}
