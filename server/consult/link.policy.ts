import { minuteMs } from '#shared/time.ts'
import type { Instant, Interval } from '#shared/time.ts'
import { DomainError } from '#shared/errors.ts'
import type { AppointmentStatus } from '#shared/scheduling.ts'
import { linkLocked, linkTooEarly } from './errors.ts'

const opensBeforeMs = 30 * minuteMs
const closesAfterMs = 60 * minuteMs
const lockMs = 15 * minuteMs
const maxFailures = 5

/** When the link can be used: [opensAt, expiresAt). */
export function linkWindow(visit: Interval): { opensAt: Instant; expiresAt: Instant } {
  return { opensAt: visit.startsAt - opensBeforeMs, expiresAt: visit.endsAt + closesAfterMs }
}

/** @throws link_revoked, appointment_cancelled, link_too_early, link_expired: the first that helps the patient most */
export function mustBeUsable(
  link: { revokedAt: Instant | null },
  visit: Interval & { status: AppointmentStatus },
  now: Instant,
): void {
  if (link.revokedAt !== null) throw new DomainError('link_revoked')
  if (visit.status === 'cancelled') throw new DomainError('appointment_cancelled')
  const { opensAt, expiresAt } = linkWindow(visit)
  if (now < opensAt) throw linkTooEarly(opensAt)
  if (now >= expiresAt) throw new DomainError('link_expired')
}

type Attempts = { failures: number; lockedUntil: Instant | null }

/** @throws rate_limited while too many wrong birth dates keep the link locked */
export function mustNotBeLocked({ lockedUntil }: Attempts, now: Instant): void {
  if (lockedUntil !== null && now < lockedUntil) throw linkLocked(lockedUntil - now)
}

/** After one more wrong birth date. The fifth locks the link for a quarter of an hour. */
export function afterFailure({ failures }: Attempts, now: Instant): Attempts & { attemptsLeft: number } {
  const count = failures + 1
  if (count < maxFailures) return { failures: count, lockedUntil: null, attemptsLeft: maxFailures - count }
  return { failures: 0, lockedUntil: now + lockMs, attemptsLeft: 0 }
}
