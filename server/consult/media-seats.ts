import type { MediaConsumer, Quality } from '#shared/consult.ts'
import { MediaSource } from '#shared/consult.ts'
import { ParticipantId } from '#shared/ids.ts'
import type { ConsumerInfo } from '#shared/sfu.ts'
import type { Instant } from '#shared/time.ts'
import { qualityWord } from './quality.ts'
import type { Seat } from './seats.ts'

const repeatQualityMs = 10_000

/** What this process knows of one seat's media: what its browser was told, and how well its own arrives. */
export class SeatMedia {
  readonly #seat: Seat
  /** Consumers that the browser knows, with their producers. */
  readonly #announced = new Map<string, string>()
  readonly #scores = new Map<string, number>()
  readonly #pausedProducers = new Set<string>()
  /** Requests whose replies list consumers and are under way; what happens meanwhile is held back. */
  #listings = 0
  #held: (() => void)[] = []
  #reported: Quality | null = null
  #disconnected = false
  #told: { quality: Quality; at: Instant } | null = null
  /** The newest incarnation that the browser was asked to join. */
  #askedEpoch = 0
  #transportsLost = false

  constructor(seat: Seat) {
    this.#seat = seat
  }

  /**
   * Runs a request whose reply lists the consumers. What happens meanwhile is told after the reply, so that the
   * browser never hears of a consumer before the transport that it comes on.
   */
  async listing<T>(epoch: number, request: () => Promise<T>): Promise<T> {
    this.#listings++
    this.#askedEpoch = Math.max(this.#askedEpoch, epoch)
    try {
      return await request()
    } finally {
      // The acknowledgement leaves first.
      setImmediate(() => {
        if (--this.#listings > 0) return
        for (const tell of this.#held.splice(0)) tell()
      })
    }
  }

  /** New transports: the browser knows no consumer of them yet. */
  opened(): void {
    this.#announced.clear()
    this.#transportsLost = false
    this.#disconnected = false
  }

  /** What a reply lists. */
  listed(consumers: ConsumerInfo[]): MediaConsumer[] {
    for (const { consumerId, producerId } of consumers) this.#announced.set(consumerId, producerId)
    return consumers.flatMap((consumer) => presentConsumer(consumer) ?? [])
  }

  announce(epoch: number, consumer: ConsumerInfo): void {
    this.#orLater(() => {
      if (this.#announced.has(consumer.consumerId)) return
      const presented = presentConsumer(consumer)
      if (!presented) return
      this.#announced.set(consumer.consumerId, consumer.producerId)
      this.#seat.peer.tell('media:consumer', { epoch, ...presented })
    })
  }

  consumerClosed(consumerId: string): void {
    this.#orLater(() => {
      if (this.#announced.delete(consumerId)) this.#seat.peer.tell('media:consumer-closed', { consumerId })
    })
  }

  producerPaused(producerId: string, paused: boolean): void {
    this.#orLater(() => {
      for (const [consumerId, producer] of this.#announced)
        if (producer === producerId) this.#seat.peer.tell('media:producer-paused', { consumerId, paused })
    })
  }

  /** Consumers that are no longer among `consumers` are closed, new ones announced. */
  reconcile(epoch: number, consumers: ConsumerInfo[]): void {
    const present = new Set(consumers.map((consumer) => consumer.consumerId))
    for (const consumerId of [...this.#announced.keys()])
      if (!present.has(consumerId)) this.consumerClosed(consumerId)
    for (const consumer of consumers) {
      this.announce(epoch, consumer)
      this.producerPaused(consumer.producerId, consumer.producerPaused)
    }
  }

  /** The room has a new incarnation; says so once. */
  roomMoved(epoch: number, reason: 'worker_died' | 'sfu_lost'): void {
    if (epoch <= this.#askedEpoch) return
    this.#askedEpoch = epoch
    this.opened()
    this.#seat.peer.tell('media:lost', { epoch, reason })
  }

  /** A transport is closed for good; says so once until media is opened again. */
  transportLost(epoch: number): void {
    if (this.#transportsLost) return
    this.#transportsLost = true
    this.#seat.peer.tell('media:lost', { epoch, reason: 'transport_closed' })
  }

  reported(quality: Quality): void {
    this.#reported = quality
  }

  scored(producerId: string, score: number): void {
    this.#scores.set(producerId, score)
  }

  ownPaused(producerId: string, paused: boolean): void {
    if (paused) this.#pausedProducers.add(producerId)
    else this.#pausedProducers.delete(producerId)
    // The old score says nothing about what comes after the pause.
    this.#scores.delete(producerId)
  }

  ownClosed(producerId: string): void {
    this.#scores.delete(producerId)
    this.#pausedProducers.delete(producerId)
  }

  reachable(connected: boolean): void {
    this.#disconnected = !connected
  }

  /** The word to tell both sides now; null when they know it already. */
  qualityToTell(now: Instant): Quality | null {
    const scores = [...this.#scores]
      .filter(([id]) => !this.#pausedProducers.has(id))
      .map(([, score]) => score)
    const quality = qualityWord({ reported: this.#reported, scores, disconnected: this.#disconnected })
    if (quality === null) return null
    if (this.#told?.quality === quality && now - this.#told.at < repeatQualityMs) return null
    this.#told = { quality, at: now }
    return quality
  }

  #orLater(tell: () => void): void {
    if (this.#listings > 0) this.#held.push(tell)
    else tell()
  }
}

/** Null for sources that no browser of ours sends. */
function presentConsumer(consumer: ConsumerInfo): MediaConsumer | null {
  const source = MediaSource.safeParse(consumer.source)
  if (!source.success) return null
  const { consumerId, producerId, kind, rtpParameters, producerPaused } = consumer
  const participantId = ParticipantId.parse(consumer.producerPeerId)
  return {
    consumerId,
    producerId,
    participantId,
    kind,
    source: source.data,
    rtpParameters: { ...rtpParameters },
    producerPaused,
  }
}
