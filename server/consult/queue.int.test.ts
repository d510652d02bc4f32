import assert from 'node:assert/strict'
import { giveConsent, issueConsultTicket, openLink, readClinic, verifyLink } from '#shared/consult.ts'
import { cancelAppointment, readAppointment, rescheduleAppointment } from '#shared/scheduling.ts'
import { dayMs } from '#shared/time.ts'
import { freeTimes } from '#test/support/builders.ts'
import { Refused } from '#test/support/client.ts'
import { aComingVisit, doctorSits, patientWaits } from '#test/support/consults.ts'
import type { Sitter } from '#test/support/consults.ts'
import { waitFor } from '#test/support/wait-for.ts'
import { startWorld } from '#test/support/world.ts'
import type { World } from '#test/support/world.ts'
import { participantEntity } from './consult.entity.ts'

for (const engine of ['sqlite', 'mariadb'] as const) {
  describe(`the queue on ${engine}`, function () {
    this.timeout(60_000)
    let world: World

    before(async () => {
      world = await startWorld({ engine })
    })
    after(() => world.close())

    const placeOf = async ({ socket }: Sitter) => (await socket.request('consult:sync', {})).queue?.position

    it('is left by a patient whose visit is cancelled, who is sent away', async () => {
      const visit = await aComingVisit(world)
      const patient = await patientWaits(world, visit)
      const next = await patientWaits(world, await aComingVisit(world))
      assert.equal(await placeOf(next), 2)

      const desk = await world.signIn('scheduler')
      const params = { appointmentId: visit.appointment.id }
      const { version } = await desk.call(readAppointment, { params })
      await desk.call(cancelAppointment, { params, body: { version, reason: '' } })

      await patient.socket.hears('consult:ended')
      await waitFor('the patient who comes next is first', async () => (await placeOf(next)) === 1)
      await waitFor('the session by that link is over', async () => {
        const refused = await patient.client.refusal(issueConsultTicket, {
          params: { consultId: patient.consultId },
        })
        return refused.code === 'unauthenticated'
      })
      await next.socket.request('seat:leave', {})
    })

    it('is not open to a patient whose visit was moved to another day, until that day', async () => {
      const { appointment, token } = await aComingVisit(world)
      const patient = world.stranger()
      const birthDate = '1961-08-12'
      const { consultId } = await patient.call(verifyLink, { body: { token, birthDate } })
      const params = { consultId }
      const remoteCare = { kind: 'remote_care', textVersion: '1', granted: true } as const
      await patient.call(giveConsent, { params, body: remoteCare })

      const desk = await world.signIn('scheduler')
      const from = appointment.startsAt + 2 * dayMs
      const [startsAt = 0] = await freeTimes(desk, appointment.practitioner.id, { from, minutes: 5 })
      await desk.call(rescheduleAppointment, {
        params: { appointmentId: appointment.id },
        body: { version: appointment.version, startsAt, minutes: 5 },
      })
      await waitFor('the patient is asked to come by the link again', async () => {
        const answer = await patient.call(issueConsultTicket, { params }).catch((refusal: unknown) => refusal)
        return answer instanceof Refused && answer.problem.code === 'unauthenticated'
      })
      assert.equal((await patient.refusal(openLink, { body: { token } })).code, 'link_too_early')
    })

    it('is left by a patient who stays away for longer than ninety seconds', async () => {
      const patient = await patientWaits(world, await aComingVisit(world))
      const next = await patientWaits(world, await aComingVisit(world))
      const doctor = await doctorSits(world, next.consultId)
      assert.equal(await placeOf(next), 2)
      patient.socket.drop()
      const stateOf = async () =>
        (await doctor.client.call(readClinic)).visits.find((one) => one.consultId === patient.consultId)
      await waitFor('the patient is offline', async () => (await stateOf())?.patientOnline === false)
      assert.equal((await stateOf())?.state, 'waiting')
      await timePasses(200_000)
      await waitFor('the patient is not in the queue', async () => (await stateOf())?.state === 'scheduled')
      assert.equal(await placeOf(next), 1)
    })

    /** Moves the clock in steps that the server can speak in, as it would in real time. */
    async function timePasses(ms: number): Promise<void> {
      for (let passed = 0; passed < ms; passed += 40_000) {
        world.clock.advance(40_000)
        const now = world.clock.now()
        await waitFor('the server speaks for its seats', () =>
          world.house.db.read(async (tx) => {
            const online = await tx.manager.findBy(participantEntity, { presence: 'online' })
            return online.length > 0 && online.every(({ seenAt }) => seenAt >= now)
          }),
        )
      }
    }
  })
}
