import assert from 'node:assert/strict'
import { cpuShare, streamNumbers, type StreamStat } from './stats.ts'

describe('numbers about media', () => {
  const layer = (some: Partial<StreamStat>): StreamStat => ({
    kind: 'video',
    mimeType: 'video/VP8',
    bitrate: 0,
    packetCount: 0,
    packetsLost: 0,
    fractionLost: 0,
    jitter: 0,
    score: 0,
    ...some,
  })

  it('add up the layers of a picture, and take the best score and the worst loss', () => {
    const numbers = streamNumbers([
      layer({ bitrate: 100_000, packetCount: 10, packetsLost: 1, score: 10, jitter: 90, roundTripTime: 20 }),
      layer({ bitrate: 900_000, packetCount: 90, packetsLost: 4, score: 7, jitter: 450, fractionLost: 64 }),
    ])
    assert.deepEqual(numbers, {
      score: 10,
      bitrate: 1_000_000,
      packets: 100,
      packetsLost: 5,
      fractionLost: 0.25,
      jitterMs: 5,
      rttMs: 20,
    })
  })

  it('say that nothing is known when nothing flows', () => {
    assert.deepEqual(streamNumbers([]), {
      score: 0,
      bitrate: 0,
      packets: 0,
      packetsLost: 0,
      fractionLost: 0,
      jitterMs: null,
      rttMs: null,
    })
  })

  it('count audio jitter by the clock of audio', () => {
    assert.equal(streamNumbers([layer({ kind: 'audio', jitter: 480 })]).jitterMs, 10)
  })

  it('give CPU as a share of one core', () => {
    assert.equal(cpuShare({ cpuMs: 100, atMs: 0 }, { cpuMs: 350, atMs: 1000 }), 0.25)
    assert.equal(cpuShare({ cpuMs: 100, atMs: 0 }, { cpuMs: 1350, atMs: 1000 }), 1)
    assert.equal(cpuShare({ cpuMs: 100, atMs: 5 }, { cpuMs: 100, atMs: 5 }), 0)
  })
})
