import { z } from 'zod'

/** A point in time: UTC epoch milliseconds. Wall-clock readings are made from it with an IANA zone, at the edge. */
export const Instant = z.number().int().min(0).max(8_640_000_000_000_000)
export type Instant = z.infer<typeof Instant>

/** A calendar day without zone, as FHIR's `date`: YYYY-MM-DD. */
export const CalendarDate = z.iso.date()
export type CalendarDate = z.infer<typeof CalendarDate>

/** An IANA time zone name, such as Asia/Shanghai. */
export const ZoneName = z.string().min(1).max(64)

export const minuteMs = 60_000
export const hourMs = 60 * minuteMs
export const dayMs = 24 * hourMs

/** Half-open interval [startsAt, endsAt). */
export type Interval = { readonly startsAt: Instant; readonly endsAt: Instant }

/** Neighbours that only touch do not overlap. */
export function overlaps(a: Interval, b: Interval): boolean {
  return a.startsAt < b.endsAt && b.startsAt < a.endsAt
}

/** Whether this runtime knows the zone. */
export function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}
