import assert from 'node:assert/strict'
import i18next from 'i18next'
import {
  formatCalendarDate,
  formatDate,
  formatDayTime,
  formatExact,
  formatLength,
  formatRelative,
  formatTime,
  isSameDay,
} from './time.ts'

const at = Date.UTC(2026, 10, 24, 14, 30)
const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

describe('Times on the screen', () => {
  before(async () => {
    await i18next.init({
      lng: 'en',
      resources: { en: { common: { ok: 'OK' } }, 'zh-CN': { common: { ok: '好' } } },
    })
  })
  beforeEach(async () => {
    await i18next.changeLanguage('en')
  })

  it('are said as people say them, in the zone that is asked for', () => {
    assert.equal(formatTime(at, { zone: 'UTC' }), '14:30')
    assert.equal(formatTime(at, { zone: 'Asia/Kathmandu' }), '20:15')
    assert.equal(formatDayTime(at, { zone: 'UTC' }), 'Tue 24 Nov, 14:30')
    assert.equal(formatDate(at, { zone: 'UTC' }), '24 Nov 2026')
  })

  it('write midnight as 00:00, not as 24:00', () => {
    assert.equal(formatTime(Date.UTC(2026, 10, 24), { zone: 'UTC' }), '00:00')
  })

  it('are written the Chinese way in Chinese', async () => {
    await i18next.changeLanguage('zh-CN')
    assert.equal(formatDayTime(at, { zone: 'UTC' }), '11月24日周二 14:30')
    assert.equal(formatRelative(at + 5 * minute, at), '5 分钟后')
    assert.equal(formatLength(hour + 5 * minute), '1 小时 5 分钟')
  })

  it('are told from now, without false exactness', () => {
    assert.equal(formatRelative(at + 20_000, at), 'now')
    assert.equal(formatRelative(at + 5 * minute, at), 'in 5 minutes')
    assert.equal(formatRelative(at - 3 * hour, at), '3 hours ago')
    assert.equal(formatRelative(at - 2 * day, at), '2 days ago')
    assert.equal(formatRelative(at - 90 * day, at), '3 months ago')
    assert.equal(formatRelative(at - 800 * day, at), '2 years ago')
  })

  it('tell how long someone waits in minutes and hours', () => {
    assert.match(formatLength(0), /^0 mins?$/)
    assert.match(formatLength(12 * minute + 59_000), /^12 mins?$/)
    assert.match(formatLength(hour + 5 * minute), /^1 hr? 5 mins?$/)
    assert.match(formatLength(2 * hour), /^2 hrs?$/)
  })

  it('name the zone in the exact value', () => {
    assert.match(formatExact(at, { zone: 'Asia/Shanghai' }), /Tuesday.*24 November 2026.*22:30:00 GMT\+8/)
  })

  it('keep a date of birth on its day wherever the reader is', () => {
    assert.equal(formatCalendarDate('1980-03-01'), '1 Mar 1980')
  })

  it('decide what is today by the zone', () => {
    const late = Date.UTC(2026, 10, 24, 23, 30)
    const early = Date.UTC(2026, 10, 25, 0, 30)
    assert.equal(isSameDay(late, early, { zone: 'UTC' }), false)
    assert.equal(isSameDay(late, early, { zone: 'Asia/Shanghai' }), true)
  })
})
