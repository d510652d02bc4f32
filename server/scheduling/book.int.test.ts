import assert from 'node:assert/strict'
import type { PatientId, PractitionerId } from '#shared/ids.ts'
import {
  bookAppointment,
  cancelAppointment,
  listMyAppointments,
  readAppointment,
  readSchedule,
  rescheduleAppointment,
} from '#shared/scheduling.ts'
import { dayMs, minuteMs } from '#shared/time.ts'
import { systemContext } from '#server/platform/context.ts'
import {
  aBookedVisit,
  aBooking,
  aKey,
  aPatient,
  freeTimes,
  practitionerIdOf,
} from '#test/support/builders.ts'
import type { Client } from '#test/support/client.ts'
import { startWorld, password } from '#test/support/world.ts'
import type { World } from '#test/support/world.ts'
import { appointmentEntity } from './appointment.entity.ts'
import { bookingCellEntity } from './schedule.entity.ts'

for (const { engine, servers } of [
  { engine: 'sqlite', servers: 1 },
  { engine: 'mariadb', servers: 2 },
] as const) {
  describe(`booking on ${engine}, ${servers === 1 ? 'one server' : 'two servers'}`, function () {
    this.timeout(60_000)
    let world: World
    let desks: Client[]
    let desk: Client
    let doctor: PractitionerId
    let patientId: PatientId

    before(async () => {
      world = await startWorld({ engine, servers })
      desks = await Promise.all(world.servers.map((_, n) => world.signIn('scheduler', n)))
      desk = desks[0] ?? world.stranger()
      doctor = practitionerIdOf(world.people.doctor)
      patientId = (await aPatient(desk)).id
    })
    after(() => world.close())

    const rowsOf = (startsAt: number) =>
      world.house.db.read(async (tx) => ({
        appointments: await tx.manager.countBy(appointmentEntity, { startsAt }),
        cells: await tx.manager.countBy(bookingCellEntity, { cellStart: startsAt }),
      }))
    const visit = (startsAt?: number) =>
      aBooking(desk, { patientId, practitionerId: doctor, ...(startsAt ? { startsAt } : {}) })

    it('does not let two of twenty patients take the same half hour, and tells the others what is free', async () => {
      // While the doctor works, the first offer is "now": what follows such a visit begins off the quarter hours.
      const offers = (await freeTimes(desk, doctor)).filter((at) => at % (15 * minuteMs) === 0)
      const [startsAt = 0, ...later] = offers
      const body = await visit(startsAt)
      const attempts = await Promise.all(
        Array.from({ length: 20 }, (_, n) =>
          (desks[n % desks.length] ?? desk)
            .send(bookAppointment, { body: { ...body, idempotencyKey: aKey() } })
            .then(async (response) => ({
              status: response.status,
              reply: (await response.json()) as unknown,
            })),
        ),
      )
      const statuses = attempts.map(({ status }) => status).sort()
      assert.deepEqual(statuses, [201, ...Array.from({ length: 19 }, () => 409)])
      for (const { reply } of attempts.filter(({ status }) => status === 409)) {
        const { code, params } = reply as { code: string; params: { nextFree: number[] } }
        assert.equal(code, 'slot_taken')
        assert.deepEqual(params.nextFree, later.filter((at) => at >= startsAt + 30 * minuteMs).slice(0, 5))
      }
      assert.deepEqual(await rowsOf(startsAt), { appointments: 1, cells: 1 })
      assert.equal((await world.house.audit.verify()).broken, null)
    })

    it('does not let visits overlap, but lets them touch', async () => {
      const [startsAt = 0] = (await freeTimes(desk, doctor, { minutes: 120 })).filter(
        (at) => at % dayMs !== 0,
      )
      await desk.call(bookAppointment, { body: await visit(startsAt + 30 * minuteMs) })
      const overlapping = await desk.refusal(bookAppointment, { body: await visit(startsAt + 35 * minuteMs) })
      assert.equal(overlapping.code, 'slot_taken')
      for (const touching of [startsAt, startsAt + 60 * minuteMs])
        await desk.call(bookAppointment, { body: await visit(touching) })
      assert.deepEqual(await rowsOf(startsAt + 35 * minuteMs), { appointments: 0, cells: 1 })
    })

    it('makes one visit of a request that is sent again, at once or later', async () => {
      const body = await visit()
      const replies = await Promise.all(
        Array.from({ length: 6 }, (_, n) =>
          (desks[n % desks.length] ?? desk).call(bookAppointment, { body }),
        ),
      )
      const again = await desk.call(bookAppointment, { body })
      assert.deepEqual([...new Set(replies.map(({ id }) => id))], [again.id])
      assert.deepEqual((await rowsOf(body.startsAt)).appointments, 1)
      const other = { ...body, startsAt: body.startsAt + dayMs }
      assert.equal((await desk.refusal(bookAppointment, { body: other })).code, 'conflict')
    })

    it('refuses a time at which the doctor does not work, and names times at which they do', async () => {
      const [free = 0] = await freeTimes(desk, doctor)
      const midnight = free - (free % dayMs) + 23 * 60 * minuteMs
      const { code, params } = await desk.refusal(bookAppointment, { body: await visit(midnight) })
      assert.equal(code, 'outside_availability')
      const { startsAt } = await desk.call(bookAppointment, {
        body: await visit((params?.['nextFree'] as number[])[0]),
      })
      assert.ok(startsAt > midnight)
    })

    it('refuses a time that is over', async () => {
      const [free = 0] = await freeTimes(desk, doctor)
      const past = await desk.refusal(bookAppointment, { body: await visit(free - 28 * dayMs) })
      assert.equal(past.code, 'outside_availability')
    })

    it('gives the time of a cancelled visit to the next one', async () => {
      const booked = await aBookedVisit(world, desk, { patientId })
      const { id: appointmentId, version, startsAt } = booked
      const cancelled = await desk.call(cancelAppointment, {
        params: { appointmentId },
        body: { version, reason: 'is ill' },
      })
      assert.equal(cancelled.status, 'cancelled')
      assert.deepEqual((await rowsOf(startsAt)).cells, 0)
      await desk.call(bookAppointment, { body: await visit(startsAt) })
      const twice = { params: { appointmentId }, body: { version: cancelled.version, reason: '' } }
      assert.equal((await desk.refusal(cancelAppointment, twice)).code, 'conflict')
    })

    it('moves a visit as a whole: the old time becomes free only when the new one is taken', async () => {
      const [kept, moved] = [
        await aBookedVisit(world, desk, { patientId }),
        await aBookedVisit(world, desk, { patientId }),
      ]
      const move = (startsAt: number, version: number) => ({
        params: { appointmentId: moved.id },
        body: { version, startsAt, minutes: 30 },
      })
      const clash = await desk.refusal(rescheduleAppointment, move(kept.startsAt, moved.version))
      assert.equal(clash.code, 'slot_taken')
      assert.deepEqual(await rowsOf(moved.startsAt), { appointments: 1, cells: 1 })

      const [free = 0] = await freeTimes(desk, doctor)
      const after = await desk.call(rescheduleAppointment, move(free, moved.version))
      assert.deepEqual([after.startsAt, after.version], [free, moved.version + 1])
      assert.deepEqual(await rowsOf(moved.startsAt), { appointments: 0, cells: 0 })
      const late = await desk.refusal(rescheduleAppointment, move(free, moved.version))
      assert.deepEqual([late.code, late.params], ['stale_version', { version: moved.version + 1 }])
    })

    it('moves a visit by less than its length, over its own time', async () => {
      const [startsAt = 0] = await freeTimes(desk, doctor, { minutes: 60 })
      const { id: appointmentId, version } = await desk.call(bookAppointment, { body: await visit(startsAt) })
      const later = { version, startsAt: startsAt + 10 * minuteMs, minutes: 30 }
      const moved = await desk.call(rescheduleAppointment, { params: { appointmentId }, body: later })
      assert.equal(moved.startsAt, startsAt + 10 * minuteMs)
    })

    it('shows the calendar of the week with hours, visits and names', async () => {
      const booked = await aBookedVisit(world, desk)
      const query = { from: booked.startsAt - dayMs, to: booked.startsAt + dayMs }
      const { zone, practitioners, availability, appointments } = await desk.call(readSchedule, { query })
      assert.equal(zone, 'Europe/Berlin')
      assert.deepEqual(practitioners.map(({ id }) => id), [doctor]) // prettier-ignore
      assert.ok(
        availability.some(({ startsAt, endsAt }) => startsAt <= booked.startsAt && booked.endsAt <= endsAt),
      )
      assert.deepEqual(
        appointments.find(({ id }) => id === booked.id),
        booked,
      )
      const wide = { from: query.from, to: query.from + 9 * dayMs }
      assert.equal((await desk.refusal(readSchedule, { query: wide })).code, 'invalid_request')
    })
  })
}

describe('who may see and book visits', function () {
  this.timeout(60_000)
  let world: World
  let desk: Client

  before(async () => {
    world = await startWorld()
    desk = await world.signIn('scheduler')
  })
  after(() => world.close())

  it('is nobody who is not signed in', async () => {
    const booked = await aBookedVisit(world, desk)
    const stranger = world.stranger()
    const params = { appointmentId: booked.id }
    const tries = [
      stranger.refusal(readAppointment, { params }),
      stranger.refusal(readSchedule, { query: { from: 0, to: 1 } }),
      stranger.refusal(bookAppointment, {
        body: await aBooking(desk, { patientId: booked.patient.id, practitionerId: booked.practitioner.id }),
      }),
      stranger.refusal(cancelAppointment, { params, body: { version: 1, reason: '' } }),
      stranger.refusal(rescheduleAppointment, { params, body: { version: 1, startsAt: 0, minutes: 30 } }),
      stranger.refusal(listMyAppointments),
    ]
    for (const refused of await Promise.all(tries)) assert.equal(refused.code, 'unauthenticated')
  })

  it('is not the scheduler or the doctor of another clinic: to them the visit does not exist', async () => {
    const booked = await aBookedVisit(world, desk)
    const { identity, log } = world.house
    await identity.addPerson(systemContext('test', log), {
      role: 'scheduler',
      displayName: 'Fay Far',
      email: 'far@example.org',
      password,
      organizationId: world.otherClinic.id,
    })
    const params = { appointmentId: booked.id }
    for (const foreign of [
      await world.signIn({ email: 'far@example.org' }),
      await world.signIn('otherDoctor'),
    ]) {
      const body = await aBooking(desk, {
        patientId: booked.patient.id,
        practitionerId: booked.practitioner.id,
      })
      const tries = [
        foreign.refusal(readAppointment, { params }),
        foreign.refusal(bookAppointment, { body }),
        foreign.refusal(cancelAppointment, { params, body: { version: 1, reason: '' } }),
        foreign.refusal(rescheduleAppointment, {
          params,
          body: { version: 1, startsAt: booked.startsAt, minutes: 30 },
        }),
      ]
      for (const refused of await Promise.all(tries)) assert.equal(refused.code, 'not_found')
    }
  })

  it('is not the administrator, who runs the clinic and treats nobody', async () => {
    const booked = await aBookedVisit(world, desk)
    const administrator = await world.signIn('administrator')
    const refused = await administrator.refusal(readAppointment, { params: { appointmentId: booked.id } })
    assert.equal(refused.code, 'not_found')
  })

  it('is the patient for their own visits and for no others', async () => {
    const [mine, other] = [await aBookedVisit(world, desk), await aBookedVisit(world, desk)]
    const { identity, log } = world.house
    await identity.addPerson(systemContext('test', log), {
      role: 'patient',
      displayName: 'Erika Muster',
      email: 'erika@example.org',
      password,
      organizationId: world.hospital.id,
      patientId: mine.patient.id,
    })
    const patient = await world.signIn({ email: 'erika@example.org' })
    const { upcoming, past } = await patient.call(listMyAppointments)
    assert.deepEqual([upcoming, past], [[mine], []])
    assert.deepEqual(await patient.call(readAppointment, { params: { appointmentId: mine.id } }), mine)
    const refused = await patient.refusal(readAppointment, { params: { appointmentId: other.id } })
    assert.equal(refused.code, 'not_found')
    const cancelled = await patient.call(cancelAppointment, {
      params: { appointmentId: mine.id },
      body: { version: mine.version, reason: '' },
    })
    assert.equal(cancelled.status, 'cancelled')
  })
})

describe('a visit gives its doctor access to the chart', function () {
  this.timeout(60_000)

  it('from sixty days before it to a year after it', async () => {
    const world = await startWorld()
    try {
      const { patient, practitioner, startsAt } = await aBookedVisit(world, await world.signIn('scheduler'))
      const { db, scheduling } = world.house
      const treatsAt = (moment: number) => {
        world.clock.advance(moment - world.clock.now())
        return db.read((tx) => scheduling.hasCareRelationship(tx, practitioner.id, patient.id))
      }
      assert.equal(await treatsAt(startsAt - 61 * dayMs), false)
      assert.equal(await treatsAt(startsAt - 59 * dayMs), true)
      assert.equal(await treatsAt(startsAt + 364 * dayMs), true)
      assert.equal(await treatsAt(startsAt + 366 * dayMs), false)
    } finally {
      await world.close()
    }
  })
})
