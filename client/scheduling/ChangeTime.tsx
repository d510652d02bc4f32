import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState, type SubmitEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { rescheduleAppointment, type Appointment } from '#shared/scheduling.ts'
import { minuteMs, type Instant } from '#shared/time.ts'
import { call } from '../platform/api.ts'
import { formatTime } from '../platform/time.ts'
import { ErrorNotice, SavingButton } from '../ui/index.ts'
import { LengthField } from './BookingPanel.tsx'
import { isAboutTime, Refusal } from './Refusal.tsx'
import { Stale, useStale } from './Stale.tsx'
import { StartField } from './StartField.tsx'
import classes from './panel.module.css'
import { useRenewCalendar } from './useSchedule.ts'
import { dayOf, startOfDay } from './zone.ts'

interface ChangeTimeProps {
  visit: Appointment
  zone: string
  /** Where it was dragged to; null to begin with an open choice. */
  startsAt: Instant | null
  /** Starts for this length that are free once the visit gives up its own time. */
  alsoFree: (minutes: number) => readonly Instant[]
  onDone: (visit: Appointment) => void
  onReloaded: (visit: Appointment) => void
  onKeep: () => void
}

/** Moves a visit to another free time of the same doctor: the equal of dragging it. */
export function ChangeTime({ visit, zone, alsoFree, onDone, onReloaded, onKeep, ...props }: ChangeTimeProps) {
  const { t } = useTranslation('scheduling')
  const renew = useRenewCalendar()
  const [startsAt, setStartsAt] = useState(props.startsAt)
  const [day, setDay] = useState(() => dayOf(props.startsAt ?? visit.startsAt, zone))
  const [minutes, setMinutes] = useState((visit.endsAt - visit.startsAt) / minuteMs)
  const [missing, setMissing] = useState(false)
  const move = useMutation({
    mutationFn: (to: Instant) =>
      call(rescheduleAppointment, {
        params: { appointmentId: visit.id },
        body: { version: visit.version, startsAt: to, minutes },
      }),
    onSuccess: onDone,
    onSettled: renew,
  })
  const stale = useStale(visit.id, move.error, onReloaded)
  const choose = (at: Instant | null) => {
    setStartsAt(at)
    if (at !== null) setDay(dayOf(at, zone))
    setMissing(false)
    if (move.isError) move.reset()
  }

  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault()
    setMissing(startsAt === null)
    if (startsAt === null) event.currentTarget.querySelector<HTMLElement>('[name=startsAt]')?.focus()
    else move.mutate(startsAt)
  }

  return (
    <form className={classes.change} onSubmit={submit} noValidate aria-label={t('visit.change')}>
      <StartField
        practitionerId={visit.practitioner.id}
        zone={zone}
        day={day}
        startsAt={startsAt}
        minutes={minutes}
        alsoFree={alsoFree(minutes)}
        error={missing ? t('booking.startMissing') : undefined}
        onDay={(chosen) => {
          choose(null)
          setDay(chosen)
        }}
        onStart={choose}
      />
      <Refusal error={move.error} day={startOfDay(day, zone)} zone={zone} onChoose={choose} />
      <LengthField minutes={minutes} onChange={setMinutes} />
      {stale ? <Stale {...stale} /> : !isAboutTime(move.error) && <ErrorNotice error={move.error} />}
      <div className={classes.actions}>
        <Button variant="default" onClick={onKeep} disabled={move.isPending}>
          {t('visit.changeKeep', { time: formatTime(visit.startsAt, { zone }) })}
        </Button>
        <SavingButton type="submit" saving={move.isPending}>
          {t('visit.changeSubmit')}
        </SavingButton>
      </div>
    </form>
  )
}
