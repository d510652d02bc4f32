import type { Device, types } from 'mediasoup-client'
import type { ConsultRequests, MediaConsumer, MediaSource, ProducerId } from '#shared/consult.ts'
import type { ParticipantId } from '#shared/ids.ts'
import type { z } from 'zod'
import { ApiError } from '../../platform/api.ts'
import { Events } from '../../platform/events.ts'
import type { SendRequest } from '../../platform/socket.ts'
import { journal } from '../../platform/journal.ts'
import { produceOptions } from './codecs.ts'
import { iceParametersOf, rtpParametersOf, toWire, transportOptionsOf } from './mediasoup.ts'
import { newKey } from '../../platform/key.ts'

export type Opened = z.output<ConsultRequests['media:open']['reply']>
export type TransportState = types.ConnectionState

export interface RemoteTrack {
  readonly consumerId: string
  readonly participantId: ParticipantId
  readonly source: MediaSource
  readonly track: MediaStreamTrack
  readonly paused: boolean
}

type RoomEvents = {
  /** Worst state of both connections. */
  state: [state: TransportState]
  remote: [track: RemoteTrack]
  'remote-gone': [consumerId: string]
  /** The server refused something that only a new room can mend. */
  broken: [error: unknown]
}

/** Requests about a stream that may have ended in the meantime. */
const lostWithItsStream = ['media:resume-consumer', 'media:prefer-layers']

type Publication = { producer: types.Producer; serverId: Promise<ProducerId> }

/** One incarnation of this participant's media: two connections to the SFU, what is sent and what is received. */
export class Room {
  readonly epoch: number
  readonly #device: Device
  readonly #request: SendRequest<ConsultRequests>
  readonly #events = new Events<RoomEvents>()
  readonly #send: types.Transport
  readonly #recv: types.Transport
  readonly #published = new Map<MediaSource, Promise<Publication>>()
  readonly #consumers = new Map<string, { offer: MediaConsumer; consumer: types.Consumer | null }>()
  #closed = false

  constructor(device: Device, request: SendRequest<ConsultRequests>, opened: Opened) {
    this.#device = device
    this.#request = request
    this.epoch = opened.epoch
    this.#send = device.createSendTransport(transportOptionsOf(opened.sendTransport, opened.iceServers))
    this.#recv = device.createRecvTransport(transportOptionsOf(opened.recvTransport, opened.iceServers))
    for (const transport of [this.#send, this.#recv]) {
      transport.on('connect', ({ dtlsParameters }, done) => {
        // Answered at once: ICE begins while the server learns our fingerprint. A refusal breaks the room.
        done()
        this.#ask(
          'media:connect',
          request('media:connect', {
            epoch: this.epoch,
            transportId: transport.id,
            dtlsParameters: toWire(dtlsParameters),
          }),
        )
      })
      transport.on('connectionstatechange', () => {
        if (!this.#closed) this.#events.emit('state', this.state)
      })
    }
    this.#send.on('produce', ({ kind, rtpParameters, appData }, done) => {
      // Answered at once with our own key: microphone and camera are announced without waiting for each other.
      const key = newKey()
      const publication = appData as { source: MediaSource; paused: boolean; serverId: Promise<ProducerId> }
      publication.serverId = request('media:produce', {
        epoch: this.epoch,
        transportId: this.#send.id,
        kind,
        source: publication.source,
        rtpParameters: toWire(rtpParameters),
        paused: publication.paused,
        idempotencyKey: key,
      }).then(({ producerId }) => producerId)
      this.#ask('media:produce', publication.serverId)
      done({ id: key })
    })
  }

  on<Name extends keyof RoomEvents>(
    name: Name,
    listener: (...payload: RoomEvents[Name]) => void,
  ): () => void {
    return this.#events.on(name, listener)
  }

  /** Worst of the connections that are in use. */
  get state(): TransportState {
    const used = [this.#send, this.#recv].map((transport) => transport.connectionState)
    const order: TransportState[] = ['failed', 'closed', 'disconnected', 'connecting', 'connected', 'new']
    return order.find((state) => used.includes(state)) ?? 'new'
  }

  /** Sends a track, or sends another one in place of the former of this source. */
  async publish(source: MediaSource, track: MediaStreamTrack, paused: boolean): Promise<void> {
    const former = this.#published.get(source)
    if (former) {
      const { producer } = await former
      if (!this.#closed && !producer.closed && producer.track !== track)
        await producer.replaceTrack({ track })
      return
    }
    const publication = this.#produce(source, track, paused)
    this.#published.set(source, publication)
    await publication
  }

  async unpublish(source: MediaSource): Promise<void> {
    const publication = this.#published.get(source)
    if (!publication) return
    this.#published.delete(source)
    const { producer, serverId } = await publication
    producer.close()
    if (this.#closed) return
    const producerId = await serverId
    await this.#request('media:close', { epoch: this.epoch, producerId })
  }

  /** Stops and resumes sending, here at once and on the server. Throws CallError when the server could not be told. */
  async pause(source: MediaSource, paused: boolean): Promise<void> {
    const publication = await this.#published.get(source)
    if (!publication || this.#closed || publication.producer.closed) return
    if (paused) publication.producer.pause()
    else publication.producer.resume()
    const producerId = await publication.serverId
    await this.#request('media:pause', { epoch: this.epoch, producerId, paused })
  }

  /** Says what we can receive and learns of everything that there is to receive. */
  async ready(): Promise<void> {
    const { consumers } = await this.#request('media:ready', {
      epoch: this.epoch,
      rtpCapabilities: toWire(this.#device.recvRtpCapabilities),
    })
    if (consumers) await this.reconcile(consumers)
  }

  /** Receives all of these, and nothing that is not among them. */
  async reconcile(offers: readonly MediaConsumer[]): Promise<void> {
    const wanted = new Set<string>(offers.map((offer) => offer.consumerId))
    for (const consumerId of this.#consumers.keys()) if (!wanted.has(consumerId)) this.drop(consumerId)
    for (const offer of offers) this.setRemotePaused(offer.consumerId, offer.producerPaused)
    await Promise.all(offers.map((offer) => this.consume(offer)))
  }

  /** Receives one stream. The server sends it once we have said that our end stands. */
  async consume(offer: MediaConsumer): Promise<void> {
    if (this.#closed || this.#consumers.has(offer.consumerId)) return
    const entry: { offer: MediaConsumer; consumer: types.Consumer | null } = { offer, consumer: null }
    this.#consumers.set(offer.consumerId, entry)
    try {
      const consumer = await this.#recv.consume({
        id: offer.consumerId,
        producerId: offer.producerId,
        kind: offer.kind,
        rtpParameters: rtpParametersOf(offer),
        // One stream for each person and kind of picture keeps lips and voice together.
        streamId: `${offer.participantId}-${offer.source === 'screen' ? 'screen' : 'person'}`,
      })
      entry.consumer = consumer
      if (this.#closed || this.#consumers.get(offer.consumerId) !== entry) {
        consumer.close()
        return
      }
      this.#announce(offer.consumerId)
      const { epoch } = this
      // The first picture is the smallest: its key frame is a tenth of the largest one's. `preferLayer` asks for more.
      if (offer.source === 'camera') {
        this.#ask(
          'media:prefer-layers',
          this.#request('media:prefer-layers', { epoch, consumerId: offer.consumerId, spatialLayer: 0 }),
        )
      }
      this.#ask(
        'media:resume-consumer',
        this.#request('media:resume-consumer', { epoch, consumerId: offer.consumerId }),
      )
    } catch (error) {
      this.#consumers.delete(offer.consumerId)
      if (!this.#closed) this.#events.emit('broken', error)
    }
  }

  drop(consumerId: string): void {
    const entry = this.#consumers.get(consumerId)
    if (!entry) return
    this.#consumers.delete(consumerId)
    entry.consumer?.close()
    this.#events.emit('remote-gone', consumerId)
  }

  setRemotePaused(consumerId: string, paused: boolean): void {
    const entry = this.#consumers.get(consumerId)
    if (!entry || entry.offer.producerPaused === paused) return
    entry.offer = { ...entry.offer, producerPaused: paused }
    if (entry.consumer) this.#announce(consumerId)
  }

  /** Asks for a smaller (0) or the full (2) picture of the others. */
  async preferLayer(spatialLayer: 0 | 1 | 2): Promise<void> {
    const cameras = [...this.#consumers.values()].filter(({ offer }) => offer.source === 'camera')
    await Promise.all(
      cameras.map(({ offer: { consumerId } }) =>
        this.#request('media:prefer-layers', { epoch: this.epoch, consumerId, spatialLayer }),
      ),
    )
  }

  /** New ICE on both connections at once: for when the network has changed. */
  async restartIce(): Promise<void> {
    const used = [this.#send, this.#recv].filter((transport) => transport.connectionState !== 'new')
    await Promise.all(
      used.map(async (transport) => {
        const { iceParameters } = await this.#request(
          'media:restart-ice',
          { epoch: this.epoch, transportId: transport.id },
          { timeoutMs: 3000 },
        )
        if (!this.#closed) await transport.restartIce({ iceParameters: iceParametersOf(iceParameters) })
      }),
    )
  }

  async stats(): Promise<RTCStatsReport[]> {
    const open = [this.#send, this.#recv].filter((transport) => !transport.closed)
    return await Promise.all(open.map((transport) => transport.getStats()))
  }

  /** Tracks that were sent stay open: the next room sends them again. */
  close(): void {
    if (this.#closed) return
    this.#closed = true
    this.#events.clear()
    this.#send.close()
    this.#recv.close()
    this.#consumers.clear()
    this.#published.clear()
  }

  async #produce(source: MediaSource, track: MediaStreamTrack, paused: boolean): Promise<Publication> {
    const appData: { source: MediaSource; paused: boolean; serverId?: Promise<ProducerId> } = {
      source,
      paused,
    }
    // The producer takes its state from the track: mute is disabled, here and in the next room.
    track.enabled = !paused
    try {
      const producer = await this.#send.produce({
        ...produceOptions[source],
        track,
        stopTracks: false,
        disableTrackOnPause: true,
        appData,
      })
      return { producer, serverId: appData.serverId ?? Promise.reject(new Error('not announced')) }
    } catch (error) {
      this.#published.delete(source)
      throw error
    }
  }

  #announce(consumerId: string): void {
    const entry = this.#consumers.get(consumerId)
    if (!entry?.consumer) return
    const { participantId, source, producerPaused } = entry.offer
    const { track } = entry.consumer
    this.#events.emit('remote', { consumerId, participantId, source, track, paused: producerPaused })
  }

  /** Watches a request that nobody waits for. What a retry cannot mend breaks the room; a new one will be opened. */
  #ask(name: string, request: Promise<unknown>): void {
    request.catch((error: unknown) => {
      if (this.#closed) return
      if (lostWithItsStream.includes(name) && error instanceof ApiError && error.code === 'not_found') {
        journal('The stream was gone before it began:', error.code)
        return
      }
      this.#events.emit('broken', error)
    })
  }
}
