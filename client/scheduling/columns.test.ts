import { deepEqual, equal } from 'node:assert/strict'
import { AppointmentId, OrganizationId, PatientId, PractitionerId } from '#shared/ids.ts'
import type { Appointment, AppointmentStatus } from '#shared/scheduling.ts'
import { dayMs, hourMs, minuteMs } from '#shared/time.ts'
import { agendaOf } from './agenda.ts'
import { columnAt, columnsOf, isFree, shownHours, sideBySide, startAt, type Schedule } from './columns.ts'
import { nextStop, stopsOf } from './cursor.ts'
import { aroundItself, freeDraft, newest } from './openings.ts'

const zone = 'Europe/Berlin'
/** Tuesday 24 November 2099, 00:00 in Berlin: openings.ts asks the device what time it is. */
const midnight = Date.UTC(2099, 10, 23, 23)
const day = '2099-11-24'
const at = (hour: number, minute = 0) => midnight + hour * hourMs + minute * minuteMs
const uuid = (n: number) => `01990000-0000-7000-8000-${String(n).padStart(12, '0')}`

const doctor = {
  id: PractitionerId.parse(uuid(1)),
  organizationId: OrganizationId.parse(uuid(2)),
  displayName: 'Dr. Okafor',
  specialty: 'General practice',
  zone,
}
const other = { ...doctor, id: PractitionerId.parse(uuid(3)), displayName: 'Dr. Weber' }

function visit(
  n: number,
  startsAt: number,
  minutes: number,
  status: AppointmentStatus = 'booked',
): Appointment {
  return {
    id: AppointmentId.parse(uuid(100 + n)),
    status,
    organizationId: doctor.organizationId,
    patient: { id: PatientId.parse(uuid(200 + n)), displayName: `Patient ${n}` },
    practitioner: { id: doctor.id, displayName: doctor.displayName },
    startsAt,
    endsAt: startsAt + minutes * minuteMs,
    zone,
    reason: 'Check-up',
    version: 1,
  }
}

function schedule(visits: Appointment[], hours: [number, number][] = [[9, 17]]): Schedule {
  return {
    zone,
    practitioners: [doctor, other],
    availability: hours.map(([from, to]) => ({
      practitionerId: doctor.id,
      startsAt: at(from),
      endsAt: at(to),
    })),
    appointments: visits,
  }
}

function column(visits: Appointment[], hours?: [number, number][]) {
  const [first] = columnsOf(schedule(visits, hours), [doctor], [day])
  if (!first) throw new Error('one doctor on one day is one column')
  return first
}

describe('The columns of the calendar', () => {
  it('hold what is booked with each doctor on each day, and nothing cancelled', () => {
    const visits = [visit(1, at(9), 30), visit(2, at(10), 30, 'cancelled'), visit(3, at(9) + dayMs, 20)]
    const columns = columnsOf(schedule(visits), [doctor, other], [day, '2099-11-25'])
    deepEqual(
      columns.map(({ practitioner, day: of, visits: held }) => [
        practitioner.displayName,
        of,
        held.map(({ id }) => id),
      ]),
      [
        ['Dr. Okafor', '2099-11-24', [visits[0]?.id]],
        ['Dr. Weber', '2099-11-24', []],
        ['Dr. Okafor', '2099-11-25', [visits[2]?.id]],
        ['Dr. Weber', '2099-11-25', []],
      ],
    )
    equal(columnAt(columns, doctor.id, at(23, 59))?.day, '2099-11-24')
    equal(columnAt(columns, doctor.id, at(24))?.day, '2099-11-25')
    equal(columnAt(columns, doctor.id, at(72)), undefined)
  })

  it('show a usual day, and more when somebody works early or late', () => {
    deepEqual(shownHours([column([])], zone), { from: 7 * 60, to: 19 * 60 })
    deepEqual(shownHours([column([visit(1, at(5, 40), 20), visit(2, at(20), 45)])], zone), {
      from: 4 * 60,
      to: 22 * 60,
    })
    deepEqual(shownHours([column([], [[0, 24]])], zone), { from: 0, to: 24 * 60 })
  })

  it('put visits that overlap beside each other, and neighbours above each other', () => {
    const lanes = (visits: Appointment[]) => sideBySide(visits).map(({ lane, lanes: of }) => `${lane}/${of}`)
    deepEqual(lanes([visit(1, at(9), 30), visit(2, at(9, 30), 30)]), ['0/1', '0/1'])
    deepEqual(lanes([visit(1, at(9), 60), visit(2, at(9, 15), 15), visit(3, at(9, 30), 15)]), [
      '0/2',
      '1/2',
      '1/2',
    ])
    deepEqual(
      lanes([visit(1, at(9), 60), visit(2, at(9), 30), visit(3, at(9, 15), 30), visit(4, at(11), 15)]),
      ['0/3', '1/3', '2/3', '0/1'],
    )
    deepEqual(lanes([]), [])
  })
})

describe('A free place in the calendar', () => {
  const busy = column([visit(1, at(10), 30)])
  const free = (from: number, to: number, options: { now?: number; except?: AppointmentId } = {}) =>
    isFree(busy, { startsAt: from, endsAt: to }, { now: at(8), ...options })

  it('lies within working hours, beside what is booked, and not in the past', () => {
    equal(free(at(9, 30), at(10)), true)
    equal(free(at(9, 45), at(10, 5)), false)
    equal(free(at(10, 30), at(10, 45)), true)
    equal(free(at(8, 30), at(9)), false)
    equal(free(at(16, 45), at(17, 15)), false)
    equal(free(at(9), at(9, 30), { now: at(9, 15) }), true)
    equal(free(at(9), at(9, 30), { now: at(9, 16) }), false)
  })

  it('may be the own place of the visit that is moved', () => {
    const own = busy.visits[0]
    equal(free(at(10, 15), at(10, 45), own ? { except: own.id } : {}), true)
    equal(free(at(10, 15), at(10, 45)), false)
  })

  it('is the quarter hour that was pointed at, or the five minutes where that is taken', () => {
    const odd = column([visit(1, at(9), 20)])
    equal(startAt(odd, at(11, 22), at(8)), at(11, 15))
    equal(startAt(odd, at(9, 27), at(8)), at(9, 25))
    equal(startAt(odd, at(9, 10), at(8)), null)
    equal(startAt(odd, at(18), at(8)), null)
    equal(startAt(odd, at(11, 22), at(12)), null)
  })

  it('is offered for a draft only when the whole length fits', () => {
    const draft = { patient: null, practitionerId: doctor.id, day, reason: '', startsAt: at(9, 45) }
    deepEqual(freeDraft([busy], { ...draft, minutes: 15 }), [at(9, 45)])
    deepEqual(freeDraft([busy], { ...draft, minutes: 20 }), [])
    deepEqual(freeDraft([busy], { ...draft, minutes: 15, practitionerId: null }), [])
  })

  it('can overlap the time that a moved visit gives up, but no other visit', () => {
    const first = visit(1, at(10), 30)
    const close = column([first, visit(2, at(10, 40), 20)])
    deepEqual(
      aroundItself([close], first, 30, null).map((start) => (start - at(10)) / minuteMs),
      [-25, -20, -15, -10, -5, 5, 10],
    )
    deepEqual(aroundItself([close], first, 60, null), [
      at(9, 5),
      at(9, 10),
      at(9, 15),
      at(9, 20),
      at(9, 25),
      at(9, 30),
      at(9, 35),
      at(9, 40),
    ])
    deepEqual(aroundItself([close], first, 30, at(12)).includes(at(12)), true)
  })

  it('does not hide that a visit was changed by somebody else', () => {
    const held = visit(1, at(10), 30)
    const changed = { ...held, version: 2, startsAt: at(11), endsAt: at(11, 30) }
    equal(newest(held, schedule([changed])), changed)
    equal(newest(changed, schedule([held])), changed)
    equal(newest(held, undefined), held)
  })
})

describe('The keyboard in the calendar', () => {
  const first = column([visit(1, at(9, 15), 30)], [[9, 11]])
  const second = { ...column([], [[10, 11]]), key: 'second' }
  const none = { ...column([], []), key: 'none' }
  const walk = [first, none, second].map((one) => ({ column: one, stops: stopsOf(one, at(8)) }))
  const clock = (time: number) =>
    `${Math.floor((time - midnight) / hourMs)}:${String(((time - midnight) / minuteMs) % 60).padStart(2, '0')}`

  it('stops at visits and at free quarter hours', () => {
    deepEqual(
      walk[0]?.stops.map((stop) => `${clock(stop.at)}${stop.visit ? ' visit' : ''}`),
      ['9:00', '9:15 visit', '9:45', '10:00', '10:15', '10:30', '10:45'],
    )
  })

  it('walks up and down, to the ends, and over to the same time beside', () => {
    const [start] = walk[0]?.stops ?? []
    if (!start) throw new Error('nine is free')
    const go = (...keys: string[]) => keys.reduce((from, key) => nextStop(walk, from, key) ?? from, start)
    equal(clock(go('ArrowDown').at), '9:15')
    equal(clock(go('ArrowDown', 'ArrowDown').at), '9:45')
    equal(clock(go('ArrowUp').at), '9:00')
    equal(clock(go('End').at), '10:45')
    equal(clock(go('End', 'Home').at), '9:00')
    deepEqual([go('ArrowRight').column, clock(go('ArrowRight').at)], ['second', '10:00'])
    equal(clock(go('End', 'ArrowRight').at), '10:45')
    equal(go('ArrowRight', 'ArrowLeft').column, first.key)
    equal(nextStop(walk, start, 'ArrowLeft'), null)
    equal(nextStop(walk, start, 'x'), null)
  })
})

describe("A doctor's day as a list", () => {
  const lines = (visits: Appointment[], now: number, hours?: [number, number][]) =>
    agendaOf(column(visits, hours), now).map((item) =>
      item.kind === 'visit'
        ? `visit ${(item.visit.startsAt - midnight) / minuteMs}`
        : `free ${(item.interval.startsAt - midnight) / minuteMs}-${(item.interval.endsAt - midnight) / minuteMs}`,
    )

  it('tells visits and the free time between them', () => {
    deepEqual(lines([visit(1, at(9), 30), visit(2, at(10), 20)], at(8), [[9, 12]]), [
      'visit 540',
      'free 570-600',
      'visit 600',
      'free 620-720',
    ])
  })

  it('offers no time that is over, and no breaks', () => {
    deepEqual(
      lines([visit(1, at(9), 30)], at(11, 33), [
        [9, 12],
        [13, 14],
      ]),
      ['visit 540', 'free 690-720', 'free 780-840'],
    )
    deepEqual(lines([], at(15), [[9, 12]]), [])
  })

  it('keeps visits outside working hours', () => {
    deepEqual(lines([visit(1, at(8), 30), visit(2, at(11, 45), 30)], at(7), [[9, 12]]), [
      'visit 480',
      'free 540-705',
      'visit 705',
    ])
  })
})
