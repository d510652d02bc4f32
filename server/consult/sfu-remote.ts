import { createHmac, randomBytes } from 'node:crypto'
import { io, type Socket } from 'socket.io-client'
import {
  SfuError,
  sfuAckSchema,
  sfuCommands,
  sfuEvents,
  ticketText,
  type SfuCommand,
  type SfuControl,
  type SfuEvent,
  type SfuReply,
  type SfuTicket,
} from '#shared/sfu.ts'
import { createSfuEvents, type SfuEvents } from '#shared/sfu-events.ts'

export interface RemoteSfuOptions {
  /** http(s):// or ws(s)://, host and control port. */
  url: string
  secret: string
  /** This server's name, for tickets: letters, digits, - and _. */
  serverId: string
  clock: { now(): number }
  log: { info(fields: object, message: string): void; warn(fields: object, message: string): void }
  /** How long an answer may take; 5 s when left out. */
  timeoutMs?: number
}

const refusedRetryMs = 2000

/**
 * An SFU in another process. Connects at once and again whenever the link breaks; while it is down every call fails
 * with `sfu_unavailable`. Events that were sent meanwhile are lost: heed onLink and ask for `roomState`.
 */
export function connectSfu(options: RemoteSfuOptions): SfuControl {
  const { log } = options
  const host = new URL(options.url).host
  const events = createSfuEvents((event, error) =>
    log.warn({ event, err: error }, 'a listener of an SFU event failed'),
  )
  const linkListeners = new Set<(state: 'up' | 'down') => void>()
  const socket = io(options.url, {
    transports: ['websocket'],
    auth: (give) => give(newTicket(options)),
    reconnectionDelay: 200,
    reconnectionDelayMax: 2000,
    timeout: 4000,
    forceNew: true,
  })
  let closed = false
  let retry: NodeJS.Timeout | undefined

  socket.on('connect', () => {
    log.info({ host }, 'media server connected')
    for (const listener of linkListeners) listener('up')
  })
  socket.on('disconnect', () => {
    if (!closed) log.warn({ host }, 'media server link lost')
    for (const listener of linkListeners) listener('down')
  })
  socket.on('connect_error', (error) => {
    log.warn({ host, err: error }, 'media server cannot be reached')
    // After a refusal (clocks apart, another secret) Socket.IO gives up; operators may put that right at any time.
    if (!socket.active && !closed) retry = setTimeout(() => socket.connect(), refusedRetryMs)
  })
  socket.on('event', (name: unknown, payload: unknown) => {
    if (!passOn(events, name, payload)) log.warn({ host }, 'media server sent an event of another version')
  })

  return {
    call: (name, request) => call(socket, name, request, options.timeoutMs ?? 5000),
    on: (name, listener) => events.on(name, listener),
    onLink(listener) {
      linkListeners.add(listener)
      return () => void linkListeners.delete(listener)
    },
    close() {
      closed = true
      clearTimeout(retry)
      socket.disconnect()
      return Promise.resolve()
    },
  }
}

async function call<C extends SfuCommand>(
  socket: Socket,
  name: C,
  request: unknown,
  timeoutMs: number,
): Promise<SfuReply<C>> {
  const parsedRequest = sfuCommands[name].request.safeParse(request)
  if (!parsedRequest.success)
    throw new SfuError('invalid_request', `${name}: wrong request`, { cause: parsedRequest.error })
  // Socket.IO would keep it and send it after reconnecting, when it means something else.
  if (!socket.connected) throw new SfuError('sfu_unavailable', 'the media server is not connected')
  const answer: unknown = await socket
    .timeout(timeoutMs)
    .emitWithAck('call', name, parsedRequest.data)
    .catch((error: unknown) => {
      throw new SfuError('sfu_unavailable', `the media server did not answer ${name}`, { cause: error })
    })
  const ack = sfuAckSchema.safeParse(answer)
  if (!ack.success) throw new SfuError('internal', `the media server answered ${name} in another language`)
  if (!ack.data.ok) throw new SfuError(ack.data.error.code, ack.data.error.message)
  const reply = sfuCommands[name].reply.safeParse(ack.data.value)
  if (!reply.success)
    throw new SfuError('internal', `the media server answered ${name} in another shape`, {
      cause: reply.error,
    })
  return reply.data as SfuReply<C>
}

/** False when this version does not know such an event. */
function passOn(events: SfuEvents, name: unknown, payload: unknown): boolean {
  if (typeof name !== 'string' || !Object.hasOwn(sfuEvents, name)) return false
  const event = name as SfuEvent
  const parsed = sfuEvents[event].safeParse(payload)
  if (parsed.success) events.emit(event, parsed.data)
  return parsed.success
}

function newTicket({ secret, serverId, clock }: RemoteSfuOptions): SfuTicket {
  const ticket = { serverId, nonce: randomBytes(16).toString('hex'), at: clock.now() }
  return { ...ticket, mac: createHmac('sha256', secret).update(ticketText(ticket)).digest('hex') }
}
