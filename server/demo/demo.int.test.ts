import assert from 'node:assert/strict'
import { join } from 'node:path'
import { Temporal } from 'temporal-polyfill'
import { readInfo, signIn } from '#shared/identity.ts'
import { listEarlierPictures, listPatientPictures } from '#shared/imaging-series.ts'
import { openLink, readClinic, verifyLink } from '#shared/consult.ts'
import { readNote, readPatientContext, vitals } from '#shared/records.ts'
import { bookAppointment, findSlots, readSchedule } from '#shared/scheduling.ts'
import { dayMs, hourMs, minuteMs } from '#shared/time.ts'
import { createServer } from '#server/compose.ts'
import type { RunningServer } from '#server/compose.ts'
import { parseConfig } from '#server/config.ts'
import { snapshotEntity, snapshotVariantEntity } from '#server/records/picture.entity.ts'
import type { SnapshotRow } from '#server/records/picture.entity.ts'
import { Client } from '#test/support/client.ts'
import { aKey } from '#test/support/builders.ts'
import { sharedMariadb } from '#test/support/mariadb.ts'
import { tempFolder } from '#test/support/temp.ts'
import { TestClock } from '#test/support/test-clock.ts'
import { waitFor } from '#test/support/wait-for.ts'

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone

for (const engine of ['sqlite', 'mariadb'] as const) {
  describe(`the demo clinic on ${engine}`, function () {
    this.timeout(60_000)
    let settings: Record<string, string>
    let clock: TestClock
    let server: RunningServer

    before(async () => {
      settings = {
        NODE_ENV: 'test',
        PORT: '0',
        BEDSIDE_DEMO: '1',
        DATA_DIR: join(await tempFolder('demo'), 'data'),
        BEDSIDE_SECRET: 'b3X9wq7LrT2uVn5Zk8PmJd4HsFy6CgEaNiQoRtUv',
        LOG_LEVEL: 'error',
        ...(engine === 'mariadb'
          ? { DATABASE_URL: await (await sharedMariadb()).createDatabase('demo') }
          : {}),
      }
      clock = new TestClock()
      server = await start()
    })
    after(() => server.close())

    const start = () => createServer(parseConfig(settings), { clock, clientDir: null, sfus: new Map() })
    const restart = async () => {
      await server.close()
      server = await start()
    }
    const info = async () => {
      const { demo } = await new Client(server.url).call(readInfo)
      assert.ok(demo)
      return demo
    }
    const enter = async (role: string, nth = 0) => {
      const account = (await info()).accounts.filter((account) => account.role === role)[nth]
      assert.ok(account)
      const client = new Client(server.url)
      const me = await client.call(signIn, { body: { email: account.email, password: account.password } })
      return { client, me }
    }
    /** Who has a visit with this patient today. */
    const doctorOf = async (patientName: string) => {
      for (let nth = 0; ; nth++) {
        const { client } = await enter('practitioner', nth)
        const { visits } = await client.call(readClinic)
        const theirs = visits.find((visit) => visit.patientName === patientName)
        if (theirs) return { client, patientId: theirs.patientId }
      }
    }
    const today = () => {
      const midnight = Temporal.Instant.fromEpochMilliseconds(clock.now())
        .toZonedDateTimeISO(zone)
        .startOfDay()
      return { from: midnight.epochMilliseconds, to: midnight.add({ days: 1 }).epochMilliseconds }
    }

    it('lets everyone in whom its sign-in page names', async () => {
      const { accounts } = await info()
      assert.deepEqual(new Set(accounts.map(({ role }) => role)).size, 4)
      for (const { email, password, displayName, role } of accounts) {
        const me = await new Client(server.url).call(signIn, { body: { email, password } })
        assert.deepEqual([me.displayName, me.role], [displayName, role])
      }
    })

    it('has a patient’s link that opens right now, also hours later and after a restart at night', async () => {
      for (const later of [0, 3 * hourMs, 7 * hourMs, 11 * hourMs, 17 * hourMs]) {
        clock.advance(later)
        if (later > 0) await restart()
        const { joinPath, joinBirthDate } = await info()
        assert.ok(joinPath && joinBirthDate)
        const patient = new Client(server.url)
        const token = joinPath.replace('/join/', '')
        const { startsAt } = await patient.call(openLink, { body: { token } })
        assert.ok(Math.abs(startsAt - clock.now()) <= 30 * minuteMs)
        await patient.call(verifyLink, { body: { token, birthDate: joinBirthDate } })
      }
    })

    it('has one such link for all who come to its sign-in page at once', async () => {
      clock.advance(2 * hourMs)
      const paths = (await Promise.all(Array.from({ length: 6 }, info))).map(({ joinPath }) => joinPath)
      assert.ok(paths[0])
      assert.deepEqual(new Set(paths).size, 1)
    })

    it('has a day of visits for each doctor on whichever day it is started', async () => {
      for (const later of [dayMs, 3 * dayMs]) {
        clock.advance(later)
        await restart()
        const { client } = await enter('scheduler')
        const { practitioners, appointments } = await client.call(readSchedule, { query: today() })
        assert.ok(practitioners.length >= 3)
        for (const { id } of practitioners) {
          const visits = appointments.filter(({ practitioner }) => practitioner.id === id)
          assert.ok(visits.length >= 3, `${visits.length} visits`)
          assert.ok(visits.some(({ status, startsAt }) => status === 'booked' && Math.abs(startsAt - clock.now()) <= 30 * minuteMs)) // prettier-ignore
          assert.deepEqual(
            visits.filter(({ status, endsAt }) => status === 'booked' && endsAt < clock.now() - hourMs),
            [],
          )
        }
      }
    })

    it('can be booked within the next hours at any time of day', async () => {
      const { client } = await enter('scheduler')
      const now = clock.now()
      const { practitioners, appointments } = await client.call(readSchedule, { query: today() })
      const [practitioner, visit] = [practitioners[0], appointments[0]]
      assert.ok(practitioner && visit)
      const query = { practitionerId: practitioner.id, from: now, to: now + 4 * hourMs, minutes: 15 }
      const [startsAt = 0] = (await client.call(findSlots, { query })).slots
      const body = { practitionerId: practitioner.id, patientId: visit.patient.id, startsAt, minutes: 15, reason: 'Trial', idempotencyKey: aKey() } // prettier-ignore
      assert.equal((await client.call(bookAppointment, { body })).startsAt, startsAt)
    })

    it('has charts that fit: pressure comes down under treatment, and notes are signed and sealed', async () => {
      const { me } = await enter('patient')
      const { client } = await enter('practitioner')
      const due = (await client.call(readClinic)).visits.find(
        ({ patientName }) => patientName === me.displayName,
      )
      assert.ok(due)
      const chart = await client.call(readPatientContext, { params: { patientId: due.patientId } })
      assert.ok(chart.conditions.length > 0 && chart.medications.length > 0 && chart.allergies.length > 0)
      const pressure = chart.vitals.find(({ code }) => code.code === vitals.bloodPressure.code)
      assert.ok(pressure && pressure.series.length >= 30)
      const systolic = pressure.series.map(({ components }) => components[0]?.value ?? 0)
      const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
      assert.ok(mean(systolic.slice(0, 5)) > mean(systolic.slice(-5)) + 10)
      assert.ok(chart.visits.length >= 3)
      for (const { encounterId, signed, assessment } of chart.visits) {
        assert.ok(signed && assessment)
        const note = await client.call(readNote, { params: { encounterId } })
        assert.ok(note.content.objective.includes('BP') && note.signature)
      }
    })

    for (const [language, patient] of [
      ['an English', 'patient@'],
      ['a Chinese', 'patient.zhang@'],
    ] as const)
      it(`has ${language} patient whose newest picture can be laid beside earlier ones of the same place`, async () => {
        const { accounts } = await info()
        const member = accounts.find(({ email }) => email.startsWith(patient))
        assert.ok(member)
        const { client, patientId } = await doctorOf(member.displayName)
        const body = { code: 'lowerLeg', laterality: 'left' } as const
        const { pictures } = await client.call(listPatientPictures, { params: { patientId }, body })
        const visits = new Set(pictures.map(({ visit }) => visit?.encounterId))
        assert.deepEqual([pictures.length, visits.size], [3, 3])
        const [newest] = pictures
        assert.ok(newest)
        const params = { snapshotId: newest.picture.id }
        const earlier = await client.call(listEarlierPictures, { params, query: { site: 'same' } })
        assert.deepEqual(
          earlier.pictures.map(({ picture }) => picture.id),
          pictures.slice(1).map(({ picture }) => picture.id),
        )
        assert.ok(earlier.pictures.every(({ picture }) => picture.takenAt < newest.picture.takenAt))
      })

    it('has the earlier pictures once when servers start at once, and goes on where one was stopped', async () => {
      const pictures = ({ house: { db } }: RunningServer) =>
        db.read(async (tx) => {
          const all = await tx.manager.find(snapshotEntity, { order: { takenAt: 'ASC' } })
          return [...Map.groupBy(all, ({ patientId }) => patientId)]
        })
      await waitFor('nothing is at work on a picture', async () =>
        (await pictures(server)).every(([, theirs]) => theirs.every(({ state }) => state !== 'processing')),
      )
      const [one, other] = await pictures(server)
      assert.ok(one && other)
      const kept = other[1][0]
      assert.ok(kept)
      await server.house.db.write(async ({ manager }) => {
        for (const { id } of [...one[1], ...other[1].slice(1)]) {
          await manager.delete(snapshotVariantEntity, { snapshotId: id })
          await manager.delete(snapshotEntity, { id })
        }
        await manager.update(snapshotEntity, { id: kept.id }, { siteCode: null, siteLaterality: null })
      })
      await server.close()
      const [first, ...others] = await Promise.all(
        engine === 'mariadb' ? [start(), start(), start()] : [start()],
      )
      server = first
      await Promise.all(others.map((other) => other.close()))

      const now = new Map(await pictures(server))
      const visitsOf = (theirs: SnapshotRow[] = []) =>
        theirs.map(({ encounterId, siteCode, siteLaterality }) => ({ encounterId, siteCode, siteLaterality }))
      assert.deepEqual(visitsOf(now.get(other[0])), visitsOf(other[1]))
      assert.equal(now.get(other[0])?.[0]?.id, kept.id)
      const again = visitsOf(now.get(one[0]))
      assert.deepEqual([again.length, new Set(again.map(({ encounterId }) => encounterId)).size], [3, 3])
      assert.ok(again.every(({ siteCode }) => siteCode === 'lowerLeg'))
    })

    it('is never made on top of somebody’s real clinic', async function () {
      if (engine === 'mariadb') return
      const own = { ...settings, DATA_DIR: join(await tempFolder('own'), 'data') }
      const real = await createServer(parseConfig({ ...own, BEDSIDE_DEMO: '0' }), { clock, clientDir: null, sfus: new Map() }) // prettier-ignore
      const { identity, log } = real.house
      await identity.addOrganization(
        { requestId: 'test', actor: { kind: 'system', name: 'test' }, ip: '', log },
        { name: 'A real clinic', kind: 'clinic', parentId: null, zone, telecom: null, address: null },
      )
      await real.close()
      await assert.rejects(
        createServer(parseConfig(own), { clock, clientDir: null, sfus: new Map() }),
        /real clinic/,
      )
    })
  })
}
