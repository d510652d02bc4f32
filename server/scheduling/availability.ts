import { Temporal } from 'temporal-polyfill'
import type { Instant, Interval } from '#shared/time.ts'

/** Every week on this ISO weekday (1 is Monday), between two wall-clock minutes of the day (0 to 1440). */
export type WeeklyRule = {
  readonly weekday: number
  readonly startMinute: number
  readonly endMinute: number
}

/** On this day the weekly rules are widened or narrowed. What is both open and closed is closed. */
export type DayException = {
  readonly date: string
  readonly kind: 'open' | 'closed'
  readonly startMinute: number
  readonly endMinute: number
}

export type Availability = {
  readonly zone: string
  readonly rules: readonly WeeklyRule[]
  readonly exceptions: readonly DayException[]
}

/**
 * When the practitioner works within `window`: disjoint half-open intervals in order, clipped to the window.
 *
 * Where the clocks change: a wall-clock time that does not exist (the gap in spring) means the moment of the change,
 * so nothing is bookable in it. Of a time that exists twice (the fold in autumn) a beginning means the first and an end
 * the second, so both hours are worked.
 */
export function openIntervals({ zone, rules, exceptions }: Availability, window: Interval): Interval[] {
  const open: Interval[] = []
  const closed: Interval[] = []
  for (const date of datesAround(window, zone)) {
    const weekday = date.dayOfWeek
    for (const rule of rules) if (rule.weekday === weekday) open.push(onDay(date, rule, zone))
    const day = date.toString()
    for (const exception of exceptions) {
      if (exception.date !== day) continue
      const side = exception.kind === 'open' ? open : closed
      side.push(onDay(date, exception, zone))
    }
  }
  return merge(open)
    .flatMap((interval) => without(interval, closed))
    .flatMap((interval) => clip(interval, window))
}

/** True when one of the intervals holds the whole of `wanted`. */
export function covers(open: readonly Interval[], wanted: Interval): boolean {
  return open.some(({ startsAt, endsAt }) => startsAt <= wanted.startsAt && wanted.endsAt <= endsAt)
}

/** One day more on either side: where clocks go back at midnight, a day's last rule reaches into the next. */
function datesAround({ startsAt, endsAt }: Interval, zone: string): Temporal.PlainDate[] {
  const last = dateAt(endsAt, zone).add({ days: 1 })
  const dates: Temporal.PlainDate[] = []
  for (
    let date = dateAt(startsAt, zone).subtract({ days: 1 });
    Temporal.PlainDate.compare(date, last) <= 0;
    date = date.add({ days: 1 })
  )
    dates.push(date)
  return dates
}

function dateAt(at: Instant, zone: string): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate()
}

function onDay(
  date: Temporal.PlainDate,
  { startMinute, endMinute }: { startMinute: number; endMinute: number },
  zone: string,
): Interval {
  return {
    startsAt: instantOf(date, startMinute, zone, 'earlier'),
    endsAt: instantOf(date, endMinute, zone, 'later'),
  }
}

function instantOf(
  date: Temporal.PlainDate,
  minute: number,
  zone: string,
  inFold: 'earlier' | 'later',
): Instant {
  const wall = date.toPlainDateTime().add({ minutes: minute })
  const zoned = wall.toZonedDateTime(zone, { disambiguation: inFold })
  if (zoned.toPlainDateTime().equals(wall)) return zoned.epochMilliseconds
  const beforeGap = wall.toZonedDateTime(zone, { disambiguation: 'earlier' })
  return beforeGap.getTimeZoneTransition('next')?.epochMilliseconds ?? zoned.epochMilliseconds
}

function merge(intervals: readonly Interval[]): Interval[] {
  const merged: Interval[] = []
  for (const next of [...intervals].sort((a, b) => a.startsAt - b.startsAt)) {
    const last = merged.at(-1)
    if (next.startsAt >= next.endsAt) continue
    if (last && next.startsAt <= last.endsAt)
      merged[merged.length - 1] = { startsAt: last.startsAt, endsAt: Math.max(last.endsAt, next.endsAt) }
    else merged.push(next)
  }
  return merged
}

function without(interval: Interval, holes: readonly Interval[]): Interval[] {
  let rest = [interval]
  for (const hole of merge(holes)) {
    rest = rest.flatMap(({ startsAt, endsAt }) => [
      ...clip({ startsAt, endsAt: Math.min(endsAt, hole.startsAt) }),
      ...clip({ startsAt: Math.max(startsAt, hole.endsAt), endsAt }),
    ])
  }
  return rest
}

function clip({ startsAt, endsAt }: Interval, window: Interval = { startsAt, endsAt }): Interval[] {
  const clipped = { startsAt: Math.max(startsAt, window.startsAt), endsAt: Math.min(endsAt, window.endsAt) }
  return clipped.startsAt < clipped.endsAt ? [clipped] : []
}
