import { useState, type CSSProperties, type PointerEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { cellMs, type Appointment } from '#shared/scheduling.ts'
import { minuteMs, type Instant, type Interval } from '#shared/time.ts'
import { formatTime } from '../platform/time.ts'
import classes from './calendar.module.css'
import { rowOf, sideBySide, startAt, type Column } from './columns.ts'
import type { Stop } from './cursor.ts'
import { instantUnder, type Drag } from './use-drag.ts'
import { VisitBlock } from './VisitBlock.tsx'

interface DayColumnProps {
  column: Column
  zone: string
  hours: { from: number; to: number }
  now: Instant
  /** Where the keyboard stands, when that is in this column. */
  stop: Stop | null
  chosenId: string | null
  draft: { startsAt: Instant | null; minutes: number } | null
  drag: Drag
  label: string
  onStop: (stop: Stop) => void
  onOpen: (visit: Appointment) => void
  onBookAt: (column: Column, startsAt: Instant) => void
}

const cellMinutes = cellMs / minuteMs
const slotMs = 3 * cellMs

/** One column: open hours light, the rest shaded; visits, the place under the pointer, the now-line. */
export function DayColumn(props: DayColumnProps) {
  const { column, zone, hours, now, stop, chosenId, draft, drag, label, onStop, onOpen, onBookAt } = props
  const { t } = useTranslation('scheduling')
  const [pointed, setPointed] = useState<Instant | null>(null)
  const { window, open, visits } = column
  const row = (at: Instant) => Math.floor((rowOf(at, window, zone) - hours.from) / cellMinutes) + 1
  const rows = ({ startsAt, endsAt }: Interval): CSSProperties => ({
    gridRow: `${row(startsAt)} / ${Math.max(row(startsAt) + 1, row(endsAt))}`,
  })
  const today = window.startsAt <= now && now < window.endsAt
  const drafted =
    draft?.startsAt !== undefined &&
    draft.startsAt !== null &&
    draft.startsAt >= window.startsAt &&
    draft.startsAt < window.endsAt
      ? { startsAt: draft.startsAt, endsAt: draft.startsAt + draft.minutes * minuteMs }
      : null
  const dropped = drag.target?.column === column.key ? drag.target : null

  function point(event: PointerEvent<HTMLElement>): Instant | null {
    if (event.target instanceof Element && event.target.closest('[data-visit]')) return null
    return startAt(column, instantUnder(event, column, zone, hours), now)
  }

  return (
    <div
      role="group"
      aria-label={label}
      className={classes.column}
      data-column={column.key}
      onPointerMove={(event) => {
        if (event.pointerType === 'mouse' && !drag.active) setPointed(point(event))
      }}
      onPointerLeave={() => {
        setPointed(null)
      }}
      onPointerUp={(event) => {
        const at = event.button === 0 && !drag.active ? point(event) : null
        if (at !== null) onBookAt(column, at)
      }}
    >
      {open.map((interval) => (
        <div key={interval.startsAt} data-open className={classes.open} style={rows(interval)} />
      ))}
      {pointed !== null && (
        <div
          aria-hidden
          className={classes.pointed}
          style={rows({ startsAt: pointed, endsAt: pointed + slotMs })}
        >
          {t('bookAt', { time: formatTime(pointed, { zone }) })}
        </div>
      )}
      {stop !== null && stop.visit === null && (
        <button
          type="button"
          data-stop
          className={classes.slot}
          style={rows({ startsAt: stop.at, endsAt: stop.at + slotMs })}
          onFocus={() => {
            onStop(stop)
          }}
          onClick={() => {
            onBookAt(column, stop.at)
          }}
        >
          {t('bookAt', { time: formatTime(stop.at, { zone }) })}
        </button>
      )}
      {drafted && (
        <div aria-hidden className={classes.draft} style={rows(drafted)}>
          {formatTime(drafted.startsAt, { zone })}
        </div>
      )}
      {sideBySide(visits).map(({ visit, lane, lanes }) => (
        <VisitBlock
          key={visit.id}
          visit={visit}
          zone={zone}
          style={{
            ...rows(visit),
            marginInlineStart: `${(lane / lanes) * 100}%`,
            width: `calc(${100 / lanes}% - 3px)`,
          }}
          tabStop={stop?.visit === visit.id}
          chosen={visit.id === chosenId}
          over={visit.endsAt <= now}
          dragged={drag.visit?.id === visit.id}
          onFocus={() => {
            onStop({ column: column.key, at: visit.startsAt, visit: visit.id })
          }}
          onOpen={(byKey) => {
            if (byKey || !drag.hasMoved()) onOpen(visit)
          }}
          onGrab={(event) => {
            drag.grab(event, visit)
          }}
        />
      ))}
      {dropped && (
        <div
          aria-hidden
          className={classes.dropped}
          data-free={dropped.free || undefined}
          style={rows(dropped.interval)}
        >
          {formatTime(dropped.interval.startsAt, { zone })}
        </div>
      )}
      {today && (
        <div aria-hidden className={classes.nowLine} style={nowPlace(rowOf(now, window, zone), hours.from)} />
      )}
    </div>
  )
}

/** The row of the present minute, and how far into it. */
export function nowPlace(minute: number, from: number): CSSProperties {
  const rows = (minute - from) / cellMinutes
  const share = rows - Math.floor(rows)
  return { gridRow: Math.floor(rows) + 1, marginTop: `calc(var(--cell) * ${share})` }
}
