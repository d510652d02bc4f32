import { useTranslation } from 'react-i18next'
import type { Instant } from '#shared/time.ts'
import { formatDay } from '../platform/time.ts'
import { PersonAvatar } from '../ui/index.ts'
import classes from './calendar.module.css'
import type { Column } from './columns.ts'

interface ColumnHeadProps {
  column: Column
  zone: string
  view: 'day' | 'week'
  now: Instant
}

/** Over a column: whose day it is, or which day, and how full. */
export function ColumnHead({ column, zone, view, now }: ColumnHeadProps) {
  const { t } = useTranslation('scheduling')
  const { practitioner, window, open, visits } = column
  const today = window.startsAt <= now && now < window.endsAt
  const fullness =
    open.length === 0 && visits.length === 0 ? t('closed') : t('count', { count: visits.length })
  return (
    <div className={classes.head} data-today={(view === 'week' && today) || undefined}>
      {view === 'day' && <PersonAvatar name={practitioner.displayName} size={36} />}
      <div className={classes.headWords}>
        <h2 className={classes.headName}>
          {view === 'day' ? practitioner.displayName : formatDay(window.startsAt, { zone })}
        </h2>
        <p className={classes.headFacts}>
          {view === 'day' && practitioner.specialty !== ''
            ? `${fullness} · ${practitioner.specialty}`
            : fullness}
        </p>
      </div>
    </div>
  )
}
