import { Anchor, Button } from '@mantine/core'
import { IconArrowRight, IconCalendarPlus, IconCalendarX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { searchPatients } from '#shared/records.ts'
import type { Appointment } from '#shared/scheduling.ts'
import type { Instant } from '#shared/time.ts'
import { read } from '../platform/query.ts'
import { deviceZone, formatDayTime, formatLength, formatTime } from '../platform/time.ts'
import { DateText, Notice, StatusWord, TimeText } from '../ui/index.ts'
import { CancelDialog } from './CancelDialog.tsx'
import { ChangeTime } from './ChangeTime.tsx'
import { JoinLink } from './JoinLink.tsx'
import { statusLooks } from './status.ts'
import classes from './panel.module.css'
import { offsetAt } from './zone.ts'

interface VisitPanelProps {
  visit: Appointment
  zone: string
  /** What has just been done to it, to be confirmed in words. */
  news: 'booked' | 'moved' | null
  /** The time to which it was dragged. */
  moveTo: Instant | null
  alsoFree: (minutes: number) => readonly Instant[]
  onChanged: (visit: Appointment, news: 'moved' | null) => void
  onAnother: () => void
}

/** One booked visit: who, when, why, how it stands, and what can be done with it. */
export function VisitPanel(props: VisitPanelProps) {
  const { visit, zone, news, moveTo, alsoFree, onChanged, onAnother } = props
  const { t } = useTranslation('scheduling')
  const [changing, setChanging] = useState(moveTo !== null)
  const [cancelling, setCancelling] = useState(false)
  const look = statusLooks[visit.status]
  const time = formatDayTime(visit.startsAt, { zone })
  const joinable = visit.status === 'booked' || visit.status === 'arrived' || visit.status === 'checked-in'
  const cancellable = visit.status === 'booked' || visit.status === 'arrived'
  return (
    <div className={classes.visit}>
      {news === 'booked' && (
        <Notice tone="good" title={t('booking.booked', { time })}>
          {t('booking.bookedNext')}
        </Notice>
      )}
      {news === 'moved' && (
        <Notice tone="good" title={t('visit.changed', { time })}>
          {t('visit.changedText')}
        </Notice>
      )}
      <div>
        <h3 className={classes.name}>{visit.patient.displayName}</h3>
        <StatusWord tone={look.tone} icon={look.icon}>
          {t(`status.${visit.status}`)}
        </StatusWord>
      </div>
      <VisitFacts visit={visit} zone={zone} />
      {joinable && <JoinLink visit={visit} primary={news === 'booked'} />}
      {visit.status === 'cancelled' && <Notice tone="info">{t('visit.cancelled')}</Notice>}
      {visit.status === 'checked-in' && <p className={classes.aside}>{t('visit.began')}</p>}
      {visit.status === 'booked' &&
        (changing ? (
          <ChangeTime
            visit={visit}
            zone={zone}
            startsAt={moveTo}
            alsoFree={alsoFree}
            onDone={(moved) => {
              setChanging(false)
              onChanged(moved, 'moved')
            }}
            onReloaded={(present) => {
              setChanging(false)
              onChanged(present, null)
            }}
            onKeep={() => {
              setChanging(false)
            }}
          />
        ) : (
          <Button
            variant="default"
            leftSection={<IconArrowRight size={18} stroke={1.75} aria-hidden />}
            onClick={() => {
              setChanging(true)
            }}
          >
            {t('visit.change')}
          </Button>
        ))}
      {cancellable && (
        <Button
          variant="subtle"
          color="danger"
          leftSection={<IconCalendarX size={18} stroke={1.75} aria-hidden />}
          onClick={() => {
            setCancelling(true)
          }}
        >
          {t('visit.cancel')}
        </Button>
      )}
      {news === 'booked' && (
        <Button
          variant="subtle"
          leftSection={<IconCalendarPlus size={18} stroke={1.75} aria-hidden />}
          onClick={onAnother}
        >
          {t('booking.another')}
        </Button>
      )}
      <CancelDialog
        opened={cancelling}
        visit={visit}
        zone={zone}
        onClose={() => {
          setCancelling(false)
        }}
        onDone={(present) => {
          setCancelling(false)
          onChanged(present, null)
        }}
      />
    </div>
  )
}

function VisitFacts({ visit, zone }: { visit: Appointment; zone: string }) {
  const { t } = useTranslation('scheduling')
  // The calendar holds no addresses; the patient's own entry does.
  const found = useQuery(read(searchPatients, { body: { query: visit.patient.displayName } }))
  const patient = found.data?.patients.find(({ id }) => id === visit.patient.id)
  const elsewhere = offsetAt(visit.startsAt, zone) !== offsetAt(visit.startsAt, deviceZone())
  return (
    <dl className={classes.facts}>
      <dt>{t('visit.time')}</dt>
      <dd>
        <TimeText at={visit.startsAt} as="dayTime" zone={zone} />–{formatTime(visit.endsAt, { zone })}
        <span className={classes.dimLine}>{formatLength(visit.endsAt - visit.startsAt)}</span>
        {elsewhere && (
          <span className={classes.dimLine}>
            {t('booking.deviceTime', { time: formatDayTime(visit.startsAt) })}
          </span>
        )}
      </dd>
      <dt>{t('visit.doctor')}</dt>
      <dd>{visit.practitioner.displayName}</dd>
      <dt>{t('visit.reason')}</dt>
      <dd>{visit.reason}</dd>
      {patient && (
        <>
          <dt>{t('visit.phone')}</dt>
          <dd>
            {patient.phone === null ? (
              <span className={classes.dim}>{t('visit.noPhone')}</span>
            ) : (
              <Anchor href={`tel:${patient.phone.replaceAll(/[^\d+]/g, '')}`} inherit>
                {patient.phone}
              </Anchor>
            )}
          </dd>
          {patient.email !== null && (
            <>
              <dt>{t('visit.email')}</dt>
              <dd>{patient.email}</dd>
            </>
          )}
          <dt>{t('visit.birthDate')}</dt>
          <dd>
            <DateText day={patient.birthDate} />
          </dd>
          <dt>{t('visit.number')}</dt>
          <dd className="figures">{patient.identifier}</dd>
        </>
      )}
    </dl>
  )
}
