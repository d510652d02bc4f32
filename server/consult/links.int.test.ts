import assert from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'
import { issueConsultTicket, openLink, readJoinLink, revokeJoinLink, verifyLink } from '#shared/consult.ts'
import { readSession } from '#shared/identity.ts'
import { cancelAppointment, readAppointment } from '#shared/scheduling.ts'
import { minuteMs } from '#shared/time.ts'
import { systemContext } from '#server/platform/context.ts'
import { aBookedVisit, aPatient } from '#test/support/builders.ts'
import { aComingVisit, tokenOf } from '#test/support/consults.ts'
import { waitFor } from '#test/support/wait-for.ts'
import { password, startWorld } from '#test/support/world.ts'
import type { World } from '#test/support/world.ts'
import { consultEntity, joinLinkEntity } from './consult.entity.ts'

for (const engine of ['sqlite', 'mariadb'] as const) {
  describe(`a join link on ${engine}`, function () {
    this.timeout(60_000)
    let world: World

    before(async () => {
      world = await startWorld({ engine })
    })
    after(() => world.close())
    // Wrong guesses and many browsers of one address are what is tried here.
    beforeEach(() => world.clock.advance(minuteMs))

    it('lets the patient in after the birth date, and tells a stranger nothing about the patient', async () => {
      const { token, patient, appointment } = await aComingVisit(world)
      const browser = world.stranger()
      const opened = await browser.call(openLink, { body: { token } })
      assert.equal(opened.practitionerName, appointment.practitioner.displayName)
      assert.equal(opened.verified, false)
      assert.equal(opened.consultId, null)
      assert.ok(!JSON.stringify(opened).includes(patient.displayName))

      const { consultId, displayName } = await browser.call(verifyLink, {
        body: { token, birthDate: patient.birthDate },
      })
      assert.equal(displayName, patient.displayName)
      const me = await browser.call(readSession)
      assert.equal(me.patientId, patient.id)
      const again = await browser.call(openLink, { body: { token } })
      assert.deepEqual([again.verified, again.consultId], [true, consultId])
    })

    it('is the same link each time it is asked for, whoever asks first', async () => {
      const desk = await world.signIn('scheduler')
      const { id: appointmentId } = await aBookedVisit(world, desk)
      const links = await Promise.all(
        Array.from({ length: 5 }, () => desk.call(readJoinLink, { params: { appointmentId } })),
      )
      assert.equal(new Set(links.map(({ url }) => url)).size, 1)
      const doctor = await world.signIn('doctor')
      const theirs = await doctor.call(readJoinLink, { params: { appointmentId } })
      assert.equal(theirs.url, links[0]?.url)
      const stored = await world.house.db.read((tx) => tx.manager.findBy(joinLinkEntity, { appointmentId }))
      assert.ok(!JSON.stringify(stored).includes(tokenOf(theirs.url)))
    })

    it('is handed out at the desk of the hospital too, which books for all its clinics', async () => {
      const { id: appointmentId } = await aBookedVisit(world, await world.signIn('scheduler'))
      const desk = await world.house.identity.addPerson(systemContext('test', world.house.log), {
        role: 'scheduler',
        displayName: 'Hanna Hospitaldesk',
        email: `hanna-${engine}@example.org`,
        password,
        organizationId: world.hospital.id,
      })
      const client = await world.signIn(desk)
      const params = { appointmentId }
      assert.equal((await client.call(readAppointment, { params })).id, appointmentId)
      assert.ok((await client.call(readJoinLink, { params })).url)
      await client.call(revokeJoinLink, { params })
    })

    it('is not handed to another doctor, to the administrator, or to nobody in particular', async () => {
      const desk = await world.signIn('scheduler')
      const { id: appointmentId } = await aBookedVisit(world, desk)
      for (const who of ['otherDoctor', 'administrator'] as const) {
        const stranger = await world.signIn(who)
        assert.equal((await stranger.refusal(readJoinLink, { params: { appointmentId } })).code, 'not_found')
      }
      const nobody = await world.stranger().refusal(readJoinLink, { params: { appointmentId } })
      assert.equal(nobody.code, 'unauthenticated')
    })

    it('does not open before its time, nor after it', async () => {
      const desk = await world.signIn('scheduler')
      const appointment = await aBookedVisit(world, desk)
      const link = await desk.call(readJoinLink, { params: { appointmentId: appointment.id } })
      const token = tokenOf(link.url)
      assert.equal(link.opensAt, appointment.startsAt - 30 * minuteMs)
      const early = await world.stranger().refusal(openLink, { body: { token } })
      assert.deepEqual([early.code, early.params?.['opensAt']], ['link_too_early', link.opensAt])
      const eager = await world.stranger().refusal(verifyLink, { body: { token, birthDate: '1961-08-12' } })
      assert.equal(eager.code, 'link_too_early')

      world.clock.advance(link.expiresAt - world.clock.now() + 1)
      assert.equal((await world.stranger().refusal(openLink, { body: { token } })).code, 'link_expired')
    })

    it('stays with the first device, and the refusal is in the audit trail', async () => {
      const { token, patient } = await aComingVisit(world)
      const body = { token, birthDate: patient.birthDate }
      const attempts = await Promise.all(
        Array.from({ length: 6 }, () => world.stranger().send(verifyLink, { body })),
      )
      const statuses = attempts.map(({ status }) => status).sort()
      assert.deepEqual(statuses, [200, 409, 409, 409, 409, 409])
      const other = world.stranger()
      assert.equal((await other.refusal(openLink, { body: { token } })).code, 'link_on_other_device')
      const refused = await world.house.audit.search({ patientId: patient.id, limit: 50 })
      assert.ok(refused.some((row) => row.action === 'join_link.open' && row.outcome === 'refused'))
      assert.equal(
        refused.filter((row) => row.action === 'join_link.verify' && row.outcome === 'refused').length,
        5,
      )
    })

    it('is of no use after it was replaced, and whoever came by it is sent away', async () => {
      const { token, patient, appointment } = await aComingVisit(world)
      const browser = world.stranger()
      const { consultId } = await browser.call(verifyLink, { body: { token, birthDate: patient.birthDate } })
      const desk = await world.signIn('scheduler')
      const params = { appointmentId: appointment.id }
      await desk.call(revokeJoinLink, { params })
      assert.equal((await browser.refusal(openLink, { body: { token } })).code, 'link_revoked')
      const ticket = await browser.refusal(issueConsultTicket, { params: { consultId } })
      assert.equal(ticket.code, 'unauthenticated')

      const renewed = tokenOf((await desk.call(readJoinLink, { params })).url)
      assert.notEqual(renewed, token)
      const otherDevice = world.stranger()
      const back = await otherDevice.call(verifyLink, {
        body: { token: renewed, birthDate: patient.birthDate },
      })
      assert.equal(back.consultId, consultId)
    })

    if (engine === 'mariadb')
      it('is of no use to who gives the birth date in the moment in which it is replaced', async () => {
        const { token, patient, appointment } = await aComingVisit(world)
        const { db } = world.house
        const desk = await world.signIn('scheduler')
        const browser = world.stranger()
        const othersWait = (count: number) =>
          waitFor(`${count} requests wait for a row`, async () => {
            // InnoDB renews this view only when nobody has read it for a tenth of a second.
            await pause(150)
            const waiting: unknown[] = await db.read((tx) =>
              tx.manager.query(
                "SELECT trx_id FROM information_schema.innodb_trx WHERE trx_state = 'LOCK WAIT'",
              ),
            )
            return waiting.length === count
          })
        const verified = Promise.withResolvers<unknown>()
        const revoked = Promise.withResolvers<unknown>()
        await db.write(async (tx) => {
          // The last row that each of them locks: the first has the link, the second waits for that.
          await tx.manager.query('SELECT * FROM audit_head WHERE id = 1 FOR UPDATE')
          verified.resolve(browser.call(verifyLink, { body: { token, birthDate: patient.birthDate } }))
          await othersWait(1)
          revoked.resolve(desk.call(revokeJoinLink, { params: { appointmentId: appointment.id } }))
          await othersWait(2)
        })
        await Promise.all([verified.promise, revoked.promise])
        assert.equal((await browser.refusal(readSession)).code, 'unauthenticated')
      })

    it('says so when the visit was cancelled', async () => {
      const { token, patient, appointment } = await aComingVisit(world)
      const desk = await world.signIn('scheduler')
      await desk.call(cancelAppointment, {
        params: { appointmentId: appointment.id },
        body: { version: appointment.version, reason: '' },
      })
      const browser = world.stranger()
      assert.equal((await browser.refusal(openLink, { body: { token } })).code, 'appointment_cancelled')
      const refused = await browser.refusal(verifyLink, { body: { token, birthDate: patient.birthDate } })
      assert.equal(refused.code, 'appointment_cancelled')
      const link = await desk.refusal(readJoinLink, { params: { appointmentId: appointment.id } })
      assert.equal(link.code, 'appointment_cancelled')
    })

    it('is locked after five wrong birth dates, also against who then knows the right one', async () => {
      const { token, patient } = await aComingVisit(world)
      const browser = world.stranger()
      const guess = (birthDate: string) => browser.refusal(verifyLink, { body: { token, birthDate } })
      const guesses = await Promise.all(
        ['1961-08-01', '1961-08-02', '1961-08-03', '1961-08-04', '1961-08-05'].map(guess),
      )
      assert.ok(guesses.every(({ code }) => code === 'wrong_birth_date'))
      const locked = await guess(patient.birthDate)
      assert.equal(locked.code, 'rate_limited')
      world.clock.advance(15 * minuteMs)
      await browser.call(verifyLink, { body: { token, birthDate: patient.birthDate } })
    })

    it('makes one consult, however many ask at once', async () => {
      const { appointment, patient } = await aComingVisit(world)
      const desk = await world.signIn('scheduler')
      for (let round = 0; round < 3; round++) {
        const params = { appointmentId: appointment.id }
        const token = tokenOf((await desk.call(readJoinLink, { params })).url)
        const body = { token, birthDate: patient.birthDate }
        await Promise.all(Array.from({ length: 4 }, () => world.stranger().send(verifyLink, { body })))
        await desk.call(revokeJoinLink, { params })
      }
      const rows = await world.house.db.read((tx) =>
        tx.manager.countBy(consultEntity, { appointmentId: appointment.id }),
      )
      assert.equal(rows, 1)
    })

    it('answers an unknown token like any other thing that is not there, and keeps tokens out of the log', async () => {
      const token = 'A'.repeat(43)
      assert.equal((await world.stranger().refusal(openLink, { body: { token } })).code, 'not_found')
      const visit = await aComingVisit(world)
      await world.stranger().call(openLink, { body: { token: visit.token } })
      const told = world.log.filter(
        (line) => line.includes(visit.token) || line.includes(visit.patient.birthDate),
      )
      assert.deepEqual(told, [])
    })

    it('does not prove anything about another patient with the same birth date', async () => {
      const desk = await world.signIn('scheduler')
      const twin = await aPatient(desk, { given: 'Zwilling' })
      const visit = await aComingVisit(world)
      const browser = world.stranger()
      const { consultId } = await browser.call(verifyLink, {
        body: { token: visit.token, birthDate: twin.birthDate },
      })
      const other = await aComingVisit(world)
      const theirs = await world
        .stranger()
        .call(verifyLink, { body: { token: other.token, birthDate: other.patient.birthDate } })
      const refused = await browser.refusal(issueConsultTicket, { params: { consultId: theirs.consultId } })
      assert.equal(refused.code, 'not_found')
      assert.notEqual(consultId, theirs.consultId)
    })
  })
}
