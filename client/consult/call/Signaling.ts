import {
  consultNews,
  consultRequests,
  type ConsultNews,
  type ConsultRequests,
  type ConsultView,
} from '#shared/consult.ts'
import type { ApiError } from '../../platform/api.ts'
import { Events } from '../../platform/events.ts'
import { TicketSocket, type LinkState, type SendRequest } from '../../platform/socket.ts'
import { journal } from '../../platform/journal.ts'

/** Keeps the token that takes the same seat back after a drop or a reload of the page. */
export interface SeatMemory {
  read(): string | null
  write(token: string | null): void
}

/**
 * ended: the doctor ended the consult; revoked: it was withdrawn; taken: another tab or device has the seat;
 * refused: the server does not let this participant in (any more); left: by wish.
 */
export type SignalingEnd = 'ended' | 'revoked' | 'taken' | 'refused' | 'left'

type SignalingEvents = {
  view: [view: ConsultView]
  link: [state: LinkState]
  /** After each (re)connect. `resumed` is true when the server has kept everything of the former connection. */
  seated: [facts: { resumed: boolean; first: boolean }]
  /** The consult is live: comes before the view that says so, when the news carry it. */
  live: []
  end: [reason: SignalingEnd, error: ApiError | null]
}

interface Options {
  takeTicket: () => Promise<string>
  memory: SeatMemory
  url?: string
  /** The safety net under lost news, in ms. */
  pollMs?: number
}

const pageAfterMs = 120

/** The consult's socket: takes the seat, keeps the whole view current, and passes requests and news on. */
export class Signaling {
  readonly #socket: TicketSocket<ConsultRequests, ConsultNews>
  readonly #events = new Events<SignalingEvents>()
  readonly #memory: SeatMemory
  readonly #pollMs: number
  #view: ConsultView | null = null
  #seats = 0
  #syncing: Promise<void> | null = null
  #syncAgain = false
  #poll: ReturnType<typeof setInterval> | null = null
  #ended = false

  constructor({ takeTicket, memory, url, pollMs = 15_000 }: Options) {
    this.#memory = memory
    this.#pollMs = pollMs
    this.#socket = new TicketSocket({
      requests: consultRequests,
      news: consultNews,
      takeTicket,
      welcome: (request) => this.#takeSeat(request),
      ...(url === undefined ? {} : { url }),
    })
    this.#socket.onLink((state, error) => {
      this.#events.emit('link', state)
      if (state === 'closed' && !this.#ended) this.#end(endOf(error), error)
    })
    this.#socket.on('consult:changed', ({ version, state }) => {
      if (version <= (this.#view?.version ?? -1)) return
      if (state === 'live' && this.#view?.state !== 'live') {
        this.#events.emit('live')
        // First the media, which need no view; the page changes a moment later.
        setTimeout(() => {
          this.sync()
        }, pageAfterMs)
        return
      }
      this.sync()
    })
    this.#socket.on('consult:ended', ({ reason }) => {
      void this.#finish(reason === 'revoked' ? 'revoked' : 'ended')
    })
    this.#socket.on('seat:taken', () => {
      this.#end('taken', null)
    })
  }

  get view(): ConsultView | null {
    return this.#view
  }

  get link(): LinkState {
    return this.#socket.state
  }

  start(): void {
    this.#socket.start()
    this.#poll ??= setInterval(() => {
      if (this.#socket.state === 'online') this.sync()
    }, this.#pollMs)
  }

  on<Name extends keyof SignalingEvents>(
    name: Name,
    listener: (...payload: SignalingEvents[Name]) => void,
  ): () => void {
    return this.#events.on(name, listener)
  }

  get request(): SendRequest<ConsultRequests> {
    return this.#socket.request
  }

  get onNews(): TicketSocket<ConsultRequests, ConsultNews>['on'] {
    return (name, listener) => this.#socket.on(name, listener)
  }

  /** Fetches the whole view. Many calls while one is under way become one more. */
  sync(): void {
    if (this.#ended) return
    if (this.#syncing) {
      this.#syncAgain = true
      return
    }
    this.#syncing = this.#fetchView().finally(() => {
      this.#syncing = null
      if (!this.#syncAgain || this.#ended) return
      this.#syncAgain = false
      this.sync()
    })
  }

  /** Takes over a view that came as the reply to a request. Older ones than the present are ignored. */
  take(view: ConsultView): void {
    if (this.#ended || (this.#view && view.version < this.#view.version)) return
    const same = this.#view?.version === view.version && this.#view.queue?.position === view.queue?.position
    this.#view = view
    if (!same) this.#events.emit('view', view)
    if (view.state === 'ended') this.#end('ended', null)
  }

  /** The network has visibly changed: asks whether the connection still lives, and makes a new one when it does not. */
  check(): void {
    if (this.#socket.state !== 'online') return
    this.request('consult:sync', {}, { timeoutMs: 2000 }).then(
      (view) => {
        this.take(view)
      },
      (error: unknown) => {
        journal('The connection did not answer and is made anew:', error)
        this.#socket.reconnect()
      },
    )
  }

  close(): void {
    this.#end('left', null)
  }

  async #takeSeat(request: SendRequest<ConsultRequests>): Promise<void> {
    const { view, resumeToken, resumed } = await request('seat:take', { resumeToken: this.#memory.read() })
    this.#memory.write(resumeToken)
    this.#seats += 1
    const first = this.#seats === 1
    this.take(view)
    // Not before the socket counts as online: those who listen will send requests.
    queueMicrotask(() => {
      if (!this.#ended) this.#events.emit('seated', { resumed, first })
    })
  }

  async #fetchView(): Promise<void> {
    try {
      this.take(await this.request('consult:sync', {}))
    } catch (error) {
      if (this.#ended) return
      journal('The view could not be renewed; the next news or poll tries again:', error)
    }
  }

  /** The last view says when it ended; then this is over. */
  async #finish(reason: SignalingEnd): Promise<void> {
    if (reason === 'ended') await this.#fetchView()
    this.#end(reason, null)
  }

  #end(reason: SignalingEnd, error: ApiError | null): void {
    if (this.#ended) return
    this.#ended = true
    if (this.#poll !== null) clearInterval(this.#poll)
    if (reason === 'ended' || reason === 'revoked') this.#memory.write(null)
    this.#socket.close(error)
    this.#events.emit('end', reason, error)
    this.#events.clear()
  }
}

function endOf(error: ApiError | null): SignalingEnd {
  if (error?.code === 'consult_ended') return 'ended'
  if (error?.code === 'link_revoked' || error?.code === 'appointment_cancelled') return 'revoked'
  return 'refused'
}
