import { randomUUID } from 'node:crypto'
import type { Server as HttpServer } from 'node:http'
import { createAdapter } from '@socket.io/redis-streams-adapter'
import type { Logger } from 'pino'
import { Server } from 'socket.io'
import type { Socket } from 'socket.io'
import type { z } from 'zod'
import { consultRequests } from '#shared/consult.ts'
import type { ConsultNews, ConsultRequests } from '#shared/consult.ts'
import type { Ack } from '#shared/endpoint.ts'
import { DomainError } from '#shared/errors.ts'
import { RecordId } from '#shared/ids.ts'
import type { ConsultId, PractitionerId } from '#shared/ids.ts'
import { acknowledge } from './ack.ts'
import type { Clock } from './clock.ts'
import type { Context, GuestActor, UserActor } from './context.ts'
import { openRedis } from './coordination.ts'
import { newId } from './ids.ts'
import type { LimitClass, Limiter } from './limit.ts'
import { networkOf } from './network.ts'

/** What a one-use ticket proved: who this socket is, and for what it came. Nothing a client sends can change it. */
export type SocketTicket =
  | { readonly kind: 'consult'; readonly actor: UserActor | GuestActor; readonly consultId: ConsultId }
  | { readonly kind: 'clinic'; readonly actor: UserActor; readonly practitionerId: PractitionerId }

export type News = keyof ConsultNews
export type NewsPayload<N extends News> = z.input<ConsultNews[N]>

/** One connected socket. */
export type Peer = {
  readonly socketId: string
  readonly ticket: SocketTicket
  readonly actor: UserActor | GuestActor
  /** Rooms are addresses for news: `consult:<id>`, `clinic:<practitionerId>`, `seat:<hash>`. */
  join(room: string): void
  leave(room: string): void
  tell<N extends News>(news: N, payload: NewsPayload<N>): void
  disconnect(): void
}

export type SocketPolicy = { readonly sentence: string; readonly allows: (peer: Peer) => boolean }
export type SocketOptions = { policy: SocketPolicy; limit: LimitClass }
export type EventRow = { name: string; policy: SocketPolicy; limit: LimitClass }
export type SocketHandler<N extends keyof ConsultRequests> = (
  ctx: Context,
  peer: Peer,
  input: z.output<ConsultRequests[N]['input']>,
) => Promise<z.input<ConsultRequests[N]['reply']>>

export type Realtime = {
  readonly events: readonly EventRow[]
  on<N extends keyof ConsultRequests>(name: N, options: SocketOptions, handler: SocketHandler<N>): void
  /** Exchanges the handshake's ticket for its proof; refuses with `ticket_invalid`. Set once, before the first socket. */
  useTickets(take: (ticket: string, ip: string) => Promise<SocketTicket>): void
  onConnect(listener: (peer: Peer) => void): void
  onDisconnect(listener: (peer: Peer) => void): void
  /** News to a room on every server. At most once: the receiver pulls the state. Ids and numbers only. */
  tell<N extends News>(room: string, news: N, payload: NewsPayload<N>): void
  /** News to the sockets of a room that this process holds; never crosses Redis. */
  tellHere<N extends News>(room: string, news: N, payload: NewsPayload<N>): void
  /** Closes the sockets of this process for which `matches` holds. */
  disconnectHere(matches: (peer: Peer) => boolean): void
  close(): Promise<void>
}

export type RealtimeNeeds = {
  server: HttpServer
  clock: Clock
  log: Logger
  limiter: Limiter
  origins(): readonly string[]
  /** How many reverse proxies in front may be believed about the caller's address. */
  trustedProxies: number
  redisUrl: string | null
  observe(event: string, result: string, ms: number): void
}

const maxFrameBytes = 64 * 1024
const maxRunningRequests = 32
const maxOffences = 20
const maxQueuedRedisCommands = 1_000

export async function createRealtime(needs: RealtimeNeeds): Promise<Realtime> {
  const { clock, log, limiter } = needs
  const here = `server:${randomUUID()}`
  const handlers = new Map<
    string,
    { row: EventRow; run: (ctx: Context, peer: Peer, payload: unknown) => Promise<unknown> }
  >()
  const connectListeners: ((peer: Peer) => void)[] = []
  const disconnectListeners: ((peer: Peer) => void)[] = []
  const peers = new Map<string, Peer>()
  let takeTicket: ((ticket: string, ip: string) => Promise<SocketTicket>) | undefined

  // The adapter's reader must queue while Redis is away: with a failing read it would spin.
  const redis = needs.redisUrl === null ? null : await openRedis(needs.redisUrl, log, maxQueuedRedisCommands)
  const io = new Server(needs.server, {
    transports: ['websocket'],
    serveClient: false,
    maxHttpBufferSize: maxFrameBytes,
    perMessageDeflate: false,
    pingInterval: 10_000,
    pingTimeout: 8_000,
    connectTimeout: 10_000,
    // CORS does not stop a foreign page's WebSocket; only this does. No Origin means no browser.
    allowRequest: (request, decide) => {
      const origin = request.headers.origin
      decide(null, origin === undefined || needs.origins().includes(origin))
    },
    ...(redis ? { adapter: createAdapter(redis, { maxLen: 2_000 }) } : {}),
  })

  io.use((socket, next) => {
    authenticate(socket).then(
      () => next(),
      (error: unknown) => {
        const fact = error instanceof DomainError ? error : new DomainError('internal', undefined, error)
        if (fact.code === 'internal') log.error({ err: error }, 'socket handshake failed')
        next(Object.assign(new Error(fact.code), { data: fact.toWire() }))
      },
    )
  })

  async function authenticate(socket: Socket): Promise<void> {
    const ip = addressOf(socket, needs.trustedProxies)
    limiter.spend('signal', `handshake ${networkOf(ip)}`)
    const ticket: unknown = socket.handshake.auth['ticket']
    if (!takeTicket || typeof ticket !== 'string' || ticket.length > 100)
      throw new DomainError('ticket_invalid')
    const proof = await takeTicket(ticket, ip)
    socket.data = { ticket: proof }
  }

  io.on('connection', (socket) => {
    const { ticket } = socket.data as { ticket: SocketTicket }
    const peer = peerOf(socket, ticket)
    peers.set(socket.id, peer)
    void socket.join(here)
    let running = 0
    let offences = 0
    socket.onAny((name: string, ...args: unknown[]) => {
      const reply: unknown = args.pop()
      if (typeof reply !== 'function') {
        // Every request asks for an answer; what does not is not our client.
        if (++offences > maxOffences) socket.disconnect(true)
        return
      }
      const answer = reply as (ack: Ack<unknown>) => void
      const started = performance.now()
      const requestId: string = newId(RecordId, clock)
      const ctx: Context = {
        requestId,
        actor: peer.actor,
        ip: addressOf(socket, needs.trustedProxies),
        log: log.child({ requestId }),
      }
      running++
      void acknowledge(() => handle(ctx, peer, name, args, running), ctx.log).then((ack: Ack<unknown>) => {
        running--
        const result = ack.ok ? 'ok' : ack.error.code
        if (result === 'invalid_request' || result === 'unknown_event' || result === 'rate_limited')
          offences++
        needs.observe(handlers.has(name) ? name : 'unknown', result, performance.now() - started)
        answer(ack)
        if (offences > maxOffences) socket.disconnect(true)
      })
    })
    socket.on('disconnect', () => {
      peers.delete(socket.id)
      for (const listener of disconnectListeners) listener(peer)
    })
    for (const listener of connectListeners) listener(peer)
  })

  async function handle(
    ctx: Context,
    peer: Peer,
    name: string,
    args: unknown[],
    running: number,
  ): Promise<unknown> {
    const handler = handlers.get(name)
    if (!handler) {
      limiter.spend('signal', peer.socketId)
      throw new DomainError('unknown_event')
    }
    limiter.spend(handler.row.limit, peer.socketId)
    if (running > maxRunningRequests) throw new DomainError('rate_limited', { retryAfterMs: 1_000 })
    if (!handler.row.policy.allows(peer)) throw new DomainError('not_found')
    if (args.length > 1) throw new DomainError('invalid_request')
    return handler.run(ctx, peer, args[0] ?? {})
  }

  function peerOf(socket: Socket, ticket: SocketTicket): Peer {
    return {
      socketId: socket.id,
      ticket,
      actor: ticket.actor,
      join: (room) => void socket.join(room),
      leave: (room) => void socket.leave(room),
      tell: (news, payload) => void socket.emit(news, payload),
      disconnect: () => void socket.disconnect(true),
    }
  }

  return {
    get events() {
      return [...handlers.values()].map((handler) => handler.row)
    },
    on(name, { policy, limit }, handler) {
      if (handlers.has(name)) throw new Error(`two handlers for ${name}`)
      const { input, reply } = consultRequests[name]
      const run = async (ctx: Context, peer: Peer, payload: unknown) => {
        const parsed = input.parse(payload) as Parameters<typeof handler>[2]
        const result = reply.safeParse(await handler(ctx, peer, parsed))
        if (!result.success)
          throw new Error(`reply of ${name} does not fit its schema`, { cause: result.error })
        return result.data
      }
      handlers.set(name, { row: { name, policy, limit }, run })
    },
    useTickets(take) {
      takeTicket = take
    },
    onConnect: (listener) => void connectListeners.push(listener),
    onDisconnect: (listener) => void disconnectListeners.push(listener),
    tell(room, news, payload) {
      io.local.to(room).emit(news, payload)
      // The adapter delivers locally only after Redis has answered, so our own sockets are told above, at once.
      if (redis) io.to(room).except(here).emit(news, payload)
    },
    tellHere(room, news, payload) {
      io.local.to(room).emit(news, payload)
    },
    disconnectHere(matches) {
      for (const peer of peers.values()) if (matches(peer)) peer.disconnect()
    },
    async close() {
      // Closing Socket.IO closes the HTTP server too; that one has its own turn in the shutdown order.
      io.disconnectSockets(true)
      await io.of('/').adapter.close()
      io.engine.close()
      redis?.destroy()
    },
  }
}

/** The caller as the outermost trusted proxy saw them; each proxy appends whom it saw to X-Forwarded-For. */
function addressOf({ handshake }: Socket, trustedProxies: number): string {
  const forwarded = handshake.headers['x-forwarded-for']
  const chain = (Array.isArray(forwarded) ? forwarded.join(',') : (forwarded ?? ''))
    .split(',')
    .map((part) => part.trim())
  const seen = trustedProxies > 0 ? chain.at(-trustedProxies) : undefined
  return seen || handshake.address
}
