import { useMemo } from 'react'
import { columnsOf, type Column, type Schedule } from './columns.ts'
import type { Calendar } from './useCalendar.ts'
import { weekdayOf } from './zone.ts'

const saturday = 6

/** The columns on show: practitioners of a day, or days of a practitioner; a weekend only when something is on. */
export function useColumns(
  schedule: Schedule | undefined,
  { view, days, today }: Calendar,
  shown: string | null,
): readonly Column[] {
  const key = days.join()
  return useMemo(() => {
    if (!schedule) return []
    const practitioners = schedule.practitioners.filter(({ id }) => shown === null || id === shown)
    const columns = columnsOf(schedule, practitioners, key.split(','))
    return view === 'day'
      ? columns
      : columns.filter(
          ({ day, open, visits }) =>
            weekdayOf(day) < saturday || day === today || open.length > 0 || visits.length > 0,
        )
  }, [schedule, key, view, shown, today])
}
