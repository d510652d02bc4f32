import { deepEqual, doesNotThrow, throws } from 'node:assert/strict'
import { minuteMs } from '#shared/time.ts'
import { afterFailure, linkWindow, mustBeUsable, mustNotBeLocked } from './link.policy.ts'

const visit = { startsAt: 100 * minuteMs, endsAt: 120 * minuteMs, status: 'booked' as const }
const link = { revokedAt: null }

describe('a join link', () => {
  it('opens half an hour before the visit and closes an hour after it', () => {
    deepEqual(linkWindow(visit), { opensAt: 70 * minuteMs, expiresAt: 180 * minuteMs })
    throws(() => mustBeUsable(link, visit, 70 * minuteMs - 1), {
      code: 'link_too_early',
      params: { opensAt: 70 * minuteMs },
    })
    doesNotThrow(() => mustBeUsable(link, visit, 70 * minuteMs))
    doesNotThrow(() => mustBeUsable(link, visit, 180 * minuteMs - 1))
    throws(() => mustBeUsable(link, visit, 180 * minuteMs), { code: 'link_expired' })
  })

  it('says that it was replaced, or that the visit was cancelled, whatever the time', () => {
    throws(() => mustBeUsable({ revokedAt: 1 }, visit, 0), { code: 'link_revoked' })
    throws(() => mustBeUsable(link, { ...visit, status: 'cancelled' }, 0), { code: 'appointment_cancelled' })
  })

  it('is locked for a quarter of an hour after five wrong birth dates', () => {
    let attempts = { failures: 0, lockedUntil: null as number | null, attemptsLeft: 5 }
    for (const left of [4, 3, 2, 1]) {
      attempts = afterFailure(attempts, 1000)
      deepEqual(attempts.attemptsLeft, left)
      doesNotThrow(() => mustNotBeLocked(attempts, 1000))
    }
    attempts = afterFailure(attempts, 1000)
    throws(() => mustNotBeLocked(attempts, 1000), {
      code: 'rate_limited',
      params: { retryAfterMs: 15 * minuteMs },
    })
    doesNotThrow(() => mustNotBeLocked(attempts, 1000 + 15 * minuteMs))
    deepEqual(afterFailure(attempts, 1000 + 15 * minuteMs).attemptsLeft, 4)
  })
})
