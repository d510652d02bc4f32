import type { PractitionerId } from '#shared/ids.ts'
import { cellMs } from '#shared/scheduling.ts'
import { dayMs, hourMs } from '#shared/time.ts'
import type { Instant } from '#shared/time.ts'
import type { PractitionerRow } from '../identity/index.ts'
import { isUniqueViolation } from '../platform/db.ts'
import type { Tx } from '../platform/db.ts'
import { openIntervals } from './availability.ts'
import type { Availability, WeeklyRule } from './availability.ts'
import type { SchedulingNeeds } from './needs.ts'
import { availabilityOf, busyCells, hasSchedule, insertSchedule } from './schedule.store.ts'
import { freeStarts } from './slots.ts'

/** Monday to Friday, nine to five: what holds until someone has set other hours. */
const officeHours: readonly WeeklyRule[] = [1, 2, 3, 4, 5].map((weekday) => ({
  weekday,
  startMinute: 9 * 60,
  endMinute: 17 * 60,
}))

const nextFreeCount = 5
const nextFreeWithinMs = 14 * dayMs
const longestVisitMs = 4 * hourMs

/** A visit may be entered this long after its start: the patient who is there already. */
export const latestEntryMs = 15 * 60_000

/** Makes the practitioner's schedule when it is not there yet; of two at once, either is fine. */
export async function ensureSchedule(
  { db, clock }: SchedulingNeeds,
  practitioner: PractitionerRow,
): Promise<void> {
  const { id: practitionerId, organizationId, zone } = practitioner
  if (await db.read((tx) => hasSchedule(tx, practitionerId))) return
  try {
    await db.write((tx) =>
      insertSchedule(tx, clock, { practitionerId, organizationId, zone, rules: officeHours }),
    )
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
  }
}

export async function workingHours(
  tx: Tx,
  practitioners: readonly PractitionerRow[],
): Promise<Map<PractitionerId, Availability>> {
  const kept = await availabilityOf(
    tx,
    practitioners.map(({ id }) => id),
  )
  return new Map(
    practitioners.map(({ id, zone }) => [id, kept.get(id) ?? { zone, rules: officeHours, exceptions: [] }]),
  )
}

export type FreeTimes = { minutes: number; from: Instant; to: Instant; limit: number }

/** Free starts of one practitioner in [from, to), none in the past. */
export async function freeTimes(
  tx: Tx,
  { clock }: SchedulingNeeds,
  practitioner: PractitionerRow,
  { minutes, from, to, limit }: FreeTimes,
): Promise<Instant[]> {
  const hours = (await workingHours(tx, [practitioner])).get(practitioner.id)
  if (!hours) return []
  const notBefore = Math.max(from, Math.floor(clock.now() / cellMs) * cellMs)
  if (notBefore >= to) return []
  // A visit that starts in the window may end after it.
  const window = { startsAt: notBefore, endsAt: to + longestVisitMs }
  const open = openIntervals(hours, window)
  const busy = await busyCells(tx, practitioner.id, window)
  const starts = freeStarts({ open, busy, minutes, notBefore, limit })
  return starts.filter((at) => at < to)
}

/** The offers that come with a refusal. */
export function nextFree(
  tx: Tx,
  needs: SchedulingNeeds,
  practitioner: PractitionerRow,
  { startsAt, minutes }: { startsAt: Instant; minutes: number },
): Promise<Instant[]> {
  const from = Math.max(startsAt, needs.clock.now())
  return freeTimes(tx, needs, practitioner, {
    minutes,
    from,
    to: from + nextFreeWithinMs,
    limit: nextFreeCount,
  })
}
