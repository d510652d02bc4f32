import assert from 'node:assert/strict'
import fc from 'fast-check'
import { backwards, digitsOf, displayNameOf, foldedOrders, foldName } from './fold.ts'

describe('how names are compared', () => {
  it('without accents, capitals, blanks and hyphens', () => {
    assert.equal(foldName('Müller-Lüdenscheidt'), 'mullerludenscheidt')
    assert.equal(foldName("O'Brien "), 'obrien')
    assert.equal(foldName('Ｚｈａｎｇ'), 'zhang')
  })

  it('with Chinese characters as they are', () => {
    assert.deepEqual(foldedOrders('张', '伟'), { familyFirst: '张伟', givenFirst: '伟张' })
  })

  it('the same however often they are folded', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => foldName(foldName(text)) === foldName(text)),
    )
  })

  it('and shown in the order of their script', () => {
    assert.equal(displayNameOf('张', '伟'), '张伟')
    assert.equal(displayNameOf('Wei', 'Zhang'), 'Zhang Wei')
    assert.equal(displayNameOf('Smith', '伟'), '伟 Smith')
  })

  it('and phone numbers by their digits, from either end', () => {
    assert.equal(digitsOf('+65 (9123) 45-67'), '6591234567')
    assert.equal(backwards('6591'), '1956')
  })
})
