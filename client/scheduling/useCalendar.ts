import { useSearchParams } from 'react-router'
import type { CalendarDate } from '#shared/time.ts'
import { now } from '../platform/time.ts'
import { addDays, dayOf, isDay, weekOf } from './zone.ts'

export type View = 'day' | 'week'

export interface Calendar {
  readonly view: View
  readonly day: CalendarDate
  readonly today: CalendarDate
  /** The days on show: one, or Monday to Sunday. */
  readonly days: readonly CalendarDate[]
  /** The practitioner chosen in the toolbar; null for all. */
  readonly shown: string | null
  goTo: (day: CalendarDate) => void
  step: (direction: 1 | -1) => void
  setView: (view: View) => void
  setShown: (practitionerId: string | null) => void
}

/** Where the calendar stands. It lives in the address, so that reload and Back keep the place. */
export function useCalendar(zone: string, usualView: View): Calendar {
  const [params, setParams] = useSearchParams()
  const today = dayOf(now(), zone)
  const asked = params.get('day') ?? ''
  const day = isDay(asked) ? asked : today
  const wanted = params.get('view')
  const view = wanted === 'day' || wanted === 'week' ? wanted : usualView
  const set = (name: string, value: string | null) => {
    setParams(
      (before) => {
        const next = new URLSearchParams(before)
        if (value === null) next.delete(name)
        else next.set(name, value)
        return next
      },
      { replace: true },
    )
  }
  const goTo = (to: CalendarDate) => {
    set('day', to === today ? null : to)
  }
  return {
    view,
    day,
    today,
    days: view === 'day' ? [day] : weekOf(day),
    shown: params.get('of'),
    goTo,
    step: (direction) => {
      goTo(addDays(day, direction * (view === 'day' ? 1 : 7)))
    },
    setView: (next) => {
      set('view', next)
    },
    setShown: (practitionerId) => {
      set('of', practitionerId)
    },
  }
}
