import type {
  DtlsParameters,
  IceParameters,
  Layers,
  MediaKind,
  MediaSource,
  RtpCapabilities,
  RtpParameters,
  TransportDirection,
  TransportOptions,
} from '#shared/rtp.ts'
import { SfuError, type ConsumerInfo, type PeerStats } from '#shared/sfu.ts'
import type { EmitSfuEvent } from '#shared/sfu-events.ts'
import type { MediaConsumer, MediaProducer, MediaRouter } from './engine.ts'
import { limits, sources } from './limits.ts'
import type { SfuLog } from './log.ts'
import { streamNumbers } from './stats.ts'
import { PeerTransport } from './transport.ts'

/** What a peer needs of the room that it is in. */
export interface PeerRoom {
  readonly roomId: string
  readonly epoch: number
  readonly router: MediaRouter
  emit: EmitSfuEvent
  log: SfuLog
  othersOf(peer: Peer): Iterable<Peer>
}

export interface PeerProducer {
  readonly peerId: string
  readonly source: MediaSource
  readonly kind: MediaKind
  readonly transport: PeerTransport
  readonly media: MediaProducer
}

interface PeerConsumer {
  readonly producer: PeerProducer
  readonly media: MediaConsumer
}

/** One participant's media in a room: up to two transports, what it sends, and what it receives of the others. */
export class Peer {
  readonly id: string
  readonly #room: PeerRoom
  readonly #transports = new Map<TransportDirection, PeerTransport>()
  readonly #producers = new Map<string, PeerProducer>()
  readonly #producedByKey = new Map<string, Promise<PeerProducer>>()
  readonly #consumers = new Map<string, PeerConsumer>()
  /** Producers being consumed or about to be: set before the worker is asked, so that none is consumed twice. */
  readonly #consuming = new Map<string, Promise<void>>()
  #rtpCapabilities: RtpCapabilities | undefined
  #turn: Promise<unknown> = Promise.resolve()
  #closed = false

  constructor(id: string, room: PeerRoom) {
    this.id = id
    this.#room = room
  }

  get producers(): Iterable<PeerProducer> {
    return this.#producers.values()
  }

  streams(): number {
    return this.#producers.size + this.#consumers.size
  }

  /** Whether packets can arrive from or reach this peer right now. */
  reachable(): boolean {
    return [...this.#transports.values()].some((transport) => transport.connectedByIce())
  }

  /** Replaces the transport in that direction, with all that was on it. */
  createTransport(direction: TransportDirection): Promise<TransportOptions> {
    return this.#inTurn(async () => {
      this.#transports.get(direction)?.close()
      const media = await this.#room.router.createTransport(direction, 'any')
      if (this.#closed) {
        media.close()
        throw new SfuError('peer_not_found', 'the peer left while its transport was being made')
      }
      const transport = new PeerTransport(direction, media, {
        stateChanged: (state) => this.#room.emit('transportState', { ...this.#ids(), ...state }),
        lost: (reason) =>
          this.#room.emit('peerMediaLost', { ...this.#ids(), transportId: transport.id, direction, reason }),
        closed: () => this.#transportClosed(transport),
      })
      this.#transports.set(direction, transport)
      return media.options
    })
  }

  connectTransport(transportId: string, dtlsParameters: DtlsParameters): Promise<void> {
    return this.#inTurn(() => this.#transport(transportId).connect(dtlsParameters))
  }

  restartIce(transportId: string): Promise<IceParameters> {
    return this.#inTurn(() => this.#transport(transportId).media.restartIce())
  }

  /** The same key gives the same producer, or `producer_not_found` when that one has been closed since. */
  async produce(request: ProduceRequest): Promise<string> {
    const former = this.#producedByKey.get(request.idempotencyKey)
    if (former) {
      const producer = await former
      if (this.#producers.has(producer.media.id)) return producer.media.id
      throw new SfuError('producer_not_found', 'the producer of this idempotency key has been closed')
    }
    const fresh = this.#inTurn(() => this.#produce(request))
    this.#remember(request.idempotencyKey, fresh)
    return (await fresh).media.id
  }

  async #produce(request: ProduceRequest): Promise<PeerProducer> {
    const { kind, source, rtpParameters, paused = false } = request
    if (sources[source].kind !== kind) {
      throw new SfuError('bad_parameters', `a ${source} does not send ${kind}`)
    }
    const transport = this.#transport(request.transportId)
    if (transport.direction !== 'send' || !transport.connectCalled) {
      throw new SfuError('wrong_transport_state', 'media can be sent only over a connected send transport')
    }
    const media = await transport.media.produce({ kind, rtpParameters, paused })
    if (this.#closed || transport.closed) {
      media.close()
      throw new SfuError('transport_not_found', 'the transport was closed while the producer was being made')
    }
    for (const other of [...this.#producers.values()]) if (other.source === source) this.#closeProducer(other)
    const producer: PeerProducer = { peerId: this.id, source, kind, transport, media }
    this.#producers.set(media.id, producer)
    media.onScore((score) =>
      this.#room.emit('producerScore', { ...this.#ids(), producerId: media.id, score }),
    )
    this.#room.emit('producerCreated', { ...this.#ids(), ...producerInfo(producer) })
    for (const other of this.#room.othersOf(this)) other.receiveAll()
    return producer
  }

  closeProducer(producerId: string): void {
    this.#closeProducer(this.#producer(producerId))
  }

  async pauseProducer(producerId: string): Promise<void> {
    await this.#producer(producerId).media.pause()
    this.#room.emit('producerPaused', { ...this.#ids(), producerId })
  }

  async resumeProducer(producerId: string): Promise<void> {
    await this.#producer(producerId).media.resume()
    this.#room.emit('producerResumed', { ...this.#ids(), producerId })
  }

  /** From now on this peer receives the others. Returns all its consumers, once they exist. */
  async setRecvReady(rtpCapabilities: RtpCapabilities): Promise<ConsumerInfo[]> {
    if (!this.#transports.has('recv')) {
      throw new SfuError('wrong_transport_state', 'there is no recv transport to receive over')
    }
    this.#rtpCapabilities = rtpCapabilities
    this.receiveAll()
    await Promise.all(this.#consuming.values())
    return this.consumerInfos()
  }

  /** Makes the consumers that are missing, voices first, up to the cap. Failures are logged; nobody waits. */
  receiveAll(): void {
    const transport = this.#transports.get('recv')
    if (!transport || !this.#rtpCapabilities || this.#closed) return
    const wanted = [...this.#room.othersOf(this)]
      .flatMap((other) => [...other.producers])
      .sort((one, two) => sources[one.source].order - sources[two.source].order)
    for (const producer of wanted) {
      const producerId = producer.media.id
      if (this.#consuming.has(producerId)) continue
      if (this.#consuming.size >= limits.consumersPerPeer) {
        this.#room.log.warn(
          { ...this.#ids(), producerId },
          'a peer receives all that it may; a producer is left out',
        )
        continue
      }
      this.#consuming.set(producerId, this.#consume(transport, producer, this.#rtpCapabilities))
    }
  }

  async #consume(
    transport: PeerTransport,
    producer: PeerProducer,
    rtpCapabilities: RtpCapabilities,
  ): Promise<void> {
    const producerId = producer.media.id
    const { priority } = sources[producer.source]
    try {
      const media = await transport.media.consume({ producerId, rtpCapabilities, priority })
      if (transport.closed || this.#consuming.get(producerId) === undefined) return media.close()
      const consumer = { producer, media }
      this.#consumers.set(media.id, consumer)
      const ids = { ...this.#ids(), consumerId: media.id }
      media.onScore((score) => this.#room.emit('consumerScore', { ...ids, ...score }))
      media.onLayers((layers) => this.#room.emit('layersChanged', { ...ids, layers }))
      this.#room.emit('consumerCreated', { ...this.#ids(), ...consumerInfo(consumer) })
    } catch (error) {
      this.#room.log.warn({ ...this.#ids(), producerId, err: error }, 'a peer cannot receive a producer')
    }
  }

  /** The producer is gone; whatever this peer had of it goes too. */
  producerGone(producerId: string): void {
    this.#consuming.delete(producerId)
    for (const consumer of this.#consumers.values()) {
      if (consumer.producer.media.id === producerId) this.#forgetConsumer(consumer)
    }
    this.receiveAll()
  }

  async resumeConsumer(consumerId: string): Promise<void> {
    await this.#consumer(consumerId).media.resume()
  }

  async pauseConsumer(consumerId: string): Promise<void> {
    await this.#consumer(consumerId).media.pause()
  }

  async setPreferredLayers(consumerId: string, layers: Layers): Promise<void> {
    await this.#consumer(consumerId).media.setPreferredLayers(layers)
  }

  async requestKeyFrame(consumerId: string): Promise<void> {
    await this.#consumer(consumerId).media.requestKeyFrame()
  }

  consumerInfos(): ConsumerInfo[] {
    return [...this.#consumers.values()].map(consumerInfo)
  }

  describe() {
    return {
      peerId: this.id,
      transports: [...this.#transports.values()].map((transport) => transport.state()),
      producers: [...this.#producers.values()].map(producerInfo),
      consumers: this.consumerInfos(),
    }
  }

  async stats(): Promise<PeerStats> {
    const [transports, producers, consumers] = await Promise.all([
      Promise.all([...this.#transports.values()].map((transport) => transport.stats())),
      Promise.all([...this.#producers.values()].map((producer) => streamStats(producer, producer.media))),
      Promise.all([...this.#consumers.values()].map(({ producer, media }) => streamStats(producer, media))),
    ])
    return { transports, producers, consumers }
  }

  /** `workerGone`: there is nothing left to close, and the room says what happened. */
  close(options: { workerGone: boolean }): void {
    if (this.#closed) return
    this.#closed = true
    for (const transport of [...this.#transports.values()]) {
      if (options.workerGone) transport.abandon()
      else transport.close()
    }
  }

  #transportClosed(transport: PeerTransport): void {
    if (this.#transports.get(transport.direction) === transport) this.#transports.delete(transport.direction)
    for (const producer of [...this.#producers.values()]) {
      if (producer.transport === transport) this.#closeProducer(producer)
    }
    if (transport.direction === 'recv') {
      this.#consuming.clear()
      // A browser that builds its transport anew may also have become another browser.
      this.#rtpCapabilities = undefined
      for (const consumer of this.#consumers.values()) this.#forgetConsumer(consumer)
    }
  }

  #closeProducer(producer: PeerProducer): void {
    const producerId = producer.media.id
    if (!this.#producers.delete(producerId)) return
    producer.media.close()
    this.#room.emit('producerClosed', { ...this.#ids(), producerId, source: producer.source })
    for (const other of this.#room.othersOf(this)) other.producerGone(producerId)
  }

  #forgetConsumer({ media, producer }: PeerConsumer): void {
    this.#consumers.delete(media.id)
    media.close()
    this.#room.emit('consumerClosed', { ...this.#ids(), consumerId: media.id, producerId: producer.media.id })
  }

  /** One after the other: two requests for a transport at once must not leave two behind. */
  #inTurn<T>(act: () => Promise<T>): Promise<T> {
    const mine = this.#turn.then(act)
    this.#turn = mine.then(
      () => undefined,
      () => undefined,
    )
    return mine
  }

  #remember(key: string, producer: Promise<PeerProducer>): void {
    this.#producedByKey.set(key, producer)
    // What failed may be tried again under the same key.
    producer.catch(() => this.#producedByKey.delete(key))
    const [oldest] = this.#producedByKey.keys()
    if (this.#producedByKey.size > limits.produceKeys && oldest !== undefined)
      this.#producedByKey.delete(oldest)
  }

  #transport(transportId: string): PeerTransport {
    for (const transport of this.#transports.values()) if (transport.id === transportId) return transport
    throw new SfuError('transport_not_found', 'the peer has no such transport')
  }

  #producer(producerId: string): PeerProducer {
    const producer = this.#producers.get(producerId)
    if (!producer) throw new SfuError('producer_not_found', 'the peer has no such producer')
    return producer
  }

  #consumer(consumerId: string): PeerConsumer {
    const consumer = this.#consumers.get(consumerId)
    if (!consumer) throw new SfuError('consumer_not_found', 'the peer has no such consumer')
    return consumer
  }

  #ids() {
    return { roomId: this.#room.roomId, epoch: this.#room.epoch, peerId: this.id }
  }
}

export interface ProduceRequest {
  transportId: string
  kind: MediaKind
  source: MediaSource
  rtpParameters: RtpParameters
  paused?: boolean
  idempotencyKey: string
}

function producerInfo({ media, kind, source }: PeerProducer) {
  return { producerId: media.id, kind, source, paused: media.paused }
}

function consumerInfo({ media, producer }: PeerConsumer): ConsumerInfo {
  return {
    consumerId: media.id,
    producerId: producer.media.id,
    producerPeerId: producer.peerId,
    kind: producer.kind,
    source: producer.source,
    rtpParameters: media.rtpParameters,
    producerPaused: producer.media.paused,
  }
}

async function streamStats({ kind, source }: PeerProducer, media: MediaProducer | MediaConsumer) {
  return { id: media.id, kind, source, ...streamNumbers(await media.stats()) }
}
