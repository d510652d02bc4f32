import assert from 'node:assert/strict'
import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { cellMs } from '#shared/scheduling.ts'
import { dayMs, hourMs } from '#shared/time.ts'
import type { Interval } from '#shared/time.ts'
import { covers, openIntervals } from './availability.ts'
import type { Availability, WeeklyRule } from './availability.ts'

const zones = [
  'Europe/Berlin',
  'America/New_York',
  'America/Havana',
  'Australia/Lord_Howe',
  'Africa/Casablanca',
  'Asia/Kathmandu',
  'Asia/Shanghai',
  'Pacific/Apia',
  'America/St_Johns',
  'Asia/Beirut',
]
const everyDay = (startMinute: number, endMinute: number): WeeklyRule[] =>
  [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, startMinute, endMinute }))
const hours = (zone: string, rules: WeeklyRule[], exceptions: Availability['exceptions'] = []) => ({
  zone,
  rules,
  exceptions,
})
const at = (text: string) => Temporal.ZonedDateTime.from(text).epochMilliseconds
const shown = (zone: string, intervals: Interval[]) =>
  intervals.map(({ startsAt, endsAt }) => `${wall(startsAt, zone)} to ${wall(endsAt, zone)}`)
const wall = (instant: number, zone: string) =>
  Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone).toString({ timeZoneName: 'never' })

describe('working hours', () => {
  it('follow the wall clock through the change to summer time', () => {
    const window = {
      startsAt: at('2026-03-28T00:00[Europe/Berlin]'),
      endsAt: at('2026-03-30T00:00[Europe/Berlin]'),
    }
    assert.deepEqual(
      shown('Europe/Berlin', openIntervals(hours('Europe/Berlin', everyDay(540, 600)), window)),
      [
        '2026-03-28T09:00:00+01:00 to 2026-03-28T10:00:00+01:00',
        '2026-03-29T09:00:00+02:00 to 2026-03-29T10:00:00+02:00',
      ],
    )
  })

  it('have no minute in the hour that the clocks skip', () => {
    const night = {
      startsAt: at('2026-03-29T00:00[Europe/Berlin]'),
      endsAt: at('2026-03-29T12:00[Europe/Berlin]'),
    }
    const open = openIntervals(hours('Europe/Berlin', everyDay(90, 150)), night)
    assert.deepEqual(shown('Europe/Berlin', open), ['2026-03-29T01:30:00+01:00 to 2026-03-29T03:00:00+02:00'])
    assert.deepEqual(openIntervals(hours('Europe/Berlin', everyDay(125, 175)), night), [])
  })

  it('count the hour that comes twice both times', () => {
    const night = {
      startsAt: at('2026-10-25T00:00[Europe/Berlin]'),
      endsAt: at('2026-10-25T12:00[Europe/Berlin]'),
    }
    const [open] = openIntervals(hours('Europe/Berlin', everyDay(120, 180)), night)
    assert.equal(open && open.endsAt - open.startsAt, 2 * hourMs)
  })

  it('are narrowed and widened by exceptions, and closed wins', () => {
    const day = {
      startsAt: at('2026-06-01T00:00[Asia/Shanghai]'),
      endsAt: at('2026-06-02T00:00[Asia/Shanghai]'),
    }
    const exceptions = [
      { date: '2026-06-01', kind: 'open', startMinute: 1080, endMinute: 1200 },
      { date: '2026-06-01', kind: 'closed', startMinute: 720, endMinute: 780 },
      { date: '2026-06-01', kind: 'closed', startMinute: 1140, endMinute: 1440 },
      { date: '2026-06-02', kind: 'closed', startMinute: 0, endMinute: 1440 },
    ] as const
    assert.deepEqual(
      shown(
        'Asia/Shanghai',
        openIntervals(hours('Asia/Shanghai', everyDay(540, 1020), [...exceptions]), day),
      ),
      [
        '2026-06-01T09:00:00+08:00 to 2026-06-01T12:00:00+08:00',
        '2026-06-01T13:00:00+08:00 to 2026-06-01T17:00:00+08:00',
        '2026-06-01T18:00:00+08:00 to 2026-06-01T19:00:00+08:00',
      ],
    )
  })

  it('hold a visit only as a whole', () => {
    const open = [{ startsAt: 0, endsAt: 30 }]
    assert.equal(covers(open, { startsAt: 10, endsAt: 30 }), true)
    assert.equal(covers(open, { startsAt: 10, endsAt: 31 }), false)
  })
})

describe('working hours around every change of the clocks', () => {
  const transition = fc
    .constantFrom(...zones)
    .chain((zone) => fc.record({ zone: fc.constant(zone), change: fc.constantFrom(...changesOf(zone)) }))
  const rule = fc
    .tuple(fc.integer({ min: 0, max: 287 }), fc.integer({ min: 1, max: 288 }))
    .filter(([start, end]) => start < end)
    .map(([start, end]) => ({ startMinute: start * 5, endMinute: end * 5 }))
  const aroundChange = fc.record({
    place: transition,
    rules: fc.array(rule, { minLength: 1, maxLength: 3 }),
    before: fc.integer({ min: 1, max: 40 }),
    after: fc.integer({ min: 1, max: 40 }),
  })

  const examine = (
    check: (
      zone: string,
      rules: { startMinute: number; endMinute: number }[],
      window: Interval,
      change: number,
    ) => void,
  ) =>
    fc.assert(
      fc.property(aroundChange, ({ place, rules, before, after }) => {
        const window = { startsAt: place.change - before * hourMs, endsAt: place.change + after * hourMs }
        check(place.zone, rules, window, place.change)
      }),
      { numRuns: 300 },
    )
  const openOf = (zone: string, rules: { startMinute: number; endMinute: number }[], window: Interval) =>
    openIntervals(
      hours(
        zone,
        rules.flatMap(({ startMinute, endMinute }) => everyDay(startMinute, endMinute)),
      ),
      window,
    )

  it('are in order, apart from each other, within the window and not empty', () => {
    examine((zone, rules, window) => {
      const open = openOf(zone, rules, window)
      for (const [n, { startsAt, endsAt }] of open.entries()) {
        assert.ok(window.startsAt <= startsAt && startsAt < endsAt && endsAt <= window.endsAt)
        const next = open[n + 1]
        assert.ok(!next || endsAt < next.startsAt)
      }
    })
  })

  it('hold every moment at which the clock on the wall shows working time', () => {
    examine((zone, rules, window) => {
      const open = openOf(zone, rules, window)
      for (
        let moment = Math.ceil(window.startsAt / cellMs) * cellMs;
        moment < window.endsAt;
        moment += 3 * cellMs
      ) {
        const minute = minuteOfDay(moment, zone)
        const working = rules.some(
          ({ startMinute, endMinute }) => startMinute <= minute && minute < endMinute,
        )
        if (working) assert.ok(isIn(open, moment), `${wall(moment, zone)} is missing`)
      }
    })
  })

  it('hold no other moment, save in an hour that comes twice', () => {
    examine((zone, rules, window) => {
      for (const { startsAt, endsAt } of openOf(zone, rules, window)) {
        for (let moment = startsAt; moment < endsAt; moment += 3 * cellMs) {
          const minute = minuteOfDay(moment, zone)
          const working = rules.some(
            ({ startMinute, endMinute }) => startMinute <= minute && minute < endMinute,
          )
          assert.ok(working || comesTwice(moment, zone), `${wall(moment, zone)} is too much`)
        }
      }
    })
  })

  it('do not depend on the window through which they are seen', () => {
    examine((zone, rules, window) => {
      const wide = openOf(zone, rules, {
        startsAt: window.startsAt - 3 * dayMs,
        endsAt: window.endsAt + 3 * dayMs,
      })
      const seen = wide.flatMap(({ startsAt, endsAt }) => {
        const part = {
          startsAt: Math.max(startsAt, window.startsAt),
          endsAt: Math.min(endsAt, window.endsAt),
        }
        return part.startsAt < part.endsAt ? [part] : []
      })
      assert.deepEqual(openOf(zone, rules, window), seen)
    })
  })
})

/** The clock changes of ten years; of zones without any, an ordinary moment. */
function changesOf(zone: string): number[] {
  const changes: number[] = []
  let from: Temporal.ZonedDateTime | null = Temporal.ZonedDateTime.from(`2018-01-01T00:00[${zone}]`)
  for (;;) {
    from = from.getTimeZoneTransition('next')
    if (from === null || from.year > 2028) return changes.length > 0 ? changes : [1_780_000_000_000]
    changes.push(from.epochMilliseconds)
  }
}

function minuteOfDay(moment: number, zone: string): number {
  const { hour, minute } = Temporal.Instant.fromEpochMilliseconds(moment).toZonedDateTimeISO(zone)
  return hour * 60 + minute
}

function comesTwice(moment: number, zone: string): boolean {
  const zoned = Temporal.Instant.fromEpochMilliseconds(moment).toZonedDateTimeISO(zone)
  const [first, second] = (['earlier', 'later'] as const).map(
    (disambiguation) => zoned.toPlainDateTime().toZonedDateTime(zone, { disambiguation }).epochMilliseconds,
  )
  return first !== second
}

function isIn(intervals: Interval[], moment: number): boolean {
  return intervals.some(({ startsAt, endsAt }) => startsAt <= moment && moment < endsAt)
}
