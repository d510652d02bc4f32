import { equal } from 'node:assert/strict'
import { hourMs, minuteMs } from '#shared/time.ts'
import { endOf, isActivityDue, isOver, latestEnd } from './session.policy.ts'

const signedInAt = 1_800_000_000_000
const fresh = { lastSeenAt: signedInAt, expiresAt: latestEnd(signedInAt) }

describe('The life of a session', () => {
  it('is fifteen idle minutes for everyone who works at the clinic', () => {
    for (const role of ['practitioner', 'scheduler', 'administrator'] as const) {
      equal(isOver(fresh, role, signedInAt + 15 * minuteMs - 1), false)
      equal(isOver(fresh, role, signedInAt + 15 * minuteMs), true)
    }
  })

  it('is thirty idle minutes for patients', () => {
    equal(isOver(fresh, 'patient', signedInAt + 30 * minuteMs - 1), false)
    equal(isOver(fresh, 'patient', signedInAt + 30 * minuteMs), true)
  })

  it('is twelve hours at the most, however active it is', () => {
    const busy = { ...fresh, lastSeenAt: signedInAt + 12 * hourMs - minuteMs }
    equal(endOf(busy, 'practitioner'), signedInAt + 12 * hourMs)
    equal(isOver(busy, 'practitioner', signedInAt + 12 * hourMs), true)
  })

  it('is noted as active once a minute, not with every request', () => {
    equal(isActivityDue(fresh, signedInAt + minuteMs - 1), false)
    equal(isActivityDue(fresh, signedInAt + minuteMs), true)
  })
})
