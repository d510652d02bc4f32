import assert from 'node:assert/strict'
import { endConsult, readClinic, verifyLink } from '#shared/consult.ts'
import type { ConsultView, Quality } from '#shared/consult.ts'
import {
  aComingVisit,
  aLiveVisit,
  browserCapabilities,
  doctorSits,
  opensMedia,
  patientWaits,
  sends,
  sits,
  timePasses,
} from '#test/support/consults.ts'
import type { Sitter } from '#test/support/consults.ts'
import { startNetwork } from '#test/support/network.ts'
import type { Network } from '#test/support/network.ts'
import { waitFor } from '#test/support/wait-for.ts'
import type { World } from '#test/support/world.ts'

describe('a seat in a clinic of two servers', function () {
  this.timeout(90_000)
  let network: Network
  let world: World

  before(async () => {
    network = await startNetwork()
    world = network.world
  })
  after(() => network.close())

  const onOtherServer = (sitter: Sitter): Sitter['client'] => {
    sitter.client.origin = world.server(1).url
    return sitter.client
  }
  const views = new WeakMap<Sitter, { news: number; view: ConsultView }>()
  /** As our pages do it: the state is pulled when news came. */
  const presenceOf = async (watcher: Sitter, role: 'patient' | 'practitioner') => {
    const news = watcher.socket.newsOf('consult:changed').length
    const known = views.get(watcher)
    const view = known?.news === news ? known.view : await watcher.socket.request('consult:sync', {})
    views.set(watcher, { news, view })
    return view.participants.find((one) => one.role === role)?.presence
  }
  const peersOnAll = async () => {
    const loads = await Promise.all(network.sfus.map(({ control }) => control.call('load', {})))
    return loads.reduce((total, load) => total + load.peers, 0)
  }

  it('lets patient and doctor on different servers hear each other', async () => {
    const { patient, doctor, consultId } = await aLiveVisit(world, { patient: 0, doctor: 1 })
    await patient.socket.hears('consult:changed', ({ state }) => state === 'live')
    const [patientMedia, doctorMedia] = [await opensMedia(patient), await opensMedia(doctor)]
    const voice = await sends(doctor, doctorMedia)
    const heard = await patient.socket.hears('media:consumer', ({ producerId }) => producerId === voice)
    assert.equal(heard.participantId, doctor.view.self)
    await patient.socket.request('media:resume-consumer', {
      epoch: patientMedia.epoch,
      consumerId: heard.consumerId,
    })
    await doctor.socket.request('media:pause', {
      epoch: doctorMedia.epoch,
      producerId: voice,
      paused: true,
    })
    await patient.socket.hears('media:producer-paused', ({ paused }) => paused)
    const report = (quality: Quality) =>
      patient.socket.request('media:report', {
        quality,
        roundTripMs: 400,
        lossPercent: 9,
        firstFrameMs: null,
      })
    await report('poor')
    const told = await doctor.socket.hears('media:quality', ({ quality }) => quality === 'poor')
    assert.equal(told.participantId, patient.view.self)

    await doctor.client.call(endConsult, { params: { consultId } })
    await patient.socket.hears('consult:ended')
    await waitFor('the room is closed', async () => (await peersOnAll()) === 0)
  })

  it('is kept after a drop, and taken back on the other server with the media as it was', async () => {
    const { patient, doctor, consultId } = await aLiveVisit(world, { patient: 0, doctor: 1 })
    const patientMedia = await opensMedia(patient)
    const doctorMedia = await opensMedia(doctor)
    const doctorVoice = await sends(doctor, doctorMedia)
    const before = await patient.socket.hears('media:consumer')

    patient.socket.drop()
    await waitFor(
      'the doctor sees the patient away',
      async () => (await presenceOf(doctor, 'patient')) === 'away',
    )
    assert.equal(await peersOnAll(), 2, 'the media stays')

    const back = await sits(onOtherServer(patient), consultId, patient.resumeToken)
    assert.equal(back.view.state, 'live')
    assert.equal(back.view.self, patient.view.self)
    await waitFor(
      'the doctor sees the patient again',
      async () => (await presenceOf(doctor, 'patient')) === 'online',
    )

    const { epoch, sendTransport } = patientMedia
    await back.socket.request('media:restart-ice', { epoch, transportId: sendTransport.id })
    const voice = await sends(back, patientMedia)
    await doctor.socket.hears('media:consumer', ({ producerId }) => producerId === voice)
    const ready = await back.socket.request('media:ready', { epoch, rtpCapabilities: browserCapabilities })
    assert.deepEqual(
      ready.consumers?.map(({ consumerId, producerId }) => [consumerId, producerId]),
      [[before.consumerId, doctorVoice]],
    )
    await doctor.client.call(endConsult, { params: { consultId } })
  })

  it('says whether it is the same seat: a forged or old resume token takes it anew', async () => {
    const patient = await patientWaits(world, await aComingVisit(world))
    const { consultId, client, resumeToken } = patient
    patient.socket.drop()
    const forged = await sits(client, consultId, 'forged'.repeat(7))
    const taken = await forged.socket.request('seat:take', { resumeToken })
    assert.equal(taken.resumed, false)
    const own = await forged.socket.request('seat:take', { resumeToken: taken.resumeToken })
    assert.equal(own.resumed, true)
  })

  it('goes to the newest tab, on whichever server, and the old one is told and closed', async () => {
    const patient = await patientWaits(world, await aComingVisit(world))
    const second = await sits(patient.client, patient.consultId)
    await patient.socket.hears('seat:taken')
    await waitFor('the first tab is closed', () => !patient.socket.connected)

    const third = await sits(onOtherServer(second), second.consultId)
    await second.socket.hears('seat:taken')
    await waitFor('the second tab is closed', () => !second.socket.connected)
    assert.equal((await third.socket.request('consult:sync', {})).state, 'waiting')
    assert.deepEqual(third.socket.newsOf('seat:taken'), [])
    assert.equal(await presenceOf(third, 'patient'), 'online')
  })

  it('stays with the newest tab, though the old one on the other server leaves or its session ends meanwhile', async () => {
    const visit = await aComingVisit(world)
    const patient = await patientWaits(world, visit)
    const second = await sits(onOtherServer(patient), patient.consultId)
    // The old server learns of it with its next look at the database; until then it believes to have the seat.
    await patient.socket.raw('seat:leave', {})
    const sync = await second.socket.request('consult:sync', {})
    assert.equal(sync.state, 'waiting')
    assert.equal(sync.participants.find(({ role }) => role === 'patient')?.presence, 'online')

    // The same browser gives the birth date again: its former session ends, and a socket of that on the first server.
    const { token, patient: person } = visit
    second.client.origin = world.server(0).url
    await second.client.call(verifyLink, { body: { token, birthDate: person.birthDate } })
    const third = await sits(second.client, second.consultId)
    await waitFor('the second tab is closed', () => !second.socket.connected)
    assert.equal((await third.socket.request('consult:sync', {})).state, 'waiting')
    assert.equal(await presenceOf(third, 'patient'), 'online')
  })

  it('keeps the place in the queue for who gives the birth date again, though the former session has ended first', async () => {
    const visit = await aComingVisit(world)
    const patient = await patientWaits(world, visit)
    const { token, patient: person } = visit
    await patient.client.call(verifyLink, { body: { token, birthDate: person.birthDate } })
    await waitFor('the first tab is closed', () => !patient.socket.connected)
    const again = await sits(patient.client, patient.consultId)
    assert.equal(again.view.state, 'waiting')
    assert.notEqual(again.view.queue, null)
  })

  it('keeps the place in the queue for who dropped, shown as offline', async () => {
    const patient = await patientWaits(world, await aComingVisit(world))
    const doctor = await doctorSits(world, patient.consultId, 1)
    const card = async () =>
      (await doctor.client.call(readClinic)).visits.find((one) => one.consultId === patient.consultId)
    assert.equal((await card())?.patientOnline, true)
    patient.socket.drop()
    await waitFor('the board shows the patient offline', async () => (await card())?.patientOnline === false)
    assert.equal((await card())?.state, 'waiting')
  })

  it('is given away on leaving, and the queue moves on', async () => {
    const patient = await patientWaits(world, await aComingVisit(world))
    await patient.socket.request('seat:leave', {})
    assert.equal((await patient.socket.refusal('consult:sync', {})).code, 'conflict')
    const again = await sits(patient.client, patient.consultId)
    assert.equal(again.view.state, 'preparing')
    assert.equal(again.view.queue, null)
  })

  it('is empty for good after ninety seconds, with its media, while the visit goes on', async () => {
    const { patient, doctor, consultId } = await aLiveVisit(world, { patient: 0, doctor: 1 })
    await opensMedia(patient)
    await opensMedia(doctor)
    await waitFor('both have media', async () => (await peersOnAll()) === 2)
    patient.socket.drop()
    await waitFor('the patient is away', async () => (await presenceOf(doctor, 'patient')) === 'away')
    await timePasses(world, 200_000)
    await waitFor('the patient has left', async () => (await presenceOf(doctor, 'patient')) === 'left')
    await waitFor('the media of the patient is gone', async () => (await peersOnAll()) === 1)
    const view = await doctor.socket.request('consult:sync', {})
    assert.equal(view.state, 'live')
    assert.equal(await presenceOf(doctor, 'practitioner'), 'online')

    const back = await sits(patient.client, consultId, patient.resumeToken)
    assert.equal(back.view.state, 'live')
    await opensMedia(back)
    await doctor.client.call(endConsult, { params: { consultId } })
  })
})
