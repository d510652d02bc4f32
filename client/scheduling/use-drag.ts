import { useEffect, useRef, useState, type PointerEvent as ReactPointerEvent } from 'react'
import { cellMs, type Appointment } from '#shared/scheduling.ts'
import type { Instant, Interval } from '#shared/time.ts'
import { isFree, type Column } from './columns.ts'
import { instantAt } from './zone.ts'

export interface Drag {
  readonly active: boolean
  readonly visit: Appointment | null
  /** Where the visit would go; `free` when it may. */
  readonly target: { readonly column: string; readonly interval: Interval; readonly free: boolean } | null
  grab: (event: ReactPointerEvent<HTMLElement>, visit: Appointment) => void
  /** Whether the pointer was drawn since it last went down, so that the end of a drag is not taken for a click. */
  hasMoved: () => boolean
}

interface DragOptions {
  columns: readonly Column[]
  zone: string
  hours: { from: number; to: number }
  now: Instant
  onDropped: (visit: Appointment, startsAt: Instant) => void
}

const slackPx = 5

/** Moves booked visits with the mouse, to free times of the same doctor. The panel's "Change time" is its equal. */
export function useDrag(options: DragOptions): Drag {
  const latest = useRef(options)
  useEffect(() => {
    latest.current = options
  })
  const [visit, setVisit] = useState<Appointment | null>(null)
  const [target, setTarget] = useState<Drag['target']>(null)
  const moved = useRef(false)
  const release = useRef<(() => void) | null>(null)
  useEffect(
    () => () => {
      release.current?.()
    },
    [],
  )

  function grab(event: ReactPointerEvent<HTMLElement>, grabbed: Appointment) {
    moved.current = false
    if (event.pointerType !== 'mouse' || event.button !== 0 || grabbed.status !== 'booked') return
    const from = { x: event.clientX, y: event.clientY }
    const heldPx = event.clientY - event.currentTarget.getBoundingClientRect().top
    let current: Drag['target'] = null

    const onMove = (move: PointerEvent) => {
      if (!moved.current && Math.hypot(move.clientX - from.x, move.clientY - from.y) < slackPx) return
      moved.current = true
      setVisit(grabbed)
      current = targetUnder(move, heldPx, grabbed, latest.current)
      setTarget(current)
    }
    const end = (drop: boolean) => {
      window.removeEventListener('pointermove', onMove)
      window.removeEventListener('pointerup', onUp)
      window.removeEventListener('pointercancel', onCancel)
      window.removeEventListener('keydown', onKey)
      release.current = null
      setVisit(null)
      setTarget(null)
      if (drop && current?.free && current.interval.startsAt !== grabbed.startsAt)
        latest.current.onDropped(grabbed, current.interval.startsAt)
    }
    const onUp = () => {
      end(true)
    }
    const onCancel = () => {
      end(false)
    }
    const onKey = (key: KeyboardEvent) => {
      if (key.key === 'Escape') end(false)
    }
    window.addEventListener('pointermove', onMove)
    window.addEventListener('pointerup', onUp)
    window.addEventListener('pointercancel', onCancel)
    window.addEventListener('keydown', onKey)
    release.current = onCancel
  }

  return { active: visit !== null, visit, target, grab, hasMoved: () => moved.current }
}

/** The five minutes under the pointer. */
export function instantUnder(
  { clientY }: { clientY: number },
  column: Column,
  zone: string,
  hours: { from: number; to: number },
): Instant {
  const body = document.querySelector(`[data-column="${column.key}"]`)?.getBoundingClientRect()
  if (!body) return column.window.startsAt
  const share = (clientY - body.top) / body.height
  const minute = hours.from + Math.max(0, Math.min(1, share)) * (hours.to - hours.from)
  return instantAt(column.day, Math.floor(minute / 5) * 5, zone)
}

function targetUnder(
  { clientX, clientY }: PointerEvent,
  heldPx: number,
  visit: Appointment,
  { columns, zone, hours, now }: DragOptions,
): Drag['target'] {
  const key = document
    .elementsFromPoint(clientX, clientY)
    .find((element): element is HTMLElement => element instanceof HTMLElement && 'column' in element.dataset)
    ?.dataset['column']
  const column = columns.find((one) => one.key === key)
  if (!column || column.practitioner.id !== visit.practitioner.id) return null
  const pointed = instantUnder({ clientY: clientY - heldPx + 4 }, column, zone, hours)
  const startsAt = Math.round(pointed / cellMs) * cellMs
  const interval = { startsAt, endsAt: startsAt + visit.endsAt - visit.startsAt }
  return { column: column.key, interval, free: isFree(column, interval, { now, except: visit.id }) }
}
