import assert from 'node:assert/strict'
import { balance, balanceGains, NothingToBalance } from './white-balance.ts'

const yellowish = Uint8Array.from({ length: 6 * 4 * 3 }, (_, i) => [180, 160, 110][i % 3]!)

describe('white balance from a reference', () => {
  it('makes a patch that should be white neutral and leaves its exposure', () => {
    const patch = { left: 1, top: 1, width: 3, height: 2 }
    const out = balance(yellowish, balanceGains(yellowish, 6, 4, { patch }))
    assert.deepEqual([...out.subarray(0, 3)], [160, 160, 160])
  })

  it('brings a patch of known grey to that grey', () => {
    const patch = { left: 0, top: 0, width: 6, height: 4 }
    const out = balance(yellowish, balanceGains(yellowish, 6, 4, { patch, level: 200 }))
    assert.deepEqual([...out.subarray(0, 3)], [200, 200, 200])
  })

  it('does not measure on a reference that is overexposed', () => {
    const glare = new Uint8Array(27).fill(255)
    const patch = { left: 0, top: 0, width: 3, height: 3 }
    assert.throws(() => balanceGains(glare, 3, 3, { patch }), NothingToBalance)
  })

  it('does not measure outside the picture', () => {
    const patch = { left: 4, top: 0, width: 3, height: 3 }
    assert.throws(() => balanceGains(yellowish, 6, 4, { patch }), NothingToBalance)
  })
})
