import assert from 'node:assert/strict'
import { duration, stepLine } from './steps.ts'

describe('A step of the set-up', () => {
  it('says how long it took in words people use', () => {
    assert.equal(duration(412), '0.4 s')
    assert.equal(duration(9_949), '9.9 s')
    assert.equal(duration(9_950), '10 s')
    assert.equal(duration(59_600), '1 min 0 s')
    assert.equal(duration(170_400), '2 min 50 s')
  })

  it('shows a count only where there is one', () => {
    assert.equal(stepLine('…', 'worker', '26 of 259', 20_000), '… worker · 26 of 259 · 20 s')
    assert.equal(stepLine('✔', 'worker', '', 1_000), '✔ worker · 1.0 s')
  })
})
