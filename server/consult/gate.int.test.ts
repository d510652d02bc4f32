import assert from 'node:assert/strict'
import {
  admitPatient,
  consultRequests,
  endConsult,
  giveConsent,
  issueClinicTicket,
  issueConsultTicket,
  verifyLink,
} from '#shared/consult.ts'
import type { ConsultRequests } from '#shared/consult.ts'
import type { Ack } from '#shared/endpoint.ts'
import { signOut } from '#shared/identity.ts'
import { minuteMs } from '#shared/time.ts'
import { ConsultSocket, SocketRefused } from '#test/support/consult-socket.ts'
import {
  aComingVisit,
  aLiveVisit,
  browserCapabilities,
  doctorSits,
  goodCheck,
  opensMedia,
  patientSits,
  patientWaits,
  sends,
} from '#test/support/consults.ts'
import type { LiveVisit } from '#test/support/consults.ts'
import { aSfu, opusParameters, someDtls } from '#test/support/sfu.ts'
import { waitFor } from '#test/support/wait-for.ts'
import { startWorld } from '#test/support/world.ts'
import type { World } from '#test/support/world.ts'
import type { Sfu } from '#sfu/index.ts'

const someId = '01890000-0000-7000-8000-000000000001'
const someKey = 'a-key-of-sixteen-or-more'

/** A request of every kind, in the right shape. */
const everyRequest: { [N in keyof ConsultRequests]: unknown } = {
  'seat:take': { resumeToken: null },
  'seat:wait': { deviceCheck: goodCheck },
  'seat:leave': {},
  'consult:sync': {},
  'probe:open': {},
  'probe:connect': { transportId: someId, dtlsParameters: someDtls },
  'probe:produce': { transportId: someId, kind: 'audio', rtpParameters: opusParameters(1) },
  'media:open': { rtpCapabilities: browserCapabilities },
  'media:ready': { epoch: 1, rtpCapabilities: browserCapabilities },
  'media:connect': { epoch: 1, transportId: someId, dtlsParameters: someDtls },
  'media:restart-ice': { epoch: 1, transportId: someId },
  'media:produce': {
    epoch: 1,
    transportId: someId,
    kind: 'audio',
    source: 'microphone',
    rtpParameters: opusParameters(1),
    paused: false,
    idempotencyKey: someKey,
  },
  'media:pause': { epoch: 1, producerId: someId, paused: true },
  'media:close': { epoch: 1, producerId: someId },
  'media:resume-consumer': { epoch: 1, consumerId: someId },
  'media:prefer-layers': { epoch: 1, consumerId: someId, spatialLayer: 1 },
  'media:report': { quality: 'good', roundTripMs: 1, lossPercent: 0, firstFrameMs: null },
  'chat:post': { text: 'Hello?', idempotencyKey: someKey },
  'chat:list': { after: null },
  'snapshot:request': { idempotencyKey: someKey },
  'snapshot:answer': { requestId: someId, allowed: true },
  'viewer:show': {
    snapshotId: someId,
    mode: 'both',
    enhancementId: null,
    split: 0.5,
    rect: { x: 0, y: 0, width: 1, height: 1 },
  },
  'viewer:point': { snapshotId: someId, at: null },
  'viewer:close': {},
  'viewer:ask': {},
}

describe('the way into a consult', function () {
  this.timeout(60_000)
  let sfu: Sfu
  let world: World

  before(async () => {
    sfu = await aSfu()
    world = await startWorld({ sfus: new Map([['local', sfu.control]]) })
  })
  after(async () => {
    await world.close()
    await sfu.close()
  })

  const media = async () => {
    const { rooms, peers, probes } = await sfu.control.call('load', {})
    return { rooms, peers, probes }
  }

  it('gives a waiting patient chat and a device check, and no media whatever is asked for', async () => {
    const patient = await patientWaits(world, await aComingVisit(world))
    const answered: string[] = []
    const refused: string[] = []
    for (const name of Object.keys(consultRequests) as (keyof ConsultRequests)[]) {
      if (name === 'seat:leave') continue
      const ack = (await patient.socket.raw(name, everyRequest[name])) as Ack<unknown>
      if (ack.ok) answered.push(name)
      else if (name.startsWith('media:')) refused.push(ack.error.code)
    }
    assert.deepEqual(answered.sort(), [
      'chat:list',
      'chat:post',
      'consult:sync',
      'probe:open',
      'seat:take',
      'seat:wait',
    ])
    assert.ok(refused.length > 8)
    assert.deepEqual(new Set(refused), new Set(['not_admitted']))
    assert.deepEqual(await media(), { rooms: 0, peers: 0, probes: 1 })
  })

  it('does not let a patient skip the waiting room', async () => {
    const patient = await patientSits(world, await aComingVisit(world))
    const { client, consultId, socket } = patient
    assert.equal((await socket.refusal('media:open', {})).code, 'not_admitted')
    const self = await client.send(admitPatient, { params: { consultId }, body: {} })
    assert.equal(self.status, 404)
    const doctor = await doctorSits(world, consultId)
    const early = await doctor.client.refusal(admitPatient, { params: { consultId } })
    assert.equal(early.code, 'conflict')
    assert.equal((await doctor.socket.refusal('media:open', {})).code, 'not_admitted')
  })

  it('lets nobody admit, enter or end but the doctor of this visit', async () => {
    const patient = await patientWaits(world, await aComingVisit(world))
    const { consultId } = patient
    const params = { consultId }
    for (const who of ['otherDoctor', 'scheduler', 'administrator'] as const) {
      const stranger = await world.signIn(who)
      for (const endpoint of [admitPatient, endConsult, issueConsultTicket])
        assert.equal((await stranger.refusal(endpoint, { params })).code, 'not_found', who)
    }
    assert.equal((await world.stranger().refusal(issueConsultTicket, { params })).code, 'unauthenticated')
    const scheduler = await world.signIn('scheduler')
    assert.equal((await scheduler.refusal(issueClinicTicket)).code, 'not_found')
  })

  it('asks the patient to agree to a remote visit first', async () => {
    const { token, patient } = await aComingVisit(world)
    const browser = world.stranger()
    const { consultId } = await browser.call(verifyLink, { body: { token, birthDate: patient.birthDate } })
    const params = { consultId }
    assert.equal((await browser.refusal(issueConsultTicket, { params })).code, 'consent_required')
    const consent = (granted: boolean) =>
      browser.call(giveConsent, { params, body: { kind: 'remote_care', textVersion: '1', granted } })
    await consent(true)
    await browser.call(issueConsultTicket, { params })
    await consent(false)
    assert.equal((await browser.refusal(issueConsultTicket, { params })).code, 'consent_required')
  })

  describe('tickets', () => {
    it('are good for one socket, even when two come at once', async () => {
      const { client, consultId } = await patientSits(world, await aComingVisit(world))
      const { ticket } = await client.call(issueConsultTicket, { params: { consultId } })
      const sockets = await Promise.allSettled(
        Array.from({ length: 5 }, () => ConsultSocket.withTicket(client.origin, ticket)),
      )
      assert.equal(sockets.filter(({ status }) => status === 'fulfilled').length, 1)
      const again = await refusedHandshake(client.origin, ticket)
      assert.equal(again, 'ticket_invalid')
    })

    it('are refused when they are made up, missing, late, or of a session that has ended', async () => {
      const { client, consultId } = await patientSits(world, await aComingVisit(world))
      assert.equal(await refusedHandshake(client.origin, 'made-up'), 'ticket_invalid')
      assert.equal(await refusedHandshake(client.origin, undefined), 'ticket_invalid')

      const late = await client.call(issueConsultTicket, { params: { consultId } })
      world.clock.advance(5 * 60_000)
      assert.equal(await refusedHandshake(client.origin, late.ticket), 'ticket_invalid')

      const orphan = await client.call(issueConsultTicket, { params: { consultId } })
      await client.call(signOut)
      assert.equal(await refusedHandshake(client.origin, orphan.ticket), 'ticket_invalid')
    })

    it('do not help a page of another origin', async () => {
      const { client, consultId } = await patientSits(world, await aComingVisit(world))
      const { ticket } = await client.call(issueConsultTicket, { params: { consultId } })
      await assert.rejects(
        ConsultSocket.withTicket(client.origin, ticket, { Origin: 'https://evil.example' }),
        (error) => !(error instanceof SocketRefused),
      )
      await ConsultSocket.withTicket(client.origin, ticket)
    })
  })

  describe('requests', () => {
    let visit: LiveVisit
    beforeEach(async () => {
      visit = await aLiveVisit(world)
    })
    afterEach(async () => {
      const { doctor, consultId } = visit
      await doctor.client.call(endConsult, { params: { consultId } })
    })

    it('reach nothing of another consult, whatever ids they name', async () => {
      const doctorMedia = await opensMedia(visit.doctor)
      const producerId = await sends(visit.doctor, doctorMedia)
      const { epoch, sendTransport } = doctorMedia

      const outsider = await aLiveVisit(world)
      await opensMedia(outsider.patient)
      const { socket } = outsider.patient
      const transportId = sendTransport.id
      const tries = await Promise.all([
        socket.refusal('media:connect', { epoch, transportId, dtlsParameters: someDtls }),
        socket.refusal('media:restart-ice', { epoch, transportId }),
        socket.refusal('media:pause', { epoch, producerId, paused: true }),
        socket.refusal('media:close', { epoch, producerId }),
        socket.refusal('media:resume-consumer', { epoch, consumerId: producerId }),
        socket.refusal('media:produce', {
          epoch,
          transportId,
          kind: 'audio',
          source: 'microphone',
          rtpParameters: opusParameters(7),
          paused: false,
          idempotencyKey: someKey,
        }),
      ])
      assert.deepEqual(new Set(tries.map(({ code }) => code)), new Set(['not_found']))
      assert.deepEqual(socket.newsOf('media:consumer'), [])
      const foreign = await outsider.patient.client.refusal(issueConsultTicket, {
        params: { consultId: visit.consultId },
      })
      assert.equal(foreign.code, 'not_found')
      await outsider.doctor.client.call(endConsult, { params: { consultId: outsider.consultId } })
    })

    it('of the same participant cannot touch what the other sends', async () => {
      const doctorMedia = await opensMedia(visit.doctor)
      const producerId = await sends(visit.doctor, doctorMedia)
      await opensMedia(visit.patient)
      const { epoch } = doctorMedia
      const tries = await Promise.all([
        visit.patient.socket.refusal('media:pause', { epoch, producerId, paused: true }),
        visit.patient.socket.refusal('media:close', { epoch, producerId }),
      ])
      assert.deepEqual(
        tries.map(({ code }) => code),
        ['not_found', 'not_found'],
      )
    })

    it('that are malformed or unknown are refused, and the socket lives on', async () => {
      const { socket } = visit.patient
      const codes = []
      for (const [name, ...args] of [
        ['media:open', 'not an object'],
        ['media:open', { rtpCapabilities: { codecs: 'none' } }],
        ['media:produce', { ...(everyRequest['media:produce'] as object), rtpParameters: { codecs: [] } }],
        ['media:connect', { epoch: 1, transportId: someId, dtlsParameters: { fingerprints: [] } }],
        ['chat:post', { text: 'x'.repeat(2001), idempotencyKey: someKey }],
        ['chat:post', { text: 'x', idempotencyKey: someKey, from: someId }],
        ['consult:sync', {}, {}],
        ['admin:everything', {}],
      ] as const) {
        const ack = (await socket.raw(name, ...args)) as Ack<unknown>
        codes.push(ack.ok ? `${name} was answered` : ack.error.code)
      }
      assert.deepEqual(codes, [...Array.from({ length: 7 }, () => 'invalid_request'), 'unknown_event'])
      assert.equal((await socket.request('consult:sync', {})).state, 'live')
    })

    it('that are larger than 64 kB cost the sender the connection, and nobody else', async () => {
      const { patient, doctor } = visit
      patient.socket.socket.emit('chat:post', { text: 'x'.repeat(70_000), idempotencyKey: someKey }, () => {})
      await waitFor('the patient is disconnected', () => !patient.socket.connected)
      assert.equal((await doctor.socket.request('consult:sync', {})).state, 'live')
    })

    it('that come too often are refused, then the socket is closed, and the other side is still served', async () => {
      const { patient, doctor } = visit
      const flood = Array.from({ length: 400 }, () =>
        patient.socket.raw('media:report', everyRequest['media:report']),
      )
      // Those after the closing of the socket are not answered at all.
      const answered = (await Promise.allSettled(flood)).filter(({ status }) => status === 'fulfilled')
      const acks = answered.map((answer) => (answer as PromiseFulfilledResult<Ack<unknown>>).value)
      assert.ok(acks.some((ack) => !ack.ok && ack.error.code === 'rate_limited'))
      await waitFor('the flooding socket is closed', () => !patient.socket.connected)
      const started = performance.now()
      await doctor.socket.request('consult:sync', {})
      assert.ok(performance.now() - started < 1_000)
    })

    it('to send the same stream twice make one stream', async () => {
      const opened = await opensMedia(visit.patient)
      const first = await sends(visit.patient, opened, 'microphone', someKey)
      const second = await sends(visit.patient, opened, 'microphone', someKey)
      assert.equal(first, second)
    })

    it('to post the same message twice make one message', async () => {
      const { patient, doctor } = visit
      const post = () =>
        patient.socket.request('chat:post', { text: 'It hurts here', idempotencyKey: someKey })
      const [first, second] = await Promise.all([post(), post()])
      assert.deepEqual(first, second)
      await doctor.socket.hears('chat:posted', ({ messageId }) => messageId === first.id)
      const { messages } = await doctor.socket.request('chat:list', { after: null })
      assert.deepEqual(
        messages.map(({ text, from }) => [text, from]),
        [['It hurts here', patient.view.self]],
      )
      assert.ok(!JSON.stringify(doctor.socket.received).includes('hurts'))
    })
  })

  it('closes within five seconds when the session behind a socket ends, with the media', async () => {
    const { patient, doctor } = await aLiveVisit(world)
    await opensMedia(patient)
    await opensMedia(doctor)
    assert.equal((await media()).peers, 2)
    const started = performance.now()
    await patient.client.call(signOut)
    await patient.socket.hears('consult:ended', ({ reason }) => reason === 'revoked')
    await waitFor('the socket is closed', () => !patient.socket.connected)
    await waitFor('the media is gone', async () => (await media()).peers === 1)
    assert.ok(performance.now() - started < 5_000)
    assert.ok(doctor.socket.connected)
  })

  it('stays open for a call that outlasts the idle time of a session', async () => {
    const { patient, doctor, consultId } = await aLiveVisit(world)
    const oldestSign = () =>
      world.house.db.read(async (tx) => {
        const rows: { last_seen_at: number }[] = await tx.manager.query(
          'SELECT last_seen_at FROM session WHERE consult_id = ? OR user_id = ? ORDER BY last_seen_at DESC LIMIT 2',
          [consultId, world.people.doctor.id],
        )
        return Math.min(...rows.map((row) => row.last_seen_at))
      })
    for (let jump = 0; jump < 4; jump++) {
      world.clock.advance(10 * minuteMs)
      const now = world.clock.now()
      await waitFor('the call counts as activity of both', async () => (await oldestSign()) >= now)
    }
    await patient.socket.request('consult:sync', {})
    await doctor.socket.request('consult:sync', {})
  })
})

async function refusedHandshake(origin: string, ticket: string | undefined): Promise<string> {
  try {
    await ConsultSocket.withTicket(origin, ticket)
  } catch (error) {
    if (error instanceof SocketRefused) return error.error.code
    throw error
  }
  return 'let in'
}
