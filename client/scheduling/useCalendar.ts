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
  /** The practitioner that was asked for; null for all. */
  readonly shown: string | null
  go: (to: Partial<Place>) => void
  step: (direction: 1 | -1) => void
}

interface Place {
  readonly view: View
  readonly day: CalendarDate
  readonly shown: string | null
}

/** Where the calendar stands. It lives in the address, so that reload and Back keep the place. */
export function useCalendar(zone: string, usualView: View): Calendar {
  const [params, setParams] = useSearchParams()
  const today = dayOf(now(), zone)
  const asked = params.get('day') ?? ''
  const day = isDay(asked) ? asked : today
  const wanted = params.get('view')
  const view = wanted === 'day' || wanted === 'week' ? wanted : usualView
  const go = (to: Partial<Place>) => {
    const next = new URLSearchParams(params)
    if (to.view !== undefined) next.set('view', to.view)
    if (to.day === today) next.delete('day')
    else if (to.day !== undefined) next.set('day', to.day)
    if (to.shown === null) next.delete('of')
    else if (to.shown !== undefined) next.set('of', to.shown)
    setParams(next, { replace: true })
  }
  return {
    view,
    day,
    today,
    days: view === 'day' ? [day] : weekOf(day),
    shown: params.get('of'),
    go,
    step: (direction) => {
      go({ day: addDays(day, direction * (view === 'day' ? 1 : 7)) })
    },
  }
}
