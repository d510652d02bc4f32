import type { AppointmentId } from '#shared/ids.ts'
import { cellMs } from '#shared/scheduling.ts'
import type { Instant } from '#shared/time.ts'
import { isFree, type Column } from './columns.ts'

/** A place in the calendar that the keyboard can stand on: a visit, or a free quarter of an hour. */
export interface Stop {
  readonly column: string
  readonly at: Instant
  readonly visit: AppointmentId | null
}

const quarterMs = 3 * cellMs

/** The stops of one column, earliest first. */
export function stopsOf(column: Column, now: Instant): Stop[] {
  const stops: Stop[] = column.visits.map(({ id, startsAt }) => ({
    column: column.key,
    at: startsAt,
    visit: id,
  }))
  for (const { startsAt, endsAt } of column.open) {
    for (let at = Math.ceil(startsAt / quarterMs) * quarterMs; at < endsAt; at += quarterMs) {
      if (isFree(column, { startsAt: at, endsAt: at + cellMs }, { now }))
        stops.push({ column: column.key, at, visit: null })
    }
  }
  return stops.sort((a, b) => a.at - b.at)
}

/** Where a key leads from a stop; null when it leads nowhere. */
export function nextStop(
  columns: readonly { readonly column: Column; readonly stops: readonly Stop[] }[],
  from: Stop,
  key: string,
): Stop | null {
  const place = columns.findIndex(({ column }) => column.key === from.column)
  const here = columns[place]
  if (!here) return null
  const index = here.stops.findIndex((stop) => stop.at === from.at && stop.visit === from.visit)
  switch (key) {
    case 'ArrowDown':
      return here.stops[index + 1] ?? null
    case 'ArrowUp':
      return index > 0 ? (here.stops[index - 1] ?? null) : null
    case 'Home':
      return here.stops[0] ?? null
    case 'End':
      return here.stops.at(-1) ?? null
    case 'ArrowRight':
    case 'ArrowLeft': {
      const beside = key === 'ArrowRight' ? columns.slice(place + 1) : columns.slice(0, place).toReversed()
      const there = beside.find(({ stops }) => stops.length > 0)
      const height = from.at - here.column.window.startsAt
      return there ? nearest(there.stops, there.column.window.startsAt + height) : null
    }
    default:
      return null
  }
}

function nearest(stops: readonly Stop[], at: Instant): Stop | null {
  return stops.reduce<Stop | null>(
    (best, stop) => (best === null || Math.abs(stop.at - at) < Math.abs(best.at - at) ? stop : best),
    null,
  )
}
