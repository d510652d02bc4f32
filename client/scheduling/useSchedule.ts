import { keepPreviousData, useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query'
import { findSlots, readSchedule } from '#shared/scheduling.ts'
import type { CalendarDate } from '#shared/time.ts'
import { keyOf, read } from '../platform/query.ts'
import type { Schedule } from './columns.ts'
import { addDays, startOfDay } from './zone.ts'

/** Others book too: this often the calendar looks for what they did. */
const refreshMs = 20_000

/** The calendar of these days, renewed by itself. */
export function useSchedule(days: readonly CalendarDate[], zone: string): UseQueryResult<Schedule> {
  const [first = '', last = first] = [days[0], days.at(-1)]
  const query = { from: startOfDay(first, zone), to: startOfDay(addDays(last, 1), zone) }
  return useQuery({
    ...read(readSchedule, { query }),
    refetchInterval: refreshMs,
    placeholderData: keepPreviousData,
  })
}

/** After something was booked, moved or called off: the calendar and the free times are read again. */
export function useRenewCalendar(): () => Promise<unknown> {
  const queries = useQueryClient()
  return () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: keyOf(readSchedule) }),
      queries.invalidateQueries({ queryKey: keyOf(findSlots) }),
    ])
}
