import { Button } from '@mantine/core'
import { IconArrowRight, IconDoorEnter } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { readJoinLink, type VisitCard } from '#shared/consult.ts'
import type { ConsultId } from '#shared/ids.ts'
import { minuteMs } from '#shared/time.ts'
import { call } from '../../platform/api.ts'
import { formatLength, formatTime } from '../../platform/time.ts'
import {
  CopyButton,
  ErrorNotice,
  KeyHint,
  notify,
  PersonAvatar,
  SavingButton,
  StatusWord,
  TimeText,
} from '../../ui/index.ts'
import { admit } from '../call-keeper.ts'
import { deviceProblems } from './device-words.ts'
import classes from './clinic.module.css'

interface CardProps {
  visit: VisitCard
  now: number
}

/** Lets the patient in. The page of the visit opens at once; should it fail, that page says so and offers it again. */
export function useAdmit() {
  const navigate = useNavigate()
  return useMutation({
    mutationFn: async (consultId: ConsultId) => {
      const admission = admit(consultId)
      await Promise.all([admission, navigate(`/consults/${consultId}`)])
    },
    onError: (error) => {
      notify.problem(error)
    },
  })
}

/** Somebody in the waiting room: how long, why, with what device, and the door. */
export function WaitingCard({ visit, now, first }: CardProps & { first: boolean }) {
  const { t } = useTranslation('clinic')
  const admit = useAdmit()
  const { consultId, deviceCheck } = visit
  const problems = deviceCheck ? deviceProblems(deviceCheck, t) : []
  return (
    <article className={classes.waiting} data-first={first || undefined} aria-label={visit.patientName}>
      <div className={classes.person}>
        <PersonAvatar name={visit.patientName} size={48} />
        <div className={classes.words}>
          <h3 className={classes.name}>{visit.patientName}</h3>
          <p className={classes.reason}>{visit.reason}</p>
        </div>
        {visit.waitingSince !== null && (
          <p className={classes.clock}>
            {now - visit.waitingSince < minuteMs
              ? t('waitsNow')
              : t('waitsSince', { length: formatLength(now - visit.waitingSince) })}
          </p>
        )}
      </div>
      <ul className={classes.facts}>
        <li>
          <StatusWord tone="neutral">{t('planned', { time: formatTime(visit.startsAt) })}</StatusWord>
        </li>
        {!visit.patientOnline && (
          <li>
            <StatusWord tone="caution">{t('offline')}</StatusWord>
          </li>
        )}
        {deviceCheck && problems.length === 0 && (
          <li>
            <StatusWord tone="good">{t('device.good')}</StatusWord>
          </li>
        )}
        {problems.map((problem) => (
          <li key={problem}>
            <StatusWord tone="caution">{problem}</StatusWord>
          </li>
        ))}
      </ul>
      <ErrorNotice error={admit.error} />
      {consultId && (
        <div>
          <SavingButton
            size="lg"
            variant={first ? 'filled' : 'default'}
            saving={admit.isPending}
            leftSection={<IconDoorEnter size={22} stroke={1.75} aria-hidden />}
            rightSection={first && <KeyHint keys="a" />}
            onClick={() => {
              admit.mutate(consultId)
            }}
          >
            {t('admit', { name: visit.patientName })}
          </SavingButton>
        </div>
      )}
    </article>
  )
}

/** A visit that is going on: the way back into it. */
export function LiveCard({ visit, now }: CardProps) {
  const { t } = useTranslation('clinic')
  return (
    <article className={classes.live} aria-label={visit.patientName}>
      <div className={classes.person}>
        <PersonAvatar name={visit.patientName} size={48} />
        <div className={classes.words}>
          <h3 className={classes.name}>{visit.patientName}</h3>
          <p className={classes.reason}>{visit.reason}</p>
        </div>
        <StatusWord tone={visit.patientOnline ? 'good' : 'caution'}>
          {visit.patientOnline ? t('online') : t('offline')}
        </StatusWord>
      </div>
      <div className={classes.actions}>
        <Button
          component={Link}
          to={`/consults/${visit.consultId ?? ''}`}
          rightSection={<IconArrowRight size={20} stroke={1.75} aria-hidden />}
        >
          {t('return')}
        </Button>
        {now > visit.endsAt && (
          <StatusWord tone="caution">{t('late', { length: formatLength(now - visit.endsAt) })}</StatusWord>
        )}
      </div>
    </article>
  )
}

/** A visit to come: time, patient, reason, whether they are on their way, and the link to send again. */
export function LaterRow({ visit, now }: CardProps) {
  const { t } = useTranslation('clinic')
  const overdue = now > visit.startsAt
  return (
    <li className={classes.row}>
      <span className={classes.time}>
        <TimeText at={visit.startsAt} as="time" />
      </span>
      <span className={classes.words}>
        <span className={classes.strong}>{visit.patientName}</span>
        <span className={classes.reason}>{visit.reason}</span>
      </span>
      <StatusWord tone={visit.state === 'preparing' ? 'info' : overdue ? 'caution' : 'neutral'}>
        {visit.state === 'preparing' ? t('preparing') : t('notThere')}
      </StatusWord>
      <CopyButton
        size="sm"
        variant="subtle"
        label={t('copyLink')}
        value={async () => (await call(readJoinLink, { params: { appointmentId: visit.appointmentId } })).url}
      />
    </li>
  )
}

/** A visit that is over, or will not be. */
export function DoneRow({ visit }: { visit: VisitCard }) {
  const { t } = useTranslation('clinic')
  const over = visit.state === 'ended'
  return (
    <li className={classes.row}>
      <span className={classes.time}>
        <TimeText at={visit.startsAt} as="time" />
      </span>
      <span className={classes.words}>
        <span className={classes.strong}>{visit.patientName}</span>
        <span className={classes.reason}>{visit.reason}</span>
      </span>
      <StatusWord tone={over ? 'good' : visit.state === 'noshow' ? 'caution' : 'neutral'}>
        {over ? t('ended') : visit.state === 'noshow' ? t('noshow') : t('cancelled')}
      </StatusWord>
      {over && visit.consultId && (
        <Button component={Link} to={`/consults/${visit.consultId}`} size="sm" variant="subtle">
          {t('open')}
        </Button>
      )}
    </li>
  )
}
