import assert from 'node:assert/strict'
import { backoffMs } from './backoff.ts'

const limits = { firstMs: 300, maxMs: 5000 }

describe('Waiting before another attempt', () => {
  it('spreads the browsers of a clinic over the whole wait', () => {
    assert.equal(
      backoffMs(0, limits, () => 0),
      30,
    )
    assert.equal(
      backoffMs(0, limits, () => 0.999999),
      300,
    )
  })

  it('doubles with each failure and never exceeds the limit, however long it lasts', () => {
    const longest = [0, 1, 2, 3, 4, 5, 1000].map((failures) => backoffMs(failures, limits, () => 0.999999))
    assert.deepEqual(longest, [300, 600, 1200, 2400, 4800, 5000, 5000])
  })
})
