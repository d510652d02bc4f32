import type { CalendarDate, Instant } from '#shared/time.ts'
import { dayMs, hourMs, minuteMs } from '#shared/time.ts'

/** The wall clock of an IANA zone: which day and minute an instant falls on there, and back. */

const clocks = new Map<string, Intl.DateTimeFormat>()

function clockOf(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone)
  if (known) return known
  const clock = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  clocks.set(zone, clock)
  return clock
}

/** What the wall clock shows, as if it were UTC. */
function wallClock(at: Instant, zone: string): number {
  const parts = clockOf(zone).formatToParts(at)
  const read = (type: Intl.DateTimeFormatPartTypes) =>
    Number(parts.find((part) => part.type === type)?.value ?? Number.NaN)
  return Date.UTC(read('year'), read('month') - 1, read('day'), read('hour'), read('minute'), read('second'))
}

/** How far the zone's wall clock is ahead of UTC, in milliseconds. */
export function offsetAt(at: Instant, zone: string): number {
  return wallClock(at, zone) - Math.floor(at / 1000) * 1000
}

/** The calendar day of an instant in the zone. */
export function dayOf(at: Instant, zone: string): CalendarDate {
  return new Date(wallClock(at, zone)).toISOString().slice(0, 10)
}

/** Minutes that the wall clock shows past midnight. */
export function minuteOf(at: Instant, zone: string): number {
  const clock = wallClock(at, zone)
  return Math.floor((clock - Math.floor(clock / dayMs) * dayMs) / minuteMs)
}

/** The instant at which the zone's wall clock shows this minute of the day; in a gap of the clock, the one after it. */
export function instantAt(day: CalendarDate, minute: number, zone: string): Instant {
  const wanted = Date.parse(`${day}T00:00:00Z`) + minute * minuteMs
  const guess = wanted - offsetAt(wanted, zone)
  const at = wanted - offsetAt(guess, zone)
  // Where the clock jumps forward over the wanted time, both guesses may lie before the jump.
  return wallClock(at, zone) < wanted ? at + hourMs : at
}

export function startOfDay(day: CalendarDate, zone: string): Instant {
  return instantAt(day, 0, zone)
}

export function addDays(day: CalendarDate, count: number): CalendarDate {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * dayMs).toISOString().slice(0, 10)
}

/** 1 is Monday, 7 is Sunday. */
export function weekdayOf(day: CalendarDate): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay() || 7
}

/** Monday to Sunday of the week in which the day lies. */
export function weekOf(day: CalendarDate): CalendarDate[] {
  const monday = addDays(day, 1 - weekdayOf(day))
  return Array.from({ length: 7 }, (_, index) => addDays(monday, index))
}

/** True for an existing day written YYYY-MM-DD. */
export function isDay(text: string): boolean {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text)
}
