import { Skeleton } from '@mantine/core'
import classes from './skeleton.module.css'

/** Heights of the blocks to come, in quarter hours; a negative one is a gap. */
const shape = [
  [-1, 2, -1, 1, 2, -3, 3, -2, 2],
  [2, 1, -3, 2, -2, 1, 2, -1, 2],
  [-2, 3, -1, 2, -1, 1, -2, 2, 1],
] as const

/** The calendar before it is there: heads of columns and blocks under them. */
export function CalendarSkeleton() {
  return (
    <div className={classes.calendar} aria-hidden>
      {shape.map((blocks, column) => (
        <div key={column} className={classes.column}>
          <Skeleton height={20} width="55%" radius="sm" mb={28} />
          {blocks.map((quarters, block) =>
            quarters < 0 ? (
              <div key={block} className={classes.gap} data-quarters={-quarters} />
            ) : (
              <Skeleton key={block} height={quarters * 24 - 3} mb={3} radius="xs" />
            ),
          )}
        </div>
      ))}
    </div>
  )
}
