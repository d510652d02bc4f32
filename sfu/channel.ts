import { createServer, type IncomingMessage, type Server as HttpServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { once } from 'node:events'
import { Server, type Socket } from 'socket.io'
import { SfuError, sfuEvents, type SfuAck, type SfuCommand, type SfuEvent } from '#shared/sfu.ts'
import type { SfuLog } from './log.ts'
import type { Sfu } from './index.ts'
import { createTicketCheck } from './ticket.ts'

export interface ChannelOptions {
  sfu: Sfu
  host: string
  port: number
  secret: string
  log: SfuLog
  /** Epoch milliseconds. */
  now: () => number
}

export interface Channel {
  readonly port: number
  close(): Promise<void>
}

/**
 * The door for servers on other machines: commands in, events out to all of them, by Socket.IO over WebSocket. Browsers
 * have no business here. The same port answers /live and /ready.
 */
export async function openChannel(options: ChannelOptions): Promise<Channel> {
  const { sfu, log } = options
  const http = createServer((request, response) => void answerHealth(sfu, request, response))
  const io = new Server(http, {
    serveClient: false,
    transports: ['websocket'],
    allowUpgrades: false,
    perMessageDeflate: false,
    maxHttpBufferSize: 256 * 1024,
    connectTimeout: 10_000,
    // A server notices within 4 s that this process hangs, and moves the rooms.
    pingInterval: 2000,
    pingTimeout: 2000,
    // Only browsers send an Origin.
    allowRequest: (request, decide) => decide(null, request.headers.origin === undefined),
  })

  const refusal = createTicketCheck(options.secret, options.now)
  io.use((socket, next) => {
    const reason = refusal(socket.handshake.auth)
    if (reason === null) return next()
    log.warn({ reason }, 'a server was refused at the control channel')
    next(new Error('refused'))
  })
  sfu.steered = false
  io.on('connection', (socket) => {
    sfu.steered = true
    log.info({ servers: io.of('/').sockets.size }, 'a server connected')
    socket.on('disconnect', (reason) => {
      const servers = io.of('/').sockets.size
      sfu.steered = servers > 0
      log.info({ servers, reason }, 'a server disconnected')
    })
    takeCalls(socket, sfu, log)
  })

  const removers = (Object.keys(sfuEvents) as SfuEvent[]).map((name) =>
    sfu.control.on(name, (payload) => io.emit('event', name, payload)),
  )
  const port = await listen(http, options)
  return {
    port,
    async close() {
      for (const remove of removers) remove()
      await io.close()
    },
  }
}

function takeCalls(socket: Socket, sfu: Sfu, log: SfuLog): void {
  socket.on('call', (name: unknown, request: unknown, ack: unknown) => {
    if (!isAck(ack)) return log.warn({}, 'a command came without an acknowledgement to answer by')
    // An unknown name is refused by the control itself.
    void carryOut(sfu, name as SfuCommand, request).then((answer) => ack(answer))
  })
}

function isAck(ack: unknown): ack is (answer: SfuAck) => void {
  return typeof ack === 'function'
}

async function carryOut(sfu: Sfu, name: SfuCommand, request: unknown): Promise<SfuAck> {
  try {
    return { ok: true, value: await sfu.control.call(name, request as never) }
  } catch (error) {
    const { code, message } = error instanceof SfuError ? error : new SfuError('internal', 'unexpected')
    return { ok: false, error: { code, message } }
  }
}

async function answerHealth(sfu: Sfu, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const status =
    request.url === '/live' ? 200 : request.url === '/ready' ? ((await sfu.ready()) ? 200 : 503) : 404
  response.writeHead(status, { 'content-type': 'text/plain', 'cache-control': 'no-store' }).end(`${status}\n`)
}

async function listen(http: HttpServer, { host, port }: { host: string; port: number }): Promise<number> {
  http.listen(port, host)
  await once(http, 'listening')
  return (http.address() as AddressInfo).port
}
