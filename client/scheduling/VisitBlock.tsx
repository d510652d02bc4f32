import type { CSSProperties, PointerEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Appointment } from '#shared/scheduling.ts'
import { formatExact, formatTime } from '../platform/time.ts'
import classes from './calendar.module.css'
import { statusLooks } from './status.ts'

interface VisitBlockProps {
  visit: Appointment
  zone: string
  style: CSSProperties
  tabStop: boolean
  chosen: boolean
  over: boolean
  dragged: boolean
  onFocus: () => void
  onOpen: (byKey: boolean) => void
  onGrab: (event: PointerEvent<HTMLButtonElement>) => void
}

/** A visit in the calendar: time, patient, how it stands. */
export function VisitBlock(props: VisitBlockProps) {
  const { visit, zone, style, tabStop, chosen, over, dragged, onFocus, onOpen, onGrab } = props
  const { t } = useTranslation('scheduling')
  const { tone, icon: StatusIcon } = statusLooks[visit.status]
  return (
    <button
      type="button"
      data-visit={visit.id}
      data-tone={tone}
      data-over={over || undefined}
      data-dragged={dragged || undefined}
      {...(tabStop ? { 'data-stop': '' } : {})}
      aria-current={chosen ? 'true' : undefined}
      tabIndex={tabStop ? 0 : -1}
      className={classes.visit}
      style={style}
      title={formatExact(visit.startsAt, { zone })}
      onFocus={onFocus}
      onClick={(event) => {
        onOpen(event.detail === 0)
      }}
      onPointerDown={onGrab}
    >
      <span className={classes.visitLine}>
        <span className={classes.visitTime}>{formatTime(visit.startsAt, { zone })}</span>{' '}
        <span className={classes.visitName}>{visit.patient.displayName}</span>{' '}
        <span className={classes.visitStatus}>
          <StatusIcon size={14} stroke={1.75} aria-hidden />
          <span className={classes.visitStatusWord}>{t(`status.${visit.status}`)}</span>
        </span>
      </span>{' '}
      <span className={classes.visitReason}>{visit.reason}</span>
    </button>
  )
}
