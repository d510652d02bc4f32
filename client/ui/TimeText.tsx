import {
  formatCalendarDate,
  formatDate,
  formatDay,
  formatDayTime,
  formatExact,
  formatRelative,
  formatTime,
  useNow,
} from '../platform/time.ts'

interface TimeTextProps {
  /** Epoch milliseconds. */
  at: number
  as: 'time' | 'day' | 'dayTime' | 'date' | 'relative'
  /** IANA zone; this device's when left out. */
  zone?: string | undefined
}

const formats = { time: formatTime, day: formatDay, dayTime: formatDayTime, date: formatDate } as const

/** A time as people say it, with the exact value on hover. */
export function TimeText({ at, as, zone }: TimeTextProps) {
  if (as === 'relative') return <RelativeTime at={at} zone={zone} />
  return (
    <time dateTime={new Date(at).toISOString()} title={formatExact(at, { zone })}>
      {formats[as](at, { zone })}
    </time>
  )
}

/** A calendar day without a zone, such as a date of birth, given as YYYY-MM-DD. */
export function DateText({ day }: { day: string }) {
  return <time dateTime={day}>{formatCalendarDate(day)}</time>
}

function RelativeTime({ at, zone }: { at: number; zone: string | undefined }) {
  const now = useNow()
  return (
    <time dateTime={new Date(at).toISOString()} title={formatExact(at, { zone })}>
      {formatRelative(at, now)}
    </time>
  )
}
