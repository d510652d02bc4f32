import { io, type Socket } from 'socket.io-client'
import type { z } from 'zod'
import type { SocketRequest } from '#shared/endpoint.ts'
import { WireError } from '#shared/errors.ts'
import { ApiError } from './api.ts'
import { backoffMs } from './backoff.ts'
import { Events } from './events.ts'
import { journal } from './journal.ts'

export type SocketRequests = Record<string, SocketRequest>
export type SocketNews = Record<string, z.ZodType>

/** A refused or unanswered socket request, in the same words as an HTTP one. */
export class CallError extends ApiError {
  readonly reason: 'refused' | 'timeout' | 'offline' | 'closed'

  constructor(reason: CallError['reason'], facts: ConstructorParameters<typeof ApiError>[0]) {
    super(facts)
    this.name = 'CallError'
    this.reason = reason
  }

  static refused(error: WireError): CallError {
    return new CallError('refused', { ...error, params: error.params ?? {} })
  }

  static timeout(name: string): CallError {
    return new CallError('timeout', {
      code: 'offline',
      title: `No answer to ${name} in time`,
      retryable: true,
    })
  }

  static offline(cause?: unknown): CallError {
    return new CallError('offline', {
      code: 'offline',
      title: 'The connection is down',
      retryable: true,
      cause,
    })
  }

  static closed(): CallError {
    return new CallError('closed', { code: 'offline', title: 'The connection was closed', retryable: false })
  }
}

/**
 * connecting: for the first time; online: requests are answered; offline: it was online and tries to come back;
 * closed: for good, `error` tells why when it was not asked for.
 */
export type LinkState = 'connecting' | 'online' | 'offline' | 'closed'

export type SendRequest<R extends SocketRequests> = <Name extends keyof R & string>(
  name: Name,
  input: z.input<R[Name]['input']>,
  options?: { timeoutMs?: number },
) => Promise<z.output<R[Name]['reply']>>

interface Options<R extends SocketRequests, N extends SocketNews> {
  requests: R
  news: N
  /** Asks the server for a ticket, by HTTP. Called before each connect. */
  takeTicket: () => Promise<string>
  /** Runs after each connect, before the socket counts as online. Throwing a CallError that is not retryable closes it. */
  welcome?: (request: SendRequest<R>) => Promise<void>
  /** Where the server is; by default where the page came from. */
  url?: string
}

type SocketEvents = {
  link: [state: LinkState, error: ApiError | null]
  news: [name: string, payload: unknown]
}

const ackTimeoutMs = 5000
const connectTimeoutMs = 8000
const backoff = { firstMs: 300, maxMs: 5000 }

/**
 * A socket that is let in by tickets and comes back by itself, with full jitter, until it is closed or refused.
 * Requests made while it is away wait for its return, within their own time limit.
 */
export class TicketSocket<R extends SocketRequests, N extends SocketNews> {
  readonly #options: Options<R, N>
  readonly #events = new Events<SocketEvents>()
  #state: LinkState = 'connecting'
  #socket: Socket | null = null
  /** What to do with the requests under way when their socket goes. */
  readonly #waiting = new Set<(error: CallError) => void>()
  #started = false
  #failures = 0
  #retry: ReturnType<typeof setTimeout> | null = null

  constructor(options: Options<R, N>) {
    this.#options = options
  }

  get state(): LinkState {
    return this.#state
  }

  start(): void {
    if (this.#started) return
    this.#started = true
    globalThis.addEventListener?.('online', this.#hurry)
    globalThis.document?.addEventListener('visibilitychange', this.#hurry)
    void this.#connect()
  }

  /** Returns the remover. */
  onLink(listener: (state: LinkState, error: ApiError | null) => void): () => void {
    return this.#events.on('link', listener)
  }

  /** News that do not have the expected shape are reported to the console and dropped. Returns the remover. */
  on<Name extends keyof N & string>(name: Name, listener: (payload: z.output<N[Name]>) => void): () => void {
    return this.#events.on('news', (got, payload) => {
      if (got !== name) return
      const parsed = this.#options.news[name]?.safeParse(payload)
      if (!parsed?.success) {
        journal(`News ${name} of an unknown shape:`, parsed?.error.issues)
        return
      }
      listener(parsed.data as z.output<N[Name]>)
    })
  }

  /** Sends a request and returns its reply. Throws CallError. */
  readonly request: SendRequest<R> = async (name, input, { timeoutMs = ackTimeoutMs } = {}) => {
    const until = performance.now() + timeoutMs
    const socket = await this.#whenOnline(timeoutMs)
    return await this.#send(socket, name, input, until - performance.now())
  }

  /** Drops the connection, if any, and makes a new one at once: for when the network has visibly changed. */
  reconnect(): void {
    if (this.#state === 'closed' || !this.#started) return
    this.#failures = 0
    this.#dropped(CallError.offline())
  }

  /** For good. `error` tells the listeners why, when the owner did not want it. */
  close(error: ApiError | null = null): void {
    if (this.#state === 'closed') return
    if (this.#retry !== null) clearTimeout(this.#retry)
    globalThis.removeEventListener?.('online', this.#hurry)
    globalThis.document?.removeEventListener('visibilitychange', this.#hurry)
    this.#letGo()
    this.#setState('closed', error)
    this.#events.clear()
  }

  async #connect(): Promise<void> {
    this.#retry = null
    // The connection is made while the ticket is fetched: only the handshake waits for it.
    const ticket = this.#options.takeTicket()
    const socket = io(this.#options.url ?? '/', {
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
      timeout: connectTimeoutMs,
      auth: (present) => {
        ticket.then(
          (value) => {
            present({ ticket: value })
          },
          () => undefined, // reported below, where the attempt ends
        )
      },
    })
    this.#socket = socket
    const mine = () => this.#socket === socket
    try {
      await Promise.all([ticket, connected(socket)])
      if (!mine()) return
      socket.onAny((name: string, payload: unknown) => {
        this.#events.emit('news', name, payload)
      })
      socket.on('disconnect', () => {
        if (mine()) this.#dropped(CallError.offline())
      })
      await this.#options.welcome?.((name, input, options) =>
        this.#send(socket, name, input, options?.timeoutMs ?? ackTimeoutMs),
      )
      if (!mine()) return
    } catch (error) {
      if (mine()) this.#dropped(asApiError(error))
      return
    }
    this.#failures = 0
    this.#setState('online', null)
  }

  #dropped(error: ApiError): void {
    this.#letGo()
    if (!error.retryable) {
      this.close(error)
      return
    }
    if (this.#retry !== null) clearTimeout(this.#retry)
    const wait = backoffMs(this.#failures, backoff)
    this.#failures += 1
    if (this.#state === 'online') this.#setState('offline', error)
    this.#retry = setTimeout(() => void this.#connect(), error.retryAfterMs ?? wait)
  }

  #letGo(): void {
    const socket = this.#socket
    this.#socket = null
    socket?.off()
    socket?.offAny()
    socket?.disconnect()
    const waiting = [...this.#waiting]
    this.#waiting.clear()
    for (const reject of waiting) reject(CallError.offline())
  }

  #setState(state: LinkState, error: ApiError | null): void {
    if (state === this.#state) return
    this.#state = state
    this.#events.emit('link', state, error)
  }

  /** The browser says that the network is back, or the page is looked at again: do not wait for the timer. */
  readonly #hurry = (): void => {
    if (this.#retry === null || globalThis.document?.visibilityState === 'hidden') return
    clearTimeout(this.#retry)
    void this.#connect()
  }

  #whenOnline(timeoutMs: number): Promise<Socket> {
    if (this.#state === 'online' && this.#socket) return Promise.resolve(this.#socket)
    if (this.#state === 'closed') return Promise.reject(CallError.closed())
    return new Promise((resolve, reject) => {
      const settle = (act: () => void) => {
        clearTimeout(timer)
        remove()
        act()
      }
      const timer = setTimeout(() => {
        settle(() => {
          reject(CallError.offline())
        })
      }, timeoutMs)
      const remove = this.#events.on('link', (state, error) => {
        const socket = this.#socket
        if (state === 'online' && socket) {
          settle(() => {
            resolve(socket)
          })
        }
        if (state === 'closed') {
          settle(() => {
            reject(error ?? CallError.closed())
          })
        }
      })
    })
  }

  async #send<Name extends keyof R & string>(
    socket: Socket,
    name: Name,
    input: z.input<R[Name]['input']>,
    timeoutMs: number,
  ): Promise<z.output<R[Name]['reply']>> {
    const answer = await new Promise<unknown>((resolve, reject) => {
      this.#waiting.add(reject)
      socket.timeout(Math.max(1, timeoutMs)).emit(name, input, (late: Error | null, ack: unknown) => {
        this.#waiting.delete(reject)
        if (late) reject(CallError.timeout(name))
        else resolve(ack)
      })
    })
    return this.#read(name, answer)
  }

  #read<Name extends keyof R & string>(name: Name, answer: unknown): z.output<R[Name]['reply']> {
    const ack = answer as { ok?: unknown; value?: unknown; error?: unknown } | null | undefined
    if (ack?.ok === true) {
      const value = this.#options.requests[name]?.reply.safeParse(ack.value)
      if (value?.success) return value.data as z.output<R[Name]['reply']>
      throw unexpected(name, value?.error)
    }
    const error = WireError.safeParse(ack?.error)
    throw error.success ? CallError.refused(error.data) : unexpected(name, error.error)
  }
}

/** Resolves when the server has accepted the ticket. */
function connected(socket: Socket): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(CallError.timeout('connect'))
    }, connectTimeoutMs)
    socket.once('connect', () => {
      clearTimeout(timer)
      resolve()
    })
    socket.once('connect_error', (error: Error & { data?: unknown }) => {
      clearTimeout(timer)
      const refused = WireError.safeParse(error.data)
      reject(refused.success ? CallError.refused(refused.data) : CallError.offline(error))
    })
    socket.once('disconnect', () => {
      clearTimeout(timer)
      reject(CallError.offline())
    })
  })
}

function asApiError(error: unknown): ApiError {
  return error instanceof ApiError ? error : CallError.offline(error)
}

function unexpected(name: string, cause: unknown): CallError {
  return new CallError('refused', {
    code: 'unexpected_reply',
    title: `The answer to ${name} is not one this page understands`,
    retryable: false,
    cause,
  })
}
