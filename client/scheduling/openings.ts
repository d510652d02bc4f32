import { cellMs, type Appointment } from '#shared/scheduling.ts'
import { minuteMs, type Instant } from '#shared/time.ts'
import { columnAt, isFree, type Column, type Schedule } from './columns.ts'
import type { Draft } from './draft.ts'
import { now } from '../platform/time.ts'

/** The start that was pointed at, when it is free for the whole length. */
export function freeDraft(
  columns: readonly Column[],
  { practitionerId, startsAt, minutes }: Draft,
): Instant[] {
  if (practitionerId === null || startsAt === null) return []
  const column = columnAt(columns, practitionerId, startsAt)
  const interval = { startsAt, endsAt: startsAt + minutes * minuteMs }
  return column && isFree(column, interval, { now: now() }) ? [startsAt] : []
}

/**
 * Starts that overlap the visit's own time and are free without it, and the one it was dragged to. The server's list of
 * free times cannot hold the first, as the visit still takes them.
 */
export function aroundItself(
  columns: readonly Column[],
  visit: Appointment,
  minutes: number,
  moveTo: Instant | null,
): Instant[] {
  const lengthMs = minutes * minuteMs
  const starts: Instant[] = moveTo === null ? [] : [moveTo]
  for (let at = visit.startsAt - lengthMs + cellMs; at < visit.endsAt; at += cellMs) starts.push(at)
  return starts.filter((startsAt) => {
    const column = columnAt(columns, visit.practitioner.id, startsAt)
    const interval = { startsAt, endsAt: startsAt + lengthMs }
    const same = interval.startsAt === visit.startsAt && interval.endsAt === visit.endsAt
    return !same && column && isFree(column, interval, { now: now(), except: visit.id })
  })
}

/** The visit as the calendar last read it, unless what is held here is newer. */
export function newest(held: Appointment, schedule: Schedule | undefined): Appointment {
  const seen = schedule?.appointments.find(({ id }) => id === held.id)
  return seen && seen.version >= held.version ? seen : held
}
