import { Button } from '@mantine/core'
import type { Instant } from '#shared/time.ts'
import { formatDayTime } from '../platform/time.ts'
import classes from './panel.module.css'

interface NextFreeProps {
  title: string
  times: readonly Instant[]
  zone: string
  onChoose: (at: Instant) => void
}

/** Free times to take with one press. */
export function NextFree({ title, times, zone, onChoose }: NextFreeProps) {
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
            onClick={() => {
              onChoose(at)
            }}
          >
            {formatDayTime(at, { zone })}
          </Button>
        ))}
      </div>
    </div>
  )
}
