import { deepEqual, equal, ok } from 'node:assert/strict'
import { hourMs, minuteMs } from '#shared/time.ts'
import {
  addDays,
  dayOf,
  instantAt,
  isDay,
  minuteOf,
  offsetAt,
  startOfDay,
  weekdayOf,
  weekOf,
} from './zone.ts'

const berlin = 'Europe/Berlin'
const shanghai = 'Asia/Shanghai'

describe("The clinic's wall clock", () => {
  it('says which day it is there, whatever day it is elsewhere', () => {
    const evening = Date.UTC(2026, 10, 24, 18, 30)
    equal(dayOf(evening, berlin), '2026-11-24')
    equal(dayOf(evening, shanghai), '2026-11-25')
    equal(minuteOf(evening, berlin), 19 * 60 + 30)
    equal(minuteOf(evening, shanghai), 2 * 60 + 30)
  })

  it('finds the instant of a time of day, also where zones differ by a quarter of an hour', () => {
    equal(instantAt('2026-11-24', 9 * 60, berlin), Date.UTC(2026, 10, 24, 8))
    equal(instantAt('2026-11-24', 9 * 60, shanghai), Date.UTC(2026, 10, 24, 1))
    equal(instantAt('2026-11-24', 9 * 60, 'Asia/Kathmandu'), Date.UTC(2026, 10, 24, 3, 15))
    equal(offsetAt(Date.UTC(2026, 10, 24), 'America/New_York'), -5 * hourMs)
  })

  it('leads back to the same time of day, on every day of a year and in every direction', () => {
    for (const zone of [berlin, shanghai, 'America/New_York', 'Pacific/Auckland']) {
      for (let day = '2026-01-01'; day < '2027-01-01'; day = addDays(day, 1)) {
        for (const minute of [0, 7 * 60 + 45, 23 * 60 + 55]) {
          const at = instantAt(day, minute, zone)
          deepEqual([dayOf(at, zone), minuteOf(at, zone)], [day, minute], `${zone} ${day} ${minute}`)
        }
      }
    }
  })

  it('knows the days of 23 and of 25 hours', () => {
    const length = (day: string) => startOfDay(addDays(day, 1), berlin) - startOfDay(day, berlin)
    equal(length('2026-03-28'), 24 * hourMs)
    equal(length('2026-03-29'), 23 * hourMs)
    equal(length('2026-10-25'), 25 * hourMs)
  })

  it('takes the hour after for a time that the clock skips', () => {
    const skipped = instantAt('2026-03-29', 2 * 60 + 30, berlin)
    ok(skipped >= Date.UTC(2026, 2, 29, 1), 'not before the jump')
    ok(skipped <= Date.UTC(2026, 2, 29, 2), 'not long after it')
  })

  it('begins a day where midnight does not exist at its first instant', () => {
    const day = '2026-09-06'
    const start = startOfDay(day, 'America/Santiago')
    equal(dayOf(start, 'America/Santiago'), day)
    equal(dayOf(start - minuteMs, 'America/Santiago'), '2026-09-05')
  })

  it('counts weeks from Monday', () => {
    equal(weekdayOf('2026-11-22'), 7)
    deepEqual(weekOf('2026-11-22'), [
      '2026-11-16',
      '2026-11-17',
      '2026-11-18',
      '2026-11-19',
      '2026-11-20',
      '2026-11-21',
      '2026-11-22',
    ])
    equal(addDays('2026-12-31', 1), '2027-01-01')
  })

  it('knows a day from something that only looks like one', () => {
    equal(isDay('2028-02-29'), true)
    for (const text of ['2026-02-29', '2026-13-01', '24.11.2026', '', '2026-11-24T00:00'])
      equal(isDay(text), false, text)
  })
})
