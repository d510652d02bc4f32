import assert from 'node:assert/strict'
import { parseBirthDate, withHyphens } from './birth-date.ts'

const today = '2026-11-22'

describe('The date of birth', () => {
  it('is understood as people write it, year first', () => {
    for (const text of [
      '1938-05-07',
      '1938-5-7',
      '1938/5/7',
      '1938.05.07',
      '19380507',
      '1938年5月7日',
      ' 1938 5 7 ',
    ]) {
      assert.equal(parseBirthDate(text, today), '1938-05-07', text)
    }
  })

  it('is not guessed: a day first, a day that never was, and a day to come are refused', () => {
    for (const text of [
      '07/05/1938',
      '1938-02-30',
      '1938-13-01',
      '2026-11-23',
      '1738-05-07',
      '1938-05',
      'May',
      '',
    ]) {
      assert.equal(parseBirthDate(text, today), null, text)
    }
    assert.equal(parseBirthDate('2026-11-22', today), '2026-11-22')
    assert.equal(parseBirthDate('2024-02-29', today), '2024-02-29')
  })

  it('gets its hyphens while the digits are typed', () => {
    let text = ''
    for (const digit of '19380507') text = withHyphens(text + digit, text)
    assert.equal(text, '1938-05-07')
  })

  it('leaves alone what people type or delete themselves', () => {
    assert.equal(withHyphens('1938-05', '1938-05-'), '1938-05')
    assert.equal(withHyphens('1938-5-', '1938-5'), '1938-5-')
    assert.equal(withHyphens('1938/', '1938'), '1938/')
    assert.equal(withHyphens('1938-05-07', ''), '1938-05-07')
  })
})
