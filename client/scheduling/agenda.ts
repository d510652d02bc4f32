import { cellMs, type Appointment } from '#shared/scheduling.ts'
import type { Instant, Interval } from '#shared/time.ts'
import type { Column } from './columns.ts'

export type AgendaItem =
  | { readonly kind: 'visit'; readonly visit: Appointment }
  | { readonly kind: 'free'; readonly interval: Interval }

/** A day as a list: its visits, and the free stretches of working time between them that can still be booked. */
export function agendaOf(column: Column, now: Instant): AgendaItem[] {
  const soonest = Math.floor(now / cellMs) * cellMs
  const free: AgendaItem[] = column.open.flatMap((hours) => {
    const gaps: Interval[] = []
    let from = Math.max(hours.startsAt, soonest)
    for (const { startsAt, endsAt } of column.visits) {
      if (startsAt >= hours.endsAt) break
      if (startsAt > from) gaps.push({ startsAt: from, endsAt: startsAt })
      from = Math.max(from, endsAt)
    }
    if (from < hours.endsAt) gaps.push({ startsAt: from, endsAt: hours.endsAt })
    return gaps.map((interval) => ({ kind: 'free' as const, interval }))
  })
  const visits: AgendaItem[] = column.visits.map((visit) => ({ kind: 'visit', visit }))
  return [...visits, ...free].sort((a, b) => startOf(a) - startOf(b))
}

function startOf(item: AgendaItem): Instant {
  return item.kind === 'visit' ? item.visit.startsAt : item.interval.startsAt
}
