import { useTranslation } from 'react-i18next'
import type { Instant } from '#shared/time.ts'
import { ApiError } from '../platform/api.ts'
import { Notice } from '../ui/index.ts'
import { NextFree } from './NextFree.tsx'

interface RefusalProps {
  error: Error | null
  /** An instant of the day that is chosen. */
  day: Instant
  zone: string
  onChoose: (at: Instant) => void
}

/** True when the time was the reason of the refusal, and another one would do. */
export function isAboutTime(error: Error | null): error is ApiError {
  return error instanceof ApiError && (error.code === 'slot_taken' || error.code === 'outside_availability')
}

/** Why a time was refused, with the next free ones to take instead. Other errors are not its business. */
export function Refusal({ error, day, zone, onChoose }: RefusalProps) {
  const { t } = useTranslation('scheduling')
  if (!isAboutTime(error)) return null
  const nextFree = instants(error.params['nextFree'])
  const taken = error.code === 'slot_taken'
  const text = taken ? t('booking.takenText') : t('booking.outsideText')
  return (
    <Notice tone="caution" title={taken ? t('booking.taken') : t('booking.outside')}>
      <NextFree
        title={nextFree.length > 0 ? text : t('booking.noneSoon')}
        day={day}
        times={nextFree}
        zone={zone}
        onChoose={onChoose}
      />
    </Notice>
  )
}

function instants(value: unknown): Instant[] {
  return Array.isArray(value) ? value.filter((one): one is number => typeof one === 'number') : []
}
