import type { z } from 'zod'
import type { Practitioner } from '#shared/identity.ts'
import type { AppointmentId, PractitionerId } from '#shared/ids.ts'
import { cellMs, type Appointment, type readSchedule } from '#shared/scheduling.ts'
import { minuteMs, overlaps, type CalendarDate, type Instant, type Interval } from '#shared/time.ts'
import { addDays, minuteOf, startOfDay } from './zone.ts'

export type Schedule = z.output<typeof readSchedule.reply>

/** One practitioner on one day. */
export interface Column {
  readonly key: string
  readonly practitioner: Practitioner
  readonly day: CalendarDate
  readonly window: Interval
  /** Working hours, clipped to the day. */
  readonly open: readonly Interval[]
  /** Visits that take time on this day, by start. */
  readonly visits: readonly Appointment[]
}

/** As the scheduling domain does: the patient who is there already may be entered a little late. */
const latestEntryMs = 15 * minuteMs
const dayMinutes = 24 * 60
const usualHours = { from: 8 * 60, to: 18 * 60 }

/** Cancelled visits take no time and are left out. */
export function columnsOf(
  schedule: Schedule,
  practitioners: readonly Practitioner[],
  days: readonly CalendarDate[],
): Column[] {
  return days.flatMap((day) => {
    const window = {
      startsAt: startOfDay(day, schedule.zone),
      endsAt: startOfDay(addDays(day, 1), schedule.zone),
    }
    return practitioners.map((practitioner) => ({
      key: `${practitioner.id} ${day}`,
      practitioner,
      day,
      window,
      open: schedule.availability
        .filter((hours) => hours.practitionerId === practitioner.id && overlaps(hours, window))
        .map(({ startsAt, endsAt }) => ({
          startsAt: Math.max(startsAt, window.startsAt),
          endsAt: Math.min(endsAt, window.endsAt),
        })),
      visits: schedule.appointments
        .filter((visit) => visit.practitioner.id === practitioner.id)
        .filter((visit) => visit.status !== 'cancelled' && overlaps(visit, window))
        .toSorted((a, b) => a.startsAt - b.startsAt || b.endsAt - a.endsAt),
    }))
  })
}

/** Minutes past midnight that the calendar shows: full hours around all that is open or booked, with one to spare. */
export function shownHours(columns: readonly Column[], zone: string): { from: number; to: number } {
  let { from, to } = usualHours
  for (const { open, visits, window } of columns) {
    for (const busy of [...open, ...visits]) {
      from = Math.min(from, rowOf(busy.startsAt, window, zone))
      to = Math.max(to, rowOf(busy.endsAt, window, zone))
    }
  }
  return {
    from: Math.max(0, Math.floor(from / 60) * 60 - 60),
    to: Math.min(dayMinutes, Math.ceil(to / 60) * 60 + 60),
  }
}

/** Minutes past the day's midnight; what lies outside the day is at its edge. */
export function rowOf(at: Instant, window: Interval, zone: string): number {
  if (at <= window.startsAt) return 0
  if (at >= window.endsAt) return dayMinutes
  return minuteOf(at, zone)
}

export interface Placed {
  readonly visit: Appointment
  readonly lane: number
  /** How many lanes the visits that overlap each other need. */
  readonly lanes: number
}

/** Puts visits that overlap beside each other, each as far left as it fits. */
export function sideBySide(visits: readonly Appointment[]): Placed[] {
  const placed: Placed[] = []
  let cluster: { visit: Appointment; lane: number }[] = []
  let ends: Instant[] = []
  const close = () => {
    placed.push(...cluster.map((one) => ({ ...one, lanes: ends.length })))
    cluster = []
    ends = []
  }
  for (const visit of visits) {
    if (ends.every((end) => end <= visit.startsAt)) close()
    const free = ends.findIndex((end) => end <= visit.startsAt)
    const lane = free === -1 ? ends.length : free
    ends[lane] = visit.endsAt
    cluster.push({ visit, lane })
  }
  close()
  return placed
}

/** Whether a visit could be put there, as far as this calendar knows; `except` is the visit that is being moved. */
export function isFree(
  column: Column,
  wanted: Interval,
  { now, except }: { now: Instant; except?: AppointmentId | undefined },
): boolean {
  return (
    wanted.startsAt >= now - latestEntryMs &&
    column.open.some((hours) => hours.startsAt <= wanted.startsAt && wanted.endsAt <= hours.endsAt) &&
    !column.visits.some((visit) => visit.id !== except && overlaps(visit, wanted))
  )
}

/** The column in which an instant lies. */
export function columnAt(
  columns: readonly Column[],
  practitionerId: PractitionerId,
  at: Instant,
): Column | undefined {
  return columns.find(
    ({ practitioner, window }) =>
      practitioner.id === practitionerId && window.startsAt <= at && at < window.endsAt,
  )
}

/** The start that is meant by pointing at an instant: the quarter hour when it is free, else the five minutes. */
export function startAt(column: Column, pointed: Instant, now: Instant): Instant | null {
  const cell = Math.floor(pointed / cellMs) * cellMs
  const quarter = Math.floor(pointed / (3 * cellMs)) * 3 * cellMs
  for (const startsAt of [quarter, cell]) {
    if (isFree(column, { startsAt, endsAt: startsAt + cellMs }, { now })) return startsAt
  }
  return null
}
