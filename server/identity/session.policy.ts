import type { Role } from '#shared/identity.ts'
import { hourMs, minuteMs, type Instant } from '#shared/time.ts'

/** A screen left alone in a clinic is a chart left open; at home there is less to see and more to lose by hurry. */
const idleMs = { staff: 15 * minuteMs, patient: 30 * minuteMs }
const absoluteMs = 12 * hourMs
/** Activity is written down at most this often: not every request is a write. */
const noticeEveryMs = minuteMs

type Times = { lastSeenAt: Instant; expiresAt: Instant }

/** When a session that begins now ends at the latest. */
export function latestEnd(now: Instant): Instant {
  return now + absoluteMs
}

/** When the session ends if nothing more is done in it. */
export function endOf({ lastSeenAt, expiresAt }: Times, role: Role): Instant {
  return Math.min(lastSeenAt + (role === 'patient' ? idleMs.patient : idleMs.staff), expiresAt)
}

export function isOver(session: Times, role: Role, now: Instant): boolean {
  return now >= endOf(session, role)
}

export function isActivityDue({ lastSeenAt }: Times, now: Instant): boolean {
  return now - lastSeenAt >= noticeEveryMs
}
