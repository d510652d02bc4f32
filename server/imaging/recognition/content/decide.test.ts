import assert from 'node:assert/strict'
import { isSensitive, typeOf } from './decide.ts'

describe('what is made of a model’s numbers', () => {
  it('covers a picture when the sensitive classes outweigh the others', () => {
    assert.deepEqual(
      [0, 0.49, 0.5, 1].map((sensitivity) => isSensitive({ sensitivity })),
      [false, false, true, true],
    )
  })

  it('says what kind of picture it is only when one kind is nearly certain', () => {
    const likely = (probability: number) =>
      typeOf([
        { name: 'wound', probability },
        { name: 'skin', probability: 1 - probability },
      ])
    assert.deepEqual([likely(1), likely(0.9), likely(0.89)], ['wound', 'wound', null])
    assert.equal(typeOf([]), null)
  })
})
