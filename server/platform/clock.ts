import type { Instant } from '#shared/time.ts'

/** The only source of the time of day. Tests pass one that stands where they put it. */
export type Clock = {
  /** UTC epoch milliseconds. */
  now(): Instant
}

export const systemClock: Clock = { now: () => Date.now() }
