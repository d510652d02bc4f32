import { deepEqual, equal, throws } from 'node:assert/strict'
import { EncounterId } from '#shared/ids.ts'
import { admit, end, mustBeLive, mustWait, startWaiting, stopWaiting } from './call.state.ts'
import type { CallState } from './call.state.ts'

const encounterId = EncounterId.parse('01890000-0000-7000-8000-000000000001')
const preparing: CallState = { state: 'preparing' }
const waiting: CallState = { state: 'waiting', waitingSince: 100 }
const live: CallState = { state: 'live', waitingSince: 100, startedAt: 200, encounterId }
const ended: CallState = {
  state: 'ended',
  endedAt: 300,
  reason: 'ended_by_practitioner',
  visit: { startedAt: 200, encounterId },
}

describe('the course of a consult', () => {
  it('takes a patient from the device check through the waiting room into the visit and out of it', () => {
    deepEqual(startWaiting(preparing, 100), waiting)
    deepEqual(admit(mustWait(waiting), 200, encounterId), live)
    deepEqual(end(live, 300, 'ended_by_practitioner'), ended)
  })

  it('keeps the first place in the queue when the patient asks to wait again', () => {
    equal(startWaiting(waiting, 999), waiting)
    equal(startWaiting(live, 999), live)
  })

  it('admits nobody who does not wait', () => {
    throws(() => mustWait(preparing), { code: 'conflict' })
    throws(() => mustWait(live), { code: 'conflict' })
    throws(() => mustWait(ended), { code: 'consult_ended' })
  })

  it('lets a patient leave the queue and come back', () => {
    deepEqual(stopWaiting(waiting), preparing)
    equal(stopWaiting(live), live)
    equal(stopWaiting(ended), ended)
  })

  it('ends a wait without an encounter, and ends only once', () => {
    deepEqual(end(waiting, 300, 'ended_by_practitioner'), {
      state: 'ended',
      endedAt: 300,
      reason: 'ended_by_practitioner',
      visit: null,
    })
    equal(end(ended, 999, 'abandoned'), ended)
    throws(() => end(preparing, 1, 'ended_by_practitioner'), { code: 'conflict' })
    throws(() => startWaiting(ended, 1), { code: 'consult_ended' })
  })

  it('gives media to nobody but the admitted', () => {
    throws(() => mustBeLive('preparing'), { code: 'not_admitted' })
    throws(() => mustBeLive('waiting'), { code: 'not_admitted' })
    throws(() => mustBeLive('ended'), { code: 'consult_ended' })
    mustBeLive('live')
  })
})
