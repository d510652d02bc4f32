import assert from 'node:assert/strict'
import { measure, readCounters, SteadyQuality, wordFor, type Counters } from './quality.ts'

const counters = (part: Partial<Counters>): Counters => ({
  roundTripMs: 40,
  packetsReceived: 0,
  packetsLost: 0,
  sentLossPercent: null,
  ...part,
})

describe('The word for a connection', () => {
  it('is good, fair or weak by delay and by loss, whichever is worse', () => {
    assert.equal(wordFor(60, 0.2), 'good')
    assert.equal(wordFor(350, 0), 'fair')
    assert.equal(wordFor(20, 5), 'fair')
    assert.equal(wordFor(700, 0), 'poor')
    assert.equal(wordFor(20, 15), 'poor')
    assert.equal(wordFor(null, null), 'good')
  })

  it('counts the loss since the last reading and not since the call began', () => {
    const before = counters({ packetsReceived: 10_000, packetsLost: 5000 })
    const after = counters({ packetsReceived: 10_990, packetsLost: 5010 })
    assert.deepEqual(measure(before, after, true), { quality: 'good', roundTripMs: 40, lossPercent: 1 })
  })

  it('heeds what the other end misses of our voice', () => {
    assert.equal(measure(null, counters({ sentLossPercent: 12 }), true).quality, 'poor')
  })

  it('is "interrupted" when the path is gone, whatever the counters say', () => {
    assert.equal(measure(null, counters({}), false).quality, 'lost')
  })

  it('does not see a negative loss when a new connection counts from zero', () => {
    const old = counters({ packetsReceived: 900, packetsLost: 30 })
    assert.equal(measure(old, counters({ packetsReceived: 950, packetsLost: 0 }), true).lossPercent, 0)
  })

  it('is read from the reports of both connections', () => {
    const send = new Map<string, unknown>([
      ['pair', { type: 'candidate-pair', state: 'succeeded', nominated: true, currentRoundTripTime: 0.08 }],
      ['old', { type: 'candidate-pair', state: 'failed', nominated: false, currentRoundTripTime: 9 }],
      ['far', { type: 'remote-inbound-rtp', fractionLost: 0.02 }],
    ])
    const receive = new Map<string, unknown>([
      ['voice', { type: 'inbound-rtp', packetsReceived: 100, packetsLost: 3 }],
      ['picture', { type: 'inbound-rtp', packetsReceived: 400, packetsLost: -2 }],
    ])
    assert.deepEqual(readCounters([send, receive]), {
      roundTripMs: 80,
      packetsReceived: 500,
      packetsLost: 3,
      sentLossPercent: 2,
    })
  })
})

describe('A word that people can trust', () => {
  it('says bad news at once and good news only when they last', () => {
    const steady = new SteadyQuality()
    assert.deepEqual(
      (['good', 'poor', 'good', 'poor', 'good', 'good'] as const).map((word) => steady.add(word)),
      ['good', 'poor', 'poor', 'poor', 'poor', 'good'],
    )
  })

  it('comes back from an interruption without delay', () => {
    const steady = new SteadyQuality()
    steady.add('lost')
    assert.equal(steady.add('good'), 'good')
  })

  it('advises sound only after a quarter of a minute of weakness, and no longer than it lasts', () => {
    const steady = new SteadyQuality()
    const advised = (['poor', 'poor', 'poor', 'good'] as const).map((word) => {
      steady.add(word)
      return steady.soundOnlyAdvised
    })
    assert.deepEqual(advised, [false, false, true, false])
  })
})
