import assert from 'node:assert/strict'
import { deviceCheckOf } from '../join/device-check.ts'
import type { CallState } from './call-state.ts'
import { levelOf, reasonOf } from './device-state.ts'

const named = (name: string) => new DOMException('refused', name)

describe('A camera or microphone that does not open', () => {
  it('is told apart: not allowed, not there, in use elsewhere', () => {
    assert.equal(reasonOf(named('NotAllowedError')), 'denied')
    assert.equal(reasonOf(named('NotFoundError')), 'none')
    assert.equal(reasonOf(named('NotReadableError')), 'failed')
    assert.equal(reasonOf('something else'), 'failed')
  })
})

describe('The microphone level', () => {
  const tone = (loudness: number) => Float32Array.from({ length: 512 }, (_, n) => loudness * Math.sin(n / 3))

  it('is nothing for silence, full for a loud voice, and grows with the loudness between', () => {
    assert.equal(levelOf(new Float32Array(512)), 0)
    assert.equal(levelOf(tone(1)), 1)
    const levels = [0.003, 0.01, 0.03, 0.1].map((loudness) => levelOf(tone(loudness)))
    assert.deepEqual(levels, levels.toSorted())
    assert.ok(levels.every((level) => level > 0 && level < 1))
  })
})

describe('What the doctor reads about the devices', () => {
  const state = (part: Partial<CallState['devices']>, probe: CallState['probe'] = 'running') => ({
    probe,
    devices: {
      camera: 'ready',
      microphone: 'ready',
      cameraId: null,
      microphoneId: null,
      cameras: [],
      microphones: [],
      ...part,
    } as const,
  })

  it('says that a microphone was there and nothing was heard', () => {
    assert.equal(deviceCheckOf(state({}), false, 'confirmed').microphone, 'silent')
    assert.equal(deviceCheckOf(state({}), true, 'confirmed').microphone, 'ok')
  })

  it('does not call a line tested before the test is done', () => {
    assert.equal(deviceCheckOf(state({}), true, 'not_tested').connection, 'not_tested')
    const done = { connection: 'fair', roundTripMs: 310, lossPercent: 0, protocol: 'tcp' } as const
    assert.deepEqual(deviceCheckOf(state({ camera: 'denied' }, done), true, 'not_heard'), {
      camera: 'denied',
      microphone: 'ok',
      speaker: 'not_heard',
      ...done,
    })
  })
})
