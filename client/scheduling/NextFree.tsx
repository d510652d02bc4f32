import { Button } from '@mantine/core'
import type { Instant } from '#shared/time.ts'
import { formatDayTime, formatTime, isSameDay } from '../platform/time.ts'
import classes from './panel.module.css'

interface NextFreeProps {
  title: string
  /** An instant of the day that is chosen: its times need no date. */
  day: Instant
  times: readonly Instant[]
  zone: string
  onChoose: (at: Instant) => void
}

/** Free times to take with one press. */
export function NextFree({ title, day, times, zone, onChoose }: NextFreeProps) {
  return (
    <div>
      <p className={classes.aside}>{title}</p>
      <div className={classes.times}>
        {times.map((at) => (
          <Button
            key={at}
            size="sm"
            variant="default"
            className="figures"
            aria-label={formatDayTime(at, { zone })}
            onClick={() => {
              onChoose(at)
            }}
          >
            {isSameDay(at, day, { zone }) ? formatTime(at, { zone }) : formatDayTime(at, { zone })}
          </Button>
        ))}
      </div>
    </div>
  )
}
