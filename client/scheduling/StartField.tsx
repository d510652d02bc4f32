import { NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { PractitionerId } from '#shared/ids.ts'
import { findSlots } from '#shared/scheduling.ts'
import { dayMs, minuteMs, type CalendarDate, type Instant } from '#shared/time.ts'
import { read } from '../platform/query.ts'
import { deviceZone, formatLength, formatTime, now } from '../platform/time.ts'
import { DateField, ErrorNotice } from '../ui/index.ts'
import { NextFree } from './NextFree.tsx'
import classes from './panel.module.css'
import { addDays, dayOf, offsetAt, startOfDay } from './zone.ts'

interface StartFieldProps {
  practitionerId: PractitionerId | null
  zone: string
  day: CalendarDate
  startsAt: Instant | null
  minutes: number
  /** Starts off the list that the calendar knows to be free, such as the place that was pointed at. */
  alsoFree: readonly Instant[]
  error: string | undefined
  onDay: (day: CalendarDate) => void
  onStart: (startsAt: Instant | null) => void
}

const searchDays = 28

/** A day and its free times; taken times are not there to be chosen. */
export function StartField(props: StartFieldProps) {
  const { practitionerId, zone, day, startsAt, minutes, alsoFree, error, onDay, onStart } = props
  const { t } = useTranslation('scheduling')
  const from = startOfDay(day, zone)
  const to = startOfDay(addDays(day, 1), zone)
  const slots = useFreeTimes(practitionerId, minutes, from, to)
  const known = slots.data?.slots
  const offered = known && [...new Set([...known, ...alsoFree])].sort((a, b) => a - b)
  const none = offered?.length === 0
  const later = useFreeTimes(none ? practitionerId : null, minutes, to, to + searchDays * dayMs)
  const chosen = startsAt !== null && (offered?.includes(startsAt) ?? true) ? startsAt : null
  const notFree = startsAt !== null && chosen === null
  const elsewhere =
    chosen !== null && offsetAt(chosen, zone) !== offsetAt(chosen, deviceZone())
      ? t('booking.deviceTime', { time: formatTime(chosen) })
      : undefined
  return (
    <>
      <div className={classes.pair}>
        <DateField
          label={t('booking.day')}
          value={day}
          min={dayOf(now(), zone)}
          onChange={(event) => {
            if (event.currentTarget.value !== '') onDay(event.currentTarget.value)
          }}
        />
        <NativeSelect
          name="startsAt"
          label={t('booking.start')}
          value={chosen === null ? '' : String(chosen)}
          disabled={practitionerId === null || none === true}
          error={
            practitionerId === null
              ? undefined
              : notFree
                ? t('booking.notFree', {
                    time: formatTime(startsAt, { zone }),
                    length: formatLength(minutes * minuteMs),
                  })
                : error
          }
          onChange={(event) => {
            const { value } = event.currentTarget
            onStart(value === '' ? null : Number(value))
          }}
        >
          <option value="">
            {practitionerId === null
              ? t('booking.doctorFirst')
              : none
                ? t('booking.noTimes')
                : t('booking.chooseStart')}
          </option>
          {(offered ?? (chosen === null ? [] : [chosen])).map((at) => (
            <option key={at} value={at}>
              {formatTime(at, { zone })}
            </option>
          ))}
        </NativeSelect>
      </div>
      {elsewhere && <p className={classes.aside}>{elsewhere}</p>}
      <ErrorNotice error={slots.error} />
      {none && later.data && (
        <NextFree
          title={later.data.slots.length > 0 ? t('booking.nextFree') : t('booking.noneSoon')}
          day={from}
          times={later.data.slots.slice(0, 4)}
          zone={zone}
          onChoose={onStart}
        />
      )}
    </>
  )
}

function useFreeTimes(practitionerId: PractitionerId | null, minutes: number, from: Instant, to: Instant) {
  return useQuery({
    ...read(findSlots, {
      query: { practitionerId: practitionerId ?? '', from, to, minutes },
    }),
    enabled: practitionerId !== null,
    staleTime: 0,
  })
}
