import assert from 'node:assert/strict'
import { MoreThanOrEqual } from 'typeorm'
import { endConsult, issueConsultTicket } from '#shared/consult.ts'
import { aComingVisit, aLiveVisit, opensMedia, patientWaits, sends, sits } from '#test/support/consults.ts'
import type { LiveVisit, OpenMedia, Sitter } from '#test/support/consults.ts'
import { startNetwork } from '#test/support/network.ts'
import type { Network } from '#test/support/network.ts'
import { waitFor } from '#test/support/wait-for.ts'
import type { World } from '#test/support/world.ts'
import { chatMessageEntity, participantEntity } from './consult.entity.ts'

const someKey = 'a-key-of-sixteen-or-more'

describe('a call while things fail', function () {
  this.timeout(120_000)
  let network: Network
  let world: World
  let call: LiveVisit
  let patientMedia: OpenMedia
  let doctorMedia: OpenMedia

  before(async () => {
    network = await startNetwork()
    world = network.world
  })
  after(() => network.close())

  beforeEach(async () => {
    call = await aLiveVisit(world, { patient: 0, doctor: 1 })
    patientMedia = await opensMedia(call.patient)
    doctorMedia = await opensMedia(call.doctor)
  })
  afterEach(async () => {
    await call.doctor.client.call(endConsult, { params: { consultId: call.consultId } })
  })

  /** All that a running call asks for, by one side, heard by the other. */
  async function callGoesOn(from: Sitter, media: OpenMedia, to: Sitter): Promise<void> {
    const { epoch, sendTransport } = media
    const producerId = await sends(from, media)
    const heard = await to.socket.hears('media:consumer', (consumer) => consumer.producerId === producerId)
    await to.socket.request('media:resume-consumer', { epoch, consumerId: heard.consumerId })
    await from.socket.request('media:pause', { epoch, producerId, paused: true })
    await to.socket.hears(
      'media:producer-paused',
      ({ consumerId, paused }) => consumerId === heard.consumerId && paused,
    )
    await from.socket.request('media:restart-ice', { epoch, transportId: sendTransport.id })
    await from.socket.request('media:close', { epoch, producerId })
    await to.socket.hears('media:consumer-closed', ({ consumerId }) => consumerId === heard.consumerId)
  }

  async function callGoesOnAlone(from: Sitter, { epoch, sendTransport }: OpenMedia): Promise<void> {
    await from.socket.request('media:restart-ice', { epoch, transportId: sendTransport.id })
  }

  /** A silent seat is nobody's to speak for, so only the doctor's is waited for. */
  async function someTimePasses(ms: number): Promise<void> {
    world.clock.advance(ms)
    const now = world.clock.now()
    const id = call.doctor.view.self
    await waitFor('the doctor is spoken for', () =>
      world.house.db.read((tx) =>
        tx.manager.existsBy(participantEntity, { id, seenAt: MoreThanOrEqual(now) }),
      ),
    )
  }

  /** Which media server has the room of the call, and the process that carries it. */
  async function homeOfCall() {
    for (const sfu of network.sfus) {
      const { workers } = await sfu.control.call('load', {})
      const worker = workers.find(({ rooms }) => rooms > 0)
      if (worker) return { sfu, pid: worker.pid }
    }
    throw new Error('no media server has the room')
  }

  async function bothComeBack(than: number): Promise<void> {
    const { patient, doctor } = call
    for (const { socket } of [patient, doctor])
      await socket.hears('media:lost', ({ epoch }) => epoch > than, 12_000)
    patientMedia = await opensMedia(patient)
    doctorMedia = await opensMedia(doctor)
    assert.ok(patientMedia.epoch > than)
    assert.equal(patientMedia.epoch, doctorMedia.epoch)
    await callGoesOn(patient, patientMedia, doctor)
    await callGoesOn(doctor, doctorMedia, patient)
  }

  it('goes on without Redis, lets new ones begin, and is told across servers again afterwards', async () => {
    const { patient, doctor } = call
    await network.redis.kill('SIGKILL')
    await callGoesOn(patient, patientMedia, doctor)
    await callGoesOn(doctor, doctorMedia, patient)
    await patient.socket.request('chat:post', { text: 'Can you hear me?', idempotencyKey: someKey })
    const { messages } = await doctor.socket.request('chat:list', { after: null })
    assert.equal(messages.length, 1)

    const other = await aLiveVisit(world, { patient: 0, doctor: 0 })
    const [theirs, ours] = [await opensMedia(other.patient), await opensMedia(other.doctor)]
    assert.equal(theirs.epoch, ours.epoch)
    await callGoesOn(other.patient, theirs, other.doctor)
    await other.doctor.client.call(endConsult, { params: { consultId: other.consultId } })

    await network.redis.start()
    await waitFor('news cross the servers again', async () => {
      const { id } = await patient.socket.request('chat:post', {
        text: 'And now?',
        idempotencyKey: `${someKey}-${Date.now()}`,
      })
      return doctor.socket.hears('chat:posted', ({ messageId }) => messageId === id, 1_000)
    }, 30_000) // prettier-ignore
    await callGoesOn(patient, patientMedia, doctor)
    assert.deepEqual(patient.socket.newsOf('media:lost'), [])
  })

  it('goes on without the database; what would be written is refused in words, and nothing is half written', async () => {
    const { patient, doctor, consultId } = call
    await network.mariadb.kill('SIGKILL')
    await callGoesOn(patient, patientMedia, doctor)
    await callGoesOn(doctor, doctorMedia, patient)
    const reopened = await opensMedia(patient)
    assert.equal(reopened.epoch, patientMedia.epoch)
    await patient.socket.request('media:report', {
      quality: 'fair',
      roundTripMs: null,
      lossPercent: null,
      firstFrameMs: null,
    })

    const message = { text: 'Is anybody there?', idempotencyKey: someKey }
    const refused = await patient.socket.refusal('chat:post', message)
    assert.deepEqual([refused.code, refused.retryable], ['unavailable', true])
    assert.equal((await doctor.client.refusal(endConsult, { params: { consultId } })).code, 'unavailable')
    const ticket = await patient.client.refusal(issueConsultTicket, { params: { consultId } })
    assert.equal(ticket.code, 'unavailable')

    await network.mariadb.start()
    const sent = await waitFor('the message can be sent again', () =>
      patient.socket.request('chat:post', message),
    )
    const kept = await world.house.db.read((tx) => tx.manager.findBy(chatMessageEntity, { consultId }))
    assert.deepEqual(kept.map(({ id }) => id), [sent.id]) // prettier-ignore
    const view = await doctor.socket.request('consult:sync', {})
    assert.equal(view.state, 'live')
    assert.ok(view.participants.every(({ presence }) => presence === 'online'))
    assert.equal((await world.house.audit.verify()).broken, null)
  })

  it('finds out afterwards who went away while the database was away, and keeps the others', async () => {
    const { patient, doctor } = call
    await network.mariadb.kill('SIGKILL')
    patient.socket.drop()
    await callGoesOnAlone(doctor, doctorMedia)
    await network.mariadb.start()
    const forgotten = async () => {
      const view = await waitFor('the database answers', () => doctor.socket.request('consult:sync', {}))
      return view.participants.map(({ role, presence }) => `${role} ${presence}`).sort()
    }
    assert.deepEqual(await forgotten(), ['patient online', 'practitioner online'])
    const heard = doctor.socket.newsOf('consult:changed').length
    for (let minute = 0; minute < 4; minute++) await someTimePasses(40_000)
    await waitFor('the doctor is told', () => doctor.socket.newsOf('consult:changed').length > heard)
    assert.ok(!(await forgotten()).includes('patient online'))
    await sits(patient.client, call.consultId, patient.resumeToken)
    assert.deepEqual(await forgotten(), ['patient online', 'practitioner online'])
  })

  it('comes back by itself when the media worker is killed', async () => {
    const { pid } = await homeOfCall()
    process.kill(pid, 'SIGKILL')
    await bothComeBack(patientMedia.epoch)
    const late = await call.patient.socket.refusal('media:restart-ice', {
      epoch: patientMedia.epoch - 1,
      transportId: patientMedia.sendTransport.id,
    })
    assert.equal(late.code, 'stale_epoch')
  })

  it('moves to another media server when its own is gone', async () => {
    const { sfu } = await homeOfCall()
    const index = network.sfus.indexOf(sfu)
    await network.channels[index]?.close()
    await bothComeBack(patientMedia.epoch)
    assert.notEqual((await newHome(index)).sfu, sfu)

    const other = await patientWaits(world, await aComingVisit(world))
    const back = await sits(other.client, other.consultId)
    await back.socket.request('probe:open', {})
  })

  /** The first one keeps the dead room until it finds it idle. */
  async function newHome(without: number) {
    for (const [index, sfu] of network.sfus.entries()) {
      const { rooms } = await sfu.control.call('load', {})
      if (index !== without && rooms > 0) return { sfu }
    }
    throw new Error('the room is nowhere else')
  }
})
