import assert from 'node:assert/strict'
import { admitPatient, endConsult, readClinic } from '#shared/consult.ts'
import {
  aComingVisit,
  doctorSits,
  goodCheck,
  opensMedia,
  patientSits,
  patientWaits,
  sends,
} from '#test/support/consults.ts'
import { startWorld } from '#test/support/world.ts'
import type { World } from '#test/support/world.ts'

for (const engine of ['sqlite', 'mariadb'] as const) {
  describe(`a visit on ${engine}`, function () {
    this.timeout(60_000)
    let world: World

    before(async () => {
      world = await startWorld({ engine, media: true })
    })
    after(() => world.close())

    it('goes from the link through the waiting room to the talk and its end', async () => {
      const visit = await aComingVisit(world)
      const patient = await patientSits(world, visit)
      assert.equal(patient.view.state, 'preparing')
      assert.equal(patient.view.patientId, null)

      const waiting = await patient.socket.request('seat:wait', { deviceCheck: goodCheck })
      assert.equal(waiting.state, 'waiting')
      assert.equal(waiting.queue?.position, 1)

      const { consultId } = patient
      const doctor = await doctorSits(world, consultId)
      const board = await doctor.client.call(readClinic)
      const card = board.visits.find((one) => one.consultId === consultId)
      assert.equal(card?.state, 'waiting')
      assert.equal(card.patientName, visit.patient.displayName)
      assert.deepEqual(card.deviceCheck, goodCheck)

      const admitted = await doctor.client.call(admitPatient, { params: { consultId } })
      await patient.socket.hears('consult:changed', ({ state }) => state === 'live')
      const view = await patient.socket.request('consult:sync', {})
      assert.equal(view.state, 'live')
      assert.equal(view.encounterId, null)
      assert.equal(view.participants.length, 2)
      assert.ok(view.participants.every(({ presence }) => presence === 'online'))

      const patientMedia = await opensMedia(patient)
      const doctorMedia = await opensMedia(doctor)
      assert.equal(patientMedia.epoch, doctorMedia.epoch)
      const voice = await sends(patient, patientMedia)
      const heard = await doctor.socket.hears('media:consumer', ({ producerId }) => producerId === voice)
      assert.equal(heard.participantId, patient.view.self)
      await doctor.socket.request('media:resume-consumer', {
        epoch: doctorMedia.epoch,
        consumerId: heard.consumerId,
      })
      await patient.socket.request('media:pause', {
        epoch: patientMedia.epoch,
        producerId: voice,
        paused: true,
      })
      await doctor.socket.hears('media:producer-paused', ({ paused }) => paused)

      const again = await doctor.client.call(admitPatient, { params: { consultId } })
      assert.deepEqual(again, admitted)

      await doctor.client.call(endConsult, { params: { consultId } })
      await patient.socket.hears('consult:ended')
      assert.equal((await patient.socket.request('consult:sync', {})).state, 'ended')
      const refused = await patient.socket.refusal('media:open', {})
      assert.equal(refused.code, 'consult_ended')
    })

    it('lets those who wait see how the queue moves', async () => {
      const first = await patientWaits(world, await aComingVisit(world))
      const second = await patientWaits(world, await aComingVisit(world))
      assert.equal(second.view.queue?.position, 2)
      const doctor = await doctorSits(world, first.consultId)
      await doctor.client.call(admitPatient, { params: { consultId: first.consultId } })
      await second.socket.hears('consult:changed', ({ version }) => version > second.view.version)
      assert.equal((await second.socket.request('consult:sync', {})).queue?.position, 1)
    })
  })
}
