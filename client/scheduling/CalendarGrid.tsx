import { useEffect, useMemo, useRef, useState, type CSSProperties, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Appointment } from '#shared/scheduling.ts'
import { cellMs } from '#shared/scheduling.ts'
import { minuteMs, type Instant } from '#shared/time.ts'
import { deviceZone, formatDay, formatTime, useNow } from '../platform/time.ts'
import classes from './calendar.module.css'
import { ColumnHead } from './ColumnHead.tsx'
import { rowOf, shownHours, type Column } from './columns.ts'
import { nextStop, stopsOf, type Stop } from './cursor.ts'
import { DayColumn, nowPlace } from './DayColumn.tsx'
import { useDrag } from './use-drag.ts'
import { instantAt, offsetAt } from './zone.ts'

interface CalendarGridProps {
  columns: readonly Column[]
  zone: string
  view: 'day' | 'week'
  /** The visit in the panel. */
  chosenId: string | null
  /** The booking that is being put together in the panel. */
  draft: { practitionerId: string | null; startsAt: Instant | null; minutes: number } | null
  onOpen: (visit: Appointment) => void
  onBookAt: (column: Column, startsAt: Instant) => void
  onDropped: (visit: Appointment, startsAt: Instant) => void
}

const cellMinutes = cellMs / minuteMs
const nowRefreshMs = 30_000

/** The calendar itself: columns over hours. One stop for Tab; the arrow keys walk over visits and free times. */
export function CalendarGrid(props: CalendarGridProps) {
  const { columns, zone, view, chosenId, draft, onOpen, onBookAt, onDropped } = props
  const { t } = useTranslation('scheduling')
  const now = useNow(nowRefreshMs)
  const hours = shownHours(columns, zone)
  const scroller = useRef<HTMLDivElement>(null)
  const [cursor, setCursor] = useState<Stop | null>(null)
  const walked = useRef(false)
  // Free times pass with the clock, but not so fast that each tick must count them anew.
  const quarter = Math.floor(now / (3 * cellMs)) * 3 * cellMs
  const walk = useMemo(
    () => columns.map((column) => ({ column, stops: stopsOf(column, quarter) })),
    [columns, quarter],
  )
  const known = cursor && walk.some(({ stops }) => stops.some((stop) => isSame(stop, cursor)))
  const stop = known ? cursor : firstStop(walk, now)
  const drag = useDrag({ columns, zone, hours, now, onDropped })

  useEffect(() => {
    if (!walked.current) return
    walked.current = false
    const target = scroller.current?.querySelector<HTMLElement>('[data-stop]')
    target?.focus({ preventScroll: true })
    target?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [cursor])

  const days = columns.map(({ day }) => day).join()
  useEffect(() => {
    const first = scroller.current?.querySelector('[data-now], [data-open]')
    first?.scrollIntoView({ block: first.matches('[data-now]') ? 'center' : 'start' })
    // Once for each day or week that is opened, not while somebody reads it.
  }, [days])

  function onKeyDown(event: KeyboardEvent) {
    if (!stop || event.altKey || event.ctrlKey || event.metaKey) return
    const next = nextStop(walk, stop, event.key)
    if (!next) return
    event.preventDefault()
    walked.current = true
    setCursor(next)
  }

  const rows = (hours.to - hours.from) / cellMinutes
  const size = { '--columns': columns.length, '--rows': rows } as CSSProperties
  const elsewhere = offsetAt(now, zone) !== offsetAt(now, deviceZone())
  const marks = Array.from(
    { length: (hours.to - hours.from) / 60 - 1 },
    (_, index) => hours.from + 60 * (index + 1),
  )
  const [anyColumn] = columns
  return (
    <div
      ref={scroller}
      className={classes.scroller}
      style={size}
      data-view={view}
      data-dragging={drag.active || undefined}
    >
      <div className={classes.heads}>
        <div className={classes.corner}>
          {elsewhere && (
            <span title={t('zone', { zone })} className={classes.zone}>
              {zoneWord(now, zone)}
            </span>
          )}
        </div>
        {columns.map((column) => (
          <ColumnHead key={column.key} column={column} zone={zone} view={view} now={now} />
        ))}
      </div>
      <div
        className={classes.body}
        role="group"
        aria-label={t('calendar')}
        tabIndex={stop ? undefined : 0}
        onKeyDown={onKeyDown}
      >
        <div className={classes.hours} aria-hidden>
          {anyColumn &&
            marks.map((minute) => (
              <span
                key={minute}
                className={classes.hour}
                style={{ gridRow: (minute - hours.from) / cellMinutes + 1 }}
              >
                {formatTime(instantAt(anyColumn.day, minute, zone), { zone })}
              </span>
            ))}
          {columns.map(
            ({ key, window, day }) =>
              window.startsAt <= now &&
              now < window.endsAt &&
              (view === 'week' || key === anyColumn?.key) && (
                <span
                  key={day}
                  data-now
                  className={classes.nowTime}
                  style={nowPlace(rowOf(now, window, zone), hours.from)}
                >
                  {formatTime(now, { zone })}
                </span>
              ),
          )}
        </div>
        {columns.map((column) => (
          <DayColumn
            key={column.key}
            column={column}
            zone={zone}
            hours={hours}
            now={now}
            stop={stop?.column === column.key ? stop : null}
            chosenId={chosenId}
            draft={draft && draft.practitionerId === column.practitioner.id ? draft : null}
            drag={drag}
            label={t('column.visits', {
              count: column.visits.length,
              name: column.practitioner.displayName,
              day: formatDay(column.window.startsAt, { zone }),
            })}
            onStop={setCursor}
            onOpen={onOpen}
            onBookAt={onBookAt}
          />
        ))}
      </div>
    </div>
  )
}

function isSame(a: Stop, b: Stop): boolean {
  return a.column === b.column && a.at === b.at && a.visit === b.visit
}

/** Where Tab enters the calendar: the next thing that comes, else the first there is. */
function firstStop(walk: readonly { stops: readonly Stop[] }[], now: Instant): Stop | null {
  const all = walk.flatMap(({ stops }) => stops)
  return all.find(({ at }) => at >= now) ?? all[0] ?? null
}

/** GMT+8 */
function zoneWord(at: Instant, zone: string): string {
  const parts = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'shortOffset' }).formatToParts(
    at,
  )
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? zone
}
