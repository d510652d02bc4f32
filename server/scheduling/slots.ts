import { cellMs } from '#shared/scheduling.ts'
import { minuteMs } from '#shared/time.ts'
import type { Instant, Interval } from '#shared/time.ts'

export type SlotSearch = {
  open: readonly Interval[]
  /** Starts of the five-minute cells that are booked. */
  busy: ReadonlySet<Instant>
  minutes: number
  notBefore: Instant
  limit: number
}

/**
 * Free starts, earliest first: each beginning of a free stretch, then the quarter hours in it (every five minutes for
 * visits shorter than a quarter of an hour). Any other start on the grid can be booked too; these are the offers.
 */
export function freeStarts({ open, busy, minutes, notBefore, limit }: SlotSearch): Instant[] {
  const step = minutes < 15 ? cellMs : 15 * minuteMs
  const starts: Instant[] = []
  for (const { startsAt, endsAt } of open) {
    let afterBusy = true
    for (let at = gridAfter(Math.max(startsAt, notBefore)); at + cellMs <= endsAt; at += cellMs) {
      if (busy.has(at)) {
        afterBusy = true
        continue
      }
      if (!afterBusy && at % step !== 0) continue
      afterBusy = false
      if (at + minutes * minuteMs <= endsAt && cellsOf(at, minutes).every((cell) => !busy.has(cell)))
        starts.push(at)
      if (starts.length === limit) return starts
    }
  }
  return starts
}

/** The starts of the five-minute cells that a visit fills, in order. */
export function cellsOf(startsAt: Instant, minutes: number): Instant[] {
  return Array.from({ length: (minutes * minuteMs) / cellMs }, (_, n) => startsAt + n * cellMs)
}

function gridAfter(at: Instant): Instant {
  return Math.ceil(at / cellMs) * cellMs
}
