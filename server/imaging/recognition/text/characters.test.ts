import assert from 'node:assert/strict'
import type { Corners } from '../../pipeline/kernels/marker/point.ts'
import { alphabetOf, decode } from './ctc.ts'
import { settle } from './settle.ts'
import { mended } from './slips.ts'

/** Shares over blank, a, b and space that make the classes named likeliest, step by step. */
function steps(classes: number[], share = 0.9): Float32Array {
  const shares = new Float32Array(classes.length * 4).fill((1 - share) / 3)
  for (const [step, at] of classes.entries()) shares[step * 4 + at] = share
  return shares
}

describe('what the recogniser says', () => {
  const alphabet = alphabetOf('a\nb\n')

  it('becomes text: repeats once, blanks not at all, a letter twice when a blank parts it', () => {
    assert.deepEqual(alphabet, ['a', 'b', ' '])
    assert.equal(decode(steps([0, 1, 1, 0, 1, 2, 2, 3, 0, 2]), 10, alphabet).text, 'aab b')
  })

  it('is as sure as its characters, and not sure of nothing', () => {
    assert.ok(Math.abs(decode(steps([1, 0, 2], 0.7), 3, alphabet).confidence - 0.7) < 1e-6)
    assert.deepEqual(decode(steps([0, 0]), 2, alphabet), { text: '', confidence: 0 })
  })

  it('is mended where it can mean one thing only', () => {
    assert.equal(mended('Salbutamol 1o0 micrograms'), 'Salbutamol 100 micrograms')
    assert.equal(mended('take 3O minutes'), 'take 30 minutes')
    assert.equal(mended('%Sp02 98'), '%SpO2 98')
    assert.equal(mended('2-8°℃'), '2-8℃')
  })

  it('is left alone where it can mean two', () => {
    for (const text of ['O2 4 l/min', 'B01O7', 'LOT 1lI', '1l', '5 o clock', 'H2O 500 ml', 'Sp020']) {
      assert.equal(mended(text), text)
    }
  })
})

describe('a number that the network and the bars of a display give differently', () => {
  const at = (x: number): Corners => [
    { x, y: 0 },
    { x: x + 60, y: 0 },
    { x: x + 60, y: 40 },
    { x, y: 40 },
  ]
  const read = (text: string, x = 0) => ({ text, confidence: 0.99, corners: at(x) })
  const shown = (text: string, x = 0) => ({ text, clarity: 0.9, apart: 1, worth: 2, corners: at(x) })
  const texts = (lines: { text: string }[]) => lines.map(({ text }) => text)

  it('is taken from the bars', () => {
    assert.deepEqual(texts(settle([read('10'), read('mmHg', 200)], [shown('110')])), ['mmHg', '110'])
    assert.deepEqual(texts(settle([read("38.4'")], [shown('38.4')])), ['38.4'])
  })

  it('keeps the point that only the network saw', () => {
    assert.deepEqual(texts(settle([read('72.4')], [shown('724')])), ['72.4'])
  })

  it('keeps the unit that stands in the same line', () => {
    assert.deepEqual(texts(settle([read('36.8 °C')], [shown('36.8')])), ['36.8 °C'])
  })

  it('stands beside lines of other places', () => {
    assert.deepEqual(texts(settle([read('SYS', 300)], [shown('128')])), ['SYS', '128'])
  })
})
