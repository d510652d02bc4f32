import assert from 'node:assert/strict'
import {
  aPeer,
  found,
  aSfu,
  opusParameters,
  recordEvents,
  refusal,
  someDtls,
  vp8Parameters,
} from '#test/support/sfu.ts'
import type { SfuControl } from '#shared/sfu.ts'
import type { Sfu } from './index.ts'

describe('rooms on a real media worker', () => {
  let sfu: Sfu
  let control: SfuControl
  let roomId: string
  let number = 0

  before(async () => {
    sfu = await aSfu()
    control = sfu.control
  })
  after(() => sfu.close())
  beforeEach(() => {
    roomId = `room-${++number}`
  })

  it('opens a room once, however often it is asked', async () => {
    const answers = await Promise.all([1, 2, 3].map(() => control.call('openRoom', { roomId, epoch: 1 })))
    assert.deepEqual(answers.map((answer) => answer.created).sort(), [false, false, true])
    assert.equal(sfu.count().rooms, 1)
    await control.call('closeRoom', { roomId, epoch: 1 })
    assert.equal(sfu.count().rooms, 0)
  })

  it('lets two people hear and see each other, in whatever order they come', async () => {
    const doctor = await aPeer(control, roomId, 'doctor')
    const announced = recordEvents(control, 'consumerCreated')
    const voice = await doctor.speaks()
    const face = await doctor.showsFace(3)
    const patient = await aPeer(control, roomId, 'patient')
    const received = await patient.listens()
    assert.deepEqual(received.map((consumer) => consumer.producerId).sort(), [voice, face].sort())
    assert.ok(received.every((consumer) => consumer.producerPeerId === 'doctor' && !consumer.producerPaused))

    await doctor.listens()
    const patientsVoice = await patient.speaks()
    const heard = await found('the doctor is told of the voice of the patient', () =>
      announced.find(({ payload }) => payload.peerId === 'doctor'),
    )
    assert.equal(heard.payload.producerId, patientsVoice)
    assert.equal(announced.length, 3)
  })

  it('repairs lost audio too: what is received asks for lost packets again', async () => {
    const doctor = await aPeer(control, roomId, 'doctor')
    const patient = await aPeer(control, roomId, 'patient')
    await doctor.speaks()
    const [voice] = await patient.listens()
    const codec = voice?.rtpParameters.codecs[0]
    assert.ok(codec?.rtcpFeedback?.some(({ type }) => type === 'nack'))
    assert.equal(codec?.parameters?.['useinbandfec'], 1)
  })

  it('makes one producer of a request that was sent twice', async () => {
    const doctor = await aPeer(control, roomId, 'doctor')
    await doctor.sendTransport()
    const [first, second] = await Promise.all([doctor.speaks('key'), doctor.speaks('key')])
    assert.equal(first, second)
    assert.equal((await control.call('roomState', { roomId, epoch: 1 })).peers[0]?.producers.length, 1)
  })

  it('does not bring a closed producer back when its request comes late', async () => {
    const doctor = await aPeer(control, roomId, 'doctor')
    const producerId = await doctor.speaks('key')
    await control.call('closeProducer', { ...doctor.at, producerId })
    assert.equal(await refusal(doctor.speaks('key')), 'producer_not_found')
  })

  it('lets a failed request be tried again under the same key', async () => {
    const doctor = await aPeer(control, roomId, 'doctor')
    const { transportId } = await control.call('createTransport', { ...doctor.at, direction: 'send' })
    const request = {
      ...doctor.at,
      transportId,
      kind: 'audio' as const,
      source: 'microphone' as const,
      rtpParameters: opusParameters(77),
      idempotencyKey: 'key',
    }
    assert.equal(await refusal(control.call('produce', request)), 'wrong_transport_state')
    await control.call('connectTransport', { ...doctor.at, transportId, dtlsParameters: someDtls })
    assert.ok((await control.call('produce', request)).producerId)
  })

  it('tells the others when someone leaves, and forgets what they received of them', async () => {
    const doctor = await aPeer(control, roomId, 'doctor')
    const patient = await aPeer(control, roomId, 'patient')
    await doctor.speaks()
    const [voice] = await patient.listens()
    const closed = recordEvents(control, 'consumerClosed', 'producerClosed')
    await control.call('removePeer', doctor.at)
    assert.deepEqual(
      closed.map(({ name, payload }) => [name, payload.peerId]),
      [
        ['producerClosed', 'doctor'],
        ['consumerClosed', 'patient'],
      ],
    )
    const consumerId = voice?.consumerId ?? ''
    assert.equal(
      await refusal(control.call('resumeConsumer', { ...patient.at, consumerId })),
      'consumer_not_found',
    )
  })

  it('keeps every id inside its room and its peer', async () => {
    const doctor = await aPeer(control, roomId, 'doctor')
    const producerId = await doctor.speaks()
    const sendTransport = await doctor.sendTransport()
    const stranger = await aPeer(control, `${roomId}-other`, 'stranger')
    const patient = await aPeer(control, roomId, 'patient')
    const [voice] = await patient.listens()
    const consumerId = voice?.consumerId ?? ''
    assert.deepEqual(await stranger.listens(), [])
    for (const { at } of [stranger, patient]) {
      assert.equal(await refusal(control.call('pauseProducer', { ...at, producerId })), 'producer_not_found')
      assert.equal(await refusal(control.call('closeProducer', { ...at, producerId })), 'producer_not_found')
      const connect = { ...at, transportId: sendTransport, dtlsParameters: someDtls }
      assert.equal(await refusal(control.call('connectTransport', connect)), 'transport_not_found')
    }
    for (const { at } of [stranger, doctor]) {
      assert.equal(await refusal(control.call('resumeConsumer', { ...at, consumerId })), 'consumer_not_found')
    }
    const guessed = { ...stranger.at, roomId }
    assert.equal(await refusal(control.call('peerStats', guessed)), 'peer_not_found')
  })

  it('refuses commands of an older epoch, also after the room was closed', async () => {
    const doctor = await aPeer(control, roomId, 'doctor', 5)
    const stale = { ...doctor.at, epoch: 4 }
    assert.equal(await refusal(control.call('addPeer', stale)), 'stale_epoch')
    assert.equal(await refusal(control.call('closeRoom', { roomId, epoch: 4 })), 'stale_epoch')
    assert.equal(await refusal(control.call('openRoom', { roomId, epoch: 4 })), 'stale_epoch')
    assert.equal(await refusal(control.call('addPeer', { ...stale, epoch: 6 })), 'room_not_found')
    await control.call('closeRoom', { roomId, epoch: 5 })
    assert.equal(await refusal(control.call('openRoom', { roomId, epoch: 4 })), 'stale_epoch')
  })

  it('replaces a room that is opened under a newer epoch', async () => {
    await aPeer(control, roomId, 'doctor', 1)
    const lost = recordEvents(control, 'roomLost')
    const { created } = await control.call('openRoom', { roomId, epoch: 2 })
    assert.ok(created)
    assert.deepEqual(lost[0]?.payload, { roomId, epoch: 1, reason: 'superseded' })
    assert.deepEqual(await control.call('roomState', { roomId, epoch: 2 }), { peers: [] })
  })

  it('has twelve seats in a room and gives a peer twelve streams, voices first', async () => {
    for (let seat = 1; seat <= 11; seat++) {
      const peer = await aPeer(control, roomId, `peer-${seat}`)
      await peer.showsFace()
      await peer.speaks()
    }
    const last = await aPeer(control, roomId, 'peer-12')
    const received = await last.listens()
    assert.equal(received.length, 12)
    assert.equal(received.filter(({ kind }) => kind === 'audio').length, 11)
    assert.equal(
      await refusal(control.call('addPeer', { roomId, epoch: 1, peerId: 'peer-13' })),
      'limit_reached',
    )
  }).timeout(20_000)

  it('keeps one transport per direction and one producer per source', async () => {
    const doctor = await aPeer(control, roomId, 'doctor')
    const first = await doctor.speaks('one')
    const second = await doctor.speaks('two')
    const [peer] = (await control.call('roomState', { roomId, epoch: 1 })).peers
    assert.deepEqual(
      peer?.producers.map(({ producerId }) => producerId),
      [second],
    )
    assert.notEqual(first, second)
    for (let time = 0; time < 20; time++) {
      await control.call('createTransport', { ...doctor.at, direction: time % 2 ? 'send' : 'recv' })
    }
    const [after] = (await control.call('roomState', { roomId, epoch: 1 })).peers
    assert.equal(after?.transports.length, 2)
    assert.equal(after.producers.length, 0)
  })

  it('connects a transport once: again with the same certificate is harmless, with another is refused', async () => {
    const doctor = await aPeer(control, roomId, 'doctor')
    const transportId = await doctor.sendTransport()
    await control.call('connectTransport', { ...doctor.at, transportId, dtlsParameters: someDtls })
    const other = { fingerprints: [{ algorithm: 'sha-256' as const, value: Array(32).fill('CD').join(':') }] }
    const again = control.call('connectTransport', { ...doctor.at, transportId, dtlsParameters: other })
    assert.equal(await refusal(again), 'wrong_transport_state')
  })

  it('gives new ICE credentials without a new transport', async () => {
    const doctor = await aPeer(control, roomId, 'doctor')
    const transportId = await doctor.sendTransport()
    const first = await control.call('restartIce', { ...doctor.at, transportId })
    const second = await control.call('restartIce', { ...doctor.at, transportId })
    assert.notEqual(first.iceParameters.usernameFragment, second.iceParameters.usernameFragment)
  })

  it('says so when muted, and tells those who come later', async () => {
    const doctor = await aPeer(control, roomId, 'doctor')
    const events = recordEvents(control, 'producerPaused', 'producerResumed')
    const producerId = await doctor.speaks()
    await control.call('pauseProducer', { ...doctor.at, producerId })
    const patient = await aPeer(control, roomId, 'patient')
    assert.equal((await patient.listens())[0]?.producerPaused, true)
    await control.call('resumeProducer', { ...doctor.at, producerId })
    assert.deepEqual(
      events.map(({ name, payload }) => [name, payload.producerId]),
      [
        ['producerPaused', producerId],
        ['producerResumed', producerId],
      ],
    )
  })

  it('answers nonsense clearly and keeps the worker alive', async () => {
    const { workers } = await control.call('load', {})
    const doctor = await aPeer(control, roomId, 'doctor')
    const transportId = await doctor.sendTransport()
    const voice = opusParameters(4000)
    const codec = voice.codecs[0]
    assert.ok(codec)
    const nonsense: unknown[] = [
      { ...voice, codecs: [] },
      { ...voice, codecs: [{ ...codec, mimeType: 'audio/nonsense' }] },
      { ...voice, codecs: [{ ...codec, clockRate: 8000 }] },
      { ...voice, codecs: Array(17).fill(codec) },
      { ...voice, encodings: Array.from({ length: 5000 }, (_, ssrc) => ({ ssrc: ssrc + 1 })) },
      { ...voice, encodings: [{ ssrc: 4000 }, { ssrc: 4000 }] },
      { ...voice, encodings: [{ ssrc: -1 }] },
      { ...voice, encodings: [{ ssrc: 4000, codecPayloadType: 5 }] },
      { ...voice, encodings: [{}] },
      { ...voice, encodings: [{ rid: '' }] },
      { ...voice, headerExtensions: [{ uri: 'urn:nonsense', id: 1 }] },
      { ...voice, rtcp: { cname: 'x'.repeat(1000) } },
      vp8Parameters(5000),
      null,
      'nonsense',
    ]
    for (const [index, rtpParameters] of nonsense.entries()) {
      const request = {
        ...doctor.at,
        transportId,
        kind: 'audio',
        source: 'microphone',
        idempotencyKey: `${index}`,
      }
      const code = await refusal(control.call('produce', { ...request, rtpParameters } as never)).catch(
        () => index,
      )
      assert.ok(code === 'bad_parameters' || code === 'invalid_request', `${index}: ${code}`)
    }
    const dtlsParameters = { fingerprints: [{ algorithm: 'sha-256', value: 'nonsense' }] }
    const connect = control.call('connectTransport', { ...doctor.at, transportId, dtlsParameters } as never)
    assert.equal(await refusal(connect), 'invalid_request')
    assert.equal(await refusal(control.call('layDown' as never, {} as never)), 'unknown_command')
    assert.equal(await refusal(control.call('constructor' as never, {} as never)), 'unknown_command')
    assert.ok(await doctor.speaks('fine'))
    assert.deepEqual(
      (await control.call('load', {})).workers.map(({ pid }) => pid),
      workers.map(({ pid }) => pid),
    )
  })

  it('does not take a name of anybody', async () => {
    const named = { roomId, epoch: 1, peerId: 'p', displayName: 'Zhang Wei' }
    await control.call('openRoom', { roomId, epoch: 1 })
    assert.equal(await refusal(control.call('addPeer', named as never)), 'invalid_request')
    assert.equal(await refusal(control.call('addPeer', { ...named, peerId: 'Zhang Wei' })), 'invalid_request')
  })

  it('gives the device check a transport of its own, by UDP or by TCP', async () => {
    const byTcp = await control.call('openProbe', { probeId: 'check', protocol: 'tcp' })
    assert.deepEqual(new Set(byTcp.transport.iceCandidates.map(({ protocol }) => protocol)), new Set(['tcp']))
    const byUdp = await control.call('openProbe', { probeId: 'check', protocol: 'udp' })
    assert.deepEqual(new Set(byUdp.transport.iceCandidates.map(({ protocol }) => protocol)), new Set(['udp']))
    assert.equal((await control.call('load', {})).probes, 1)
    const produce = { probeId: 'check', kind: 'audio', rtpParameters: opusParameters(1) } as const
    assert.equal(await refusal(control.call('produceProbe', produce)), 'wrong_transport_state')
    await control.call('connectProbe', { probeId: 'check', dtlsParameters: someDtls })
    await control.call('produceProbe', produce)
    const stats = await control.call('probeStats', { probeId: 'check' })
    assert.deepEqual([stats.ice, stats.protocol, stats.rttMs], ['new', null, null])
    await control.call('closeProbe', { probeId: 'check' })
    assert.equal(await refusal(control.call('probeStats', { probeId: 'check' })), 'probe_not_found')
  })

  it('limits how many device checks run at once', async () => {
    const ids = Array.from({ length: 50 }, (_, index) => `check-${index}`)
    await Promise.all(ids.map((probeId) => control.call('openProbe', { probeId, protocol: 'any' })))
    assert.equal(
      await refusal(control.call('openProbe', { probeId: 'more', protocol: 'any' })),
      'limit_reached',
    )
    await Promise.all(ids.map((probeId) => control.call('closeProbe', { probeId })))
  })

  it('describes a room whole, for a server that takes over', async () => {
    const doctor = await aPeer(control, roomId, 'doctor')
    const patient = await aPeer(control, roomId, 'patient')
    const producerId = await doctor.showsFace(3)
    const consumers = await patient.listens()
    const state = await control.call('roomState', { roomId, epoch: 1 })
    assert.deepEqual(
      state.peers.map(({ peerId, producers, transports }) => [
        peerId,
        producers,
        transports.map((t) => t.direction),
      ]),
      [
        ['doctor', [{ producerId, kind: 'video', source: 'camera', paused: false }], ['send']],
        ['patient', [], ['recv']],
      ],
    )
    assert.deepEqual(state.peers[1]?.consumers, consumers)
    const stats = await control.call('peerStats', patient.at)
    assert.equal(stats.transports[0]?.direction, 'recv')
    assert.equal(stats.consumers[0]?.source, 'camera')
  })
})
