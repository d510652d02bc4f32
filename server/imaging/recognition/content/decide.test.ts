import assert from 'node:assert/strict'
import { isSensitive, typeOf } from './decide.ts'

describe('what is made of a model’s numbers', () => {
  it('covers a picture when the sensitive classes outweigh the others', () => {
    assert.deepEqual(
      [0, 0.49, 0.5, 1].map((sensitivity) => isSensitive({ sensitivity })),
      [false, false, true, true],
    )
  })

  it('says what kind of picture it is only when one kind is clearly ahead', () => {
    const likely = (first: number, second: number) =>
      typeOf([
        { name: 'wound', probability: first },
        { name: 'skin', probability: second },
      ])
    assert.deepEqual(
      [likely(0.9, 0.1), likely(0.6, 0.3), likely(0.6, 0.38), likely(0.5, 0.1)],
      ['wound', 'wound', null, null],
    )
    assert.equal(typeOf([]), null)
  })
})
