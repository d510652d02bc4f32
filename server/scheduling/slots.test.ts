import assert from 'node:assert/strict'
import { hourMs, minuteMs } from '#shared/time.ts'
import { cellsOf, freeStarts } from './slots.ts'

const nine = 9 * hourMs
const at = (minutesAfterNine: number) => nine + minutesAfterNine * minuteMs
const search = {
  open: [{ startsAt: nine, endsAt: at(60) }],
  busy: new Set<number>(),
  notBefore: 0,
  limit: 200,
}

describe('free times', () => {
  it('are offered at the quarter hours, while the whole visit fits', () => {
    assert.deepEqual(freeStarts({ ...search, minutes: 30 }), [at(0), at(15), at(30)])
  })

  it('are offered every five minutes for short visits', () => {
    const open = [{ startsAt: nine, endsAt: at(20) }]
    assert.deepEqual(freeStarts({ ...search, open, minutes: 10 }), [at(0), at(5), at(10)])
  })

  it('begin right after a visit of odd length, so that no gap is wasted', () => {
    const busy = new Set(cellsOf(at(0), 20))
    assert.deepEqual(freeStarts({ ...search, busy, minutes: 20 }), [at(20), at(30)])
  })

  it('leave out what would run into the next visit', () => {
    const busy = new Set(cellsOf(at(30), 15))
    assert.deepEqual(freeStarts({ ...search, busy, minutes: 30 }), [at(0)])
  })

  it('are never in the past and never more than asked for', () => {
    assert.deepEqual(freeStarts({ ...search, minutes: 15, notBefore: at(16), limit: 2 }), [at(20), at(30)])
  })
})
