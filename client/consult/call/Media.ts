import type { ConsultNews, ConsultRequests, MediaSource } from '#shared/consult.ts'
import { ApiError } from '../../platform/api.ts'
import { backoffMs } from '../../platform/backoff.ts'
import { Events } from '../../platform/events.ts'
import type { SendRequest, TicketSocket } from '../../platform/socket.ts'
import { journal } from '../../platform/journal.ts'
import { publishOrder } from './codecs.ts'
import { toWire, type DeviceShelf } from './mediasoup.ts'
import { Room, type RemoteTrack, type TransportState } from './Room.ts'

/** off: not in a call; opening: for the first time; live: media flow; recovering: they stopped and are being brought back. */
export type MediaState = 'off' | 'opening' | 'live' | 'recovering'

type MediaEvents = {
  state: [state: MediaState]
  remotes: [tracks: readonly RemoteTrack[]]
  /** Media cannot be opened; it is tried again. */
  trouble: [error: unknown]
}

interface Needs {
  shelf: DeviceShelf
  request: SendRequest<ConsultRequests>
  onNews: TicketSocket<ConsultRequests, ConsultNews>['on']
}

/** From the first sign of a dead path to new ICE, and from there to entirely new connections, in ms. */
const restartAfterMs = 2000
const rebuildAfterMs = 4000
const backoff = { firstMs: 300, maxMs: 5000 }
const sharpenAfterMs = 3000
/** A room that has lasted this long was a good one: what breaks it is a new story. */
const steadyAfterMs = 10_000

/**
 * Keeps this participant's media flowing: opens the room, sends what there is to send, receives what there is to
 * receive, and mends it: new ICE 2 s after the path died, new connections on the same tracks 4 s after.
 */
export class Media {
  readonly #shelf: DeviceShelf
  readonly #request: SendRequest<ConsultRequests>
  readonly #events = new Events<MediaEvents>()
  readonly #own = new Map<MediaSource, { track: MediaStreamTrack; paused: boolean }>()
  readonly #removers: (() => void)[]
  #remotes = new Map<string, RemoteTrack>()
  #room: Room | null = null
  #state: MediaState = 'off'
  #opening = false
  #openAgain = false
  #failures = 0
  #openedAt = 0
  #retry: ReturnType<typeof setTimeout> | null = null
  #restart: ReturnType<typeof setTimeout> | null = null
  #rebuild: ReturnType<typeof setTimeout> | null = null
  #sharpening: ReturnType<typeof setTimeout> | null = null
  #small = false
  #closed = false

  constructor({ shelf, request, onNews }: Needs) {
    this.#shelf = shelf
    this.#request = request
    this.#removers = [
      onNews('media:consumer', ({ epoch, ...offer }) => {
        if (epoch === this.#room?.epoch) void this.#room.consume(offer)
        else if (this.#room && epoch > this.#room.epoch) this.rebuild()
      }),
      onNews('media:consumer-closed', ({ consumerId }) => this.#room?.drop(consumerId)),
      onNews('media:producer-paused', ({ consumerId, paused }) =>
        this.#room?.setRemotePaused(consumerId, paused),
      ),
      onNews('media:lost', ({ epoch }) => {
        if (this.#state !== 'off' && epoch >= (this.#room?.epoch ?? 0)) this.rebuild()
      }),
    ]
  }

  get state(): MediaState {
    return this.#state
  }

  get connected(): boolean {
    return this.#room?.state === 'connected'
  }

  on<Name extends keyof MediaEvents>(
    name: Name,
    listener: (...payload: MediaEvents[Name]) => void,
  ): () => void {
    return this.#events.on(name, listener)
  }

  /** Enters the call. What is sent may come before or after. Doing it twice changes nothing. */
  start(): void {
    if (this.#state !== 'off' || this.#closed) return
    this.#setState('opening')
    void this.#open()
  }

  /** What is sent from this source from now on; null for nothing. `held`: not before it is unmuted. */
  setTrack(source: MediaSource, track: MediaStreamTrack | null, held = false): void {
    const former = this.#own.get(source)
    if (track) {
      const paused = former?.paused ?? held
      track.enabled = !paused
      this.#own.set(source, { track, paused })
      this.#publish(source)
    } else if (former) {
      this.#own.delete(source)
      this.#tell('media:close', this.#room?.unpublish(source))
    }
  }

  /** Mutes or unmutes here at once, and for the others as soon as the server knows. */
  setPaused(source: MediaSource, paused: boolean): void {
    const own = this.#own.get(source)
    if (!own) return
    this.#own.set(source, { ...own, paused })
    own.track.enabled = !paused
    this.#tell('media:pause', this.#room?.pause(source, paused))
  }

  /** The line is too weak for pictures, or strong enough again. */
  preferSmallPictures(small: boolean): void {
    this.#small = small
    this.#sharpen()
  }

  /** A first, small picture is on the screen: now larger ones. */
  pictured(): void {
    this.#sharpen()
  }

  /** The socket is back. What the server kept is brought up to date; what it lost is built anew. */
  returned(kept: boolean): void {
    if (this.#state === 'off' || this.#opening) return
    const room = this.#room
    if (!kept || !room || room.state === 'failed') {
      this.rebuild()
      return
    }
    if (room.state === 'disconnected') this.#restartIce()
    this.#tell('media:ready', room.ready())
    for (const [source, { paused }] of this.#own) this.#tell('media:pause', room.pause(source, paused))
  }

  /** The device has visibly changed its network: no need to wait until the path is found dead. */
  networkChanged(): void {
    if (this.#state === 'live' || this.#state === 'recovering') this.#restartIce()
  }

  /** New connections on the same tracks. The others' last pictures stay until the new ones come. */
  rebuild(): void {
    if (this.#state === 'off' || this.#closed) return
    if (this.#state === 'live') this.#setState('recovering')
    if (this.#opening) this.#openAgain = true
    else void this.#open()
  }

  async stats(): Promise<RTCStatsReport[]> {
    return (await this.#room?.stats()) ?? []
  }

  /** Leaves the call. The own tracks stay open: they belong to Devices. */
  close(): void {
    if (this.#closed) return
    this.#closed = true
    for (const remove of this.#removers) remove()
    this.#clearTimers()
    if (this.#sharpening !== null) clearTimeout(this.#sharpening)
    this.#room?.close()
    this.#room = null
    this.#remotes.clear()
    this.#events.clear()
    this.#state = 'off'
  }

  async #open(): Promise<void> {
    this.#opening = true
    this.#clearTimers()
    try {
      await this.#openOnce()
      this.#openedAt = performance.now()
    } catch (error) {
      if (this.#closed) return
      this.#opening = false
      this.#failed(error)
      return
    }
    this.#opening = false
    if (!this.#openAgain || this.#closed) return
    this.#openAgain = false
    void this.#open()
  }

  async #openOnce(): Promise<void> {
    const early = this.#shelf.present
    const opened = await this.#request(
      'media:open',
      early ? { rtpCapabilities: toWire(early.recvRtpCapabilities) } : {},
    )
    const device = await this.#shelf.for(opened.routerRtpCapabilities)
    if (this.#closed) return
    this.#room?.close()
    const room = new Room(device, this.#request, opened)
    this.#room = room
    const stale = new Set(this.#remotes.keys())
    room.on('state', (state) => {
      if (this.#room === room) this.#follow(state)
    })
    room.on('remote', (track) => {
      this.#setRemote(track)
    })
    room.on('remote-gone', (consumerId) => {
      if (this.#remotes.delete(consumerId)) this.#tellRemotes()
    })
    room.on('broken', (error) => {
      if (this.#room !== room) return
      journal('The media room is opened again:', error)
      this.#failed(error)
    })
    // The capabilities went ahead of the codecs: good when both belong together and the server has heeded them.
    // Receiving comes first: the other one's picture is what is waited for.
    const receiving = device === early && opened.consumers ? room.reconcile(opened.consumers) : room.ready()
    for (const source of publishOrder) this.#publish(source)
    await receiving
    for (const consumerId of stale) this.#remotes.delete(consumerId)
    this.#tellRemotes()
  }

  #sharpen(): void {
    if (this.#sharpening !== null) clearTimeout(this.#sharpening)
    this.#sharpening = null
    this.#tell('media:prefer-layers', this.#room?.preferLayer(this.#small ? 0 : 2))
  }

  #publish(source: MediaSource): void {
    const own = this.#own.get(source)
    if (!own || !this.#room) return
    this.#tell('media:produce', this.#room.publish(source, own.track, own.paused))
  }

  /** A stream that replaces one of the former room takes its place without a black picture in between. */
  #setRemote(track: RemoteTrack): void {
    for (const [consumerId, other] of this.#remotes) {
      if (other.participantId === track.participantId && other.source === track.source) {
        this.#remotes.delete(consumerId)
      }
    }
    this.#remotes.set(track.consumerId, track)
    this.#tellRemotes()
    // A page in the background shows no picture that could ask for larger ones.
    if (track.source === 'camera') {
      this.#sharpening ??= setTimeout(() => {
        this.#sharpen()
      }, sharpenAfterMs)
    }
  }

  #follow(state: TransportState): void {
    switch (state) {
      case 'connected':
        this.#clearTimers()
        this.#setState('live')
        return
      case 'disconnected':
        if (this.#state === 'live') this.#setState('recovering')
        this.#restart ??= setTimeout(() => {
          this.#restartIce()
        }, restartAfterMs)
        this.#rebuild ??= setTimeout(() => {
          this.rebuild()
        }, rebuildAfterMs)
        return
      case 'failed':
        this.rebuild()
        return
      case 'new':
      case 'connecting':
      case 'closed':
        return
    }
  }

  #restartIce(): void {
    const room = this.#room
    if (!room) return
    this.#rebuild ??= setTimeout(() => {
      if (this.#room === room && room.state !== 'connected') this.rebuild()
    }, rebuildAfterMs - restartAfterMs)
    this.#tell('media:restart-ice', room.restartIce())
  }

  #failed(error: unknown): void {
    this.#events.emit('trouble', error)
    if (this.#state === 'live') this.#setState('recovering')
    if (this.#opening || this.#retry !== null) return
    if (performance.now() - this.#openedAt > steadyAfterMs) this.#failures = 0
    const wait = error instanceof ApiError && error.retryAfterMs !== null ? error.retryAfterMs : 0
    this.#retry = setTimeout(
      () => {
        this.#retry = null
        this.rebuild()
      },
      Math.max(wait, backoffMs(this.#failures, backoff)),
    )
    this.#failures += 1
  }

  /** Watches what nobody waits for. A room that has moved is opened again; the rest is repeated by `returned`. */
  #tell(name: string, done: Promise<unknown> | undefined): void {
    done?.catch((error: unknown) => {
      if (this.#closed) return
      journal(`${name} did not get through:`, error)
      if (error instanceof ApiError && (error.code === 'stale_epoch' || error.code === 'not_found'))
        this.rebuild()
    })
  }

  #tellRemotes(): void {
    this.#events.emit('remotes', [...this.#remotes.values()])
  }

  #setState(state: MediaState): void {
    if (state === this.#state) return
    this.#state = state
    this.#events.emit('state', state)
  }

  #clearTimers(): void {
    for (const timer of [this.#retry, this.#restart, this.#rebuild]) if (timer !== null) clearTimeout(timer)
    this.#retry = null
    this.#restart = null
    this.#rebuild = null
  }
}
