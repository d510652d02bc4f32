import type { Clock } from '#server/platform/clock.ts'

/** The real time of day, moved as far as the test says. Timers are not moved. */
export class TestClock implements Clock {
  #aheadMs = 0

  // An own property, because needs are passed on as plain functions.
  readonly now = (): number => Date.now() + this.#aheadMs

  advance(ms: number): void {
    this.#aheadMs += ms
  }
}
