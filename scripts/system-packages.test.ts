import assert from 'node:assert/strict'
import { missingMessage } from './system-packages.ts'

describe('A machine that lacks a system package', () => {
  it('tells the exact command, and the way without it', () => {
    const message = missingMessage('Building the worker', ['g++', 'ninja-build'], 'Or give one.', true)
    assert.match(message, /sudo apt-get install -y --no-install-recommends g\+\+ ninja-build\n/)
    assert.match(message, /Or give one\.$/)
  })

  it('does not send people without apt-get to apt-get', () => {
    const message = missingMessage('Testing', ['chromium'], '', false)
    assert.doesNotMatch(message, /apt-get/)
    assert.match(message, /chromium/)
  })
})
