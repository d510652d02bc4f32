import type { DtlsParameters, MediaKind, RtpParameters } from '#shared/rtp.ts'
import { SfuError, type SfuReply } from '#shared/sfu.ts'
import type { MediaProducer, MediaRouter } from './engine.ts'
import { limits } from './limits.ts'
import { streamNumbers } from './stats.ts'
import { PeerTransport } from './transport.ts'
import type { Tenant, WorkerPool } from './workers.ts'

/** Transports for the device check. Each has a router of its own, so nothing sent into it can be received by anyone. */
export class Probes {
  readonly #pool: WorkerPool
  readonly #probes = new Map<string, Probe>()

  constructor(pool: WorkerPool) {
    this.#pool = pool
  }

  get count(): number {
    return this.#probes.size
  }

  /** Replaces a probe of the same id. */
  async open(probeId: string, protocol: 'any' | 'udp' | 'tcp'): Promise<SfuReply<'openProbe'>> {
    this.close(probeId)
    if (this.#probes.size >= limits.probes)
      throw new SfuError('limit_reached', 'too many device checks at once')
    const probe = new Probe(() => {
      this.#pool.leave(probe)
      if (this.#probes.get(probeId) === probe) this.#probes.delete(probeId)
    })
    this.#probes.set(probeId, probe)
    try {
      return await probe.start(await this.#pool.rent(probe), protocol)
    } catch (error) {
      probe.close()
      throw error
    }
  }

  get(probeId: string): Probe {
    const probe = this.#probes.get(probeId)
    if (!probe) throw new SfuError('probe_not_found', 'there is no such probe, or its time is over')
    return probe
  }

  close(probeId: string): void {
    this.#probes.get(probeId)?.close()
  }

  closeAll(): void {
    for (const probe of [...this.#probes.values()]) probe.close()
  }
}

class Probe implements Tenant {
  readonly #whenClosed: () => void
  readonly #timer: NodeJS.Timeout
  readonly #producers: MediaProducer[] = []
  #router: MediaRouter | undefined
  #transport: PeerTransport | undefined
  #closed = false

  constructor(whenClosed: () => void) {
    this.#whenClosed = whenClosed
    this.#timer = setTimeout(() => this.close(), limits.probeLifeMs)
  }

  async start(router: MediaRouter, protocol: 'any' | 'udp' | 'tcp'): Promise<SfuReply<'openProbe'>> {
    this.#router = router
    const media = await router.createTransport('send', protocol)
    this.#transport = new PeerTransport('send', media, {
      stateChanged: () => undefined,
      lost: () => undefined,
      closed: () => this.close(),
    })
    if (this.#closed) {
      router.close()
      throw new SfuError('probe_not_found', 'the probe was closed while it was being opened')
    }
    return { rtpCapabilities: router.rtpCapabilities, transport: media.options }
  }

  async connect(dtlsParameters: DtlsParameters): Promise<void> {
    await this.#open().connect(dtlsParameters)
  }

  async produce(kind: MediaKind, rtpParameters: RtpParameters): Promise<string> {
    const transport = this.#open()
    if (!transport.connectCalled) throw new SfuError('wrong_transport_state', 'the probe is not connected')
    if (this.#producers.length >= 2)
      throw new SfuError('limit_reached', 'a probe sends one voice and one picture')
    const producer = await transport.media.produce({ kind, rtpParameters, paused: false })
    this.#producers.push(producer)
    return producer.id
  }

  async stats(): Promise<SfuReply<'probeStats'>> {
    const transport = this.#open()
    const streams = await Promise.all(this.#producers.map((producer) => producer.stats()))
    const numbers = streamNumbers(streams.flat())
    const known = streams.length > 0
    return {
      ...transport.media.state(),
      recvBitrate: numbers.bitrate,
      fractionLost: known ? numbers.fractionLost : null,
      jitterMs: numbers.jitterMs,
      rttMs: numbers.rttMs,
    }
  }

  streams(): number {
    return 1
  }

  workerLost(): void {
    this.#transport?.abandon()
    this.#router = undefined
    this.close()
  }

  close(): void {
    if (this.#closed) return
    this.#closed = true
    clearTimeout(this.#timer)
    this.#transport?.close()
    this.#router?.close()
    this.#whenClosed()
  }

  #open(): PeerTransport {
    if (!this.#transport) throw new SfuError('probe_not_found', 'the probe is not open yet')
    return this.#transport
  }
}
