import { Temporal } from 'temporal-polyfill'
import type { PractitionerId } from '#shared/ids.ts'
import { cellMs } from '#shared/scheduling.ts'
import type { Instant } from '#shared/time.ts'
import { cellsOf } from '../scheduling/slots.ts'

/** The demo's doctors work six days a week. */
export const workingDays = [1, 2, 3, 4, 5, 6]
export const morning = { startMinute: 8 * 60, endMinute: 12 * 60 + 30 }
export const afternoon = { startMinute: 13 * 60 + 30, endMinute: 18 * 60 }
export const visitMinutes = 30

/** Which times are taken while the demo is being written, so that its own visits cannot clash either. */
export class Diary {
  readonly zone: string
  readonly #taken = new Map<PractitionerId, Set<Instant>>()

  constructor(zone: string) {
    this.zone = zone
  }

  /** The date so many days after the one at `now`, read on the clinic's wall. */
  dateAfter(now: Instant, days: number): Temporal.PlainDate {
    return this.wall(now).toPlainDate().add({ days })
  }

  wall(at: Instant): Temporal.ZonedDateTime {
    return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(this.zone)
  }

  /** A wall-clock minute of that day as an instant, on the five-minute grid of instants. */
  at(date: Temporal.PlainDate, minute: number): Instant {
    const { epochMilliseconds } = date.toPlainDateTime().add({ minutes: minute }).toZonedDateTime(this.zone)
    return Math.floor(epochMilliseconds / cellMs) * cellMs
  }

  /** Marks the time as taken; false when it was already, and then nothing is marked. */
  take(doctor: PractitionerId, startsAt: Instant): boolean {
    const taken = this.#taken.get(doctor) ?? new Set()
    const cells = cellsOf(startsAt, visitMinutes)
    if (cells.some((cell) => taken.has(cell))) return false
    this.#taken.set(doctor, new Set([...taken, ...cells]))
    return true
  }

  block(doctor: PractitionerId, cells: Iterable<Instant>): void {
    this.#taken.set(doctor, new Set([...(this.#taken.get(doctor) ?? []), ...cells]))
  }

  /** The first free half hour on or after that working day, looking on from half hour number `from`. */
  firstFree(doctor: PractitionerId, wanted: Temporal.PlainDate, from: number): Instant {
    const halfHours = [morning, afternoon].flatMap(({ startMinute, endMinute }) =>
      Array.from({ length: (endMinute - startMinute) / 30 }, (_, n) => startMinute + n * 30),
    )
    for (let date = wanted; ; date = date.add({ days: 1 })) {
      if (!workingDays.includes(date.dayOfWeek)) continue
      for (let n = 0; n < halfHours.length; n++) {
        const startsAt = this.at(date, halfHours[(from + n) % halfHours.length] ?? morning.startMinute)
        if (this.take(doctor, startsAt)) return startsAt
      }
    }
  }
}
