import type { PatientId } from '#shared/ids.ts'
import { cellMs } from '#shared/scheduling.ts'
import { hourMs, minuteMs } from '#shared/time.ts'
import type { Instant, Interval } from '#shared/time.ts'
import type { Clock } from '../platform/clock.ts'
import type { DemoPatient } from './cast.ts'
import { afternoon, morning, visitMinutes } from './diary.ts'
import type { Diary } from './diary.ts'
import type { Random } from './random.ts'
import { storyOf } from './texts.ts'
import { measuredAtVisit, readingAt } from './vital-signs.ts'
import type { MeasuredRows } from './vital-signs.ts'
import { bookedVisit, signedVisit } from './visit.ts'
import type { BookedRows, Doctor, SignedRows } from './visit.ts'

export type KnownPatient = { patient: DemoPatient; patientId: PatientId }
export type Today = MeasuredRows & { visits: SignedRows[]; booked: BookedRows[] }

const treatedForMs = 300 * 24 * hourMs
const beforeNowMs = 3 * hourMs
const afterNowMs = 4 * hourMs

/** When the demo's doctors are at work today: the usual day, or the hours around now when someone tries it at night. */
export function hoursToday(diary: Diary, now: Instant): Interval {
  const date = diary.dateAfter(now, 0)
  const [midnight, nextMidnight] = [diary.at(date, 0), diary.at(date.add({ days: 1 }), 0)]
  const [opens, closes] = [diary.at(date, morning.startMinute), diary.at(date, afternoon.endMinute)]
  if (opens + hourMs <= now && now <= closes - hourMs) return { startsAt: opens, endsAt: closes }
  return { startsAt: Math.max(midnight, now - beforeNowMs), endsAt: Math.min(nextMidnight, now + afterNowMs) }
}

/** A doctor's day: what is over is signed, one visit is due now, and most half hours after it are booked. */
export function dayOf(
  { clock, diary, random }: { clock: Clock; diary: Diary; random: Random },
  doctor: Doctor,
  patients: readonly KnownPatient[],
): Today {
  const now = clock.now()
  const today: Today = { visits: [], booked: [], observations: [], components: [] }
  const [due, ...others] = patients
  if (due) today.booked.push(...dueVisit({ clock, diary }, doctor, due))

  const { startsAt: from, endsAt: to } = hoursToday(diary, now)
  const queue = [...others]
  for (
    let startsAt = Math.ceil(from / (30 * minuteMs)) * 30 * minuteMs;
    startsAt < to;
    startsAt += 30 * minuteMs
  ) {
    const endsAt = startsAt + visitMinutes * minuteMs
    const running = startsAt <= now && now < endsAt
    if (running || endsAt > to || random.next() < 0.2) continue
    const next = queue.shift()
    if (!next) break
    if (!diary.take(doctor.id, startsAt)) continue
    const visit = { clock, ...next, doctor, zone: diary.zone, startsAt }
    const { review } = storyOf(next.patient.illnesses[0], next.patient.locale)
    if (startsAt > now) today.booked.push(bookedVisit(visit, 'booked', review))
    else if (random.next() < 0.12) today.booked.push(bookedVisit(visit, 'noshow', review))
    else {
      const reading = readingAt(next.patient, { at: startsAt, treatedSince: now - treatedForMs, random })
      const rows = measuredAtVisit(clock, { ...next, recordedBy: doctor.id, at: startsAt }, reading)
      today.observations.push(...rows.observations)
      today.components.push(...rows.components)
      today.visits.push(signedVisit(visit, 'stable', reading))
    }
  }
  return today
}

/** A visit that starts within these minutes; none when the doctor has no half hour free. */
export function dueVisit(
  { clock, diary }: { clock: Clock; diary: Diary },
  doctor: Doctor,
  { patient, patientId }: KnownPatient,
): BookedRows[] {
  const soon = Math.floor(clock.now() / cellMs) * cellMs
  for (let startsAt = soon; startsAt <= soon + 25 * minuteMs; startsAt += cellMs) {
    if (!diary.take(doctor.id, startsAt)) continue
    const { review } = storyOf(patient.illnesses[0], patient.locale)
    return [bookedVisit({ clock, patient, patientId, doctor, zone: diary.zone, startsAt }, 'booked', review)]
  }
  return []
}
