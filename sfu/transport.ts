import type { DtlsParameters, TransportDirection } from '#shared/rtp.ts'
import { SfuError, type mediaLostReasons } from '#shared/sfu.ts'
import type { MediaTransport, MediaTransportState } from './engine.ts'
import { limits } from './limits.ts'

type MediaLostReason = (typeof mediaLostReasons)[number]

export interface TransportListener {
  stateChanged: (state: ReturnType<PeerTransport['state']>) => void
  /** It broke by itself; `closed` follows. */
  lost: (reason: MediaLostReason) => void
  closed: () => void
}

/** A peer's transport from the first candidate to its end. DTLS that fails or never finishes ends it. */
export class PeerTransport {
  readonly id: string
  readonly direction: TransportDirection
  readonly media: MediaTransport
  readonly #listener: TransportListener
  #connecting: { fingerprints: string; done: Promise<void> } | undefined
  #dtlsTimer: NodeJS.Timeout | undefined
  #closed = false

  constructor(direction: TransportDirection, media: MediaTransport, listener: TransportListener) {
    this.id = media.options.transportId
    this.direction = direction
    this.media = media
    this.#listener = listener
    media.onState((state) => this.#stateChanged(state))
  }

  get closed(): boolean {
    return this.#closed
  }

  get connectCalled(): boolean {
    return this.#connecting !== undefined
  }

  connectedByIce(): boolean {
    const { ice } = this.media.state()
    return ice === 'connected' || ice === 'completed'
  }

  state() {
    return { transportId: this.id, direction: this.direction, ...this.media.state() }
  }

  /** Once; repeating it with the same parameters is harmless. */
  async connect(dtlsParameters: DtlsParameters): Promise<void> {
    const fingerprints = JSON.stringify(dtlsParameters.fingerprints)
    if (this.#connecting) {
      if (this.#connecting.fingerprints === fingerprints) return this.#connecting.done
      throw new SfuError('wrong_transport_state', 'the transport is connected with other parameters')
    }
    const connecting = { fingerprints, done: this.media.connect(dtlsParameters) }
    this.#connecting = connecting
    try {
      await connecting.done
    } catch (error) {
      this.#connecting = undefined
      throw error
    }
    if (this.#closed || this.media.state().dtls === 'connected') return
    this.#dtlsTimer = setTimeout(() => this.#lose('dtls_timeout'), limits.dtlsTimeoutMs)
  }

  async stats() {
    return { ...this.state(), ...(await this.media.stats()) }
  }

  close(): void {
    if (this.#closed) return
    this.abandon()
    this.media.close()
    this.#listener.closed()
  }

  /** The worker is gone: only the timer is left to stop. */
  abandon(): void {
    this.#closed = true
    clearTimeout(this.#dtlsTimer)
  }

  #stateChanged(state: MediaTransportState): void {
    if (this.#closed) return
    this.#listener.stateChanged(this.state())
    if (state.dtls === 'connected') clearTimeout(this.#dtlsTimer)
    if (state.dtls === 'failed') this.#lose('dtls_failed')
    if (state.dtls === 'closed') this.#lose('dtls_closed')
  }

  #lose(reason: MediaLostReason): void {
    this.#listener.lost(reason)
    this.close()
  }
}
