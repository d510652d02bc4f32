import { IconPlus } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Appointment } from '#shared/scheduling.ts'
import type { Instant } from '#shared/time.ts'
import { formatLength, formatTime, useNow } from '../platform/time.ts'
import { StatusWord, TimeText } from '../ui/index.ts'
import { agendaOf } from './agenda.ts'
import classes from './agenda.module.css'
import type { Column } from './columns.ts'
import { statusLooks } from './status.ts'

interface AgendaProps {
  columns: readonly Column[]
  zone: string
  onOpen: (visit: Appointment) => void
  onBookAt: (column: Column, startsAt: Instant) => void
}

/** One doctor's day on a phone: a list to read and to press, instead of a grid. */
export function Agenda({ columns, zone, onOpen, onBookAt }: AgendaProps) {
  const { t } = useTranslation('scheduling')
  const now = useNow()
  const [column] = columns
  const list = useRef<HTMLUListElement>(null)
  const shown = column?.key
  useEffect(() => {
    const past = list.current?.querySelectorAll('[data-over]')
    // The last that is over stays in sight, so that it is plain that there is more above.
    past?.item(past.length - 1)?.scrollIntoView({ block: 'start' })
  }, [shown])
  if (!column) return null
  const items = agendaOf(column, now)
  if (items.length === 0) return <p className={classes.nothing}>{t('closed')}</p>
  return (
    <ul ref={list} className={classes.agenda}>
      {items.map((item) =>
        item.kind === 'visit' ? (
          <li key={item.visit.id}>
            <button
              type="button"
              className={classes.visit}
              data-over={item.visit.endsAt <= now || undefined}
              onClick={() => {
                onOpen(item.visit)
              }}
            >
              <span className={classes.times}>
                <TimeText at={item.visit.startsAt} as="time" zone={zone} />
                <span className={classes.length}>
                  {formatLength(item.visit.endsAt - item.visit.startsAt)}
                </span>
              </span>
              <span className={classes.words}>
                <span className={classes.name}>{item.visit.patient.displayName}</span>
                <span className={classes.reason}>{item.visit.reason}</span>
                <StatusWord
                  tone={statusLooks[item.visit.status].tone}
                  icon={statusLooks[item.visit.status].icon}
                >
                  {t(`status.${item.visit.status}`)}
                </StatusWord>
              </span>
            </button>
          </li>
        ) : (
          <li key={item.interval.startsAt}>
            <button
              type="button"
              className={classes.free}
              onClick={() => {
                onBookAt(column, item.interval.startsAt)
              }}
            >
              <span className={classes.times}>
                <TimeText at={item.interval.startsAt} as="time" zone={zone} />
              </span>
              <span className={classes.freeWords}>
                {t('agenda.free', {
                  until: formatTime(item.interval.endsAt, { zone }),
                  length: formatLength(item.interval.endsAt - item.interval.startsAt),
                })}
              </span>
              <IconPlus size={20} stroke={1.75} aria-hidden />
            </button>
          </li>
        ),
      )}
    </ul>
  )
}
