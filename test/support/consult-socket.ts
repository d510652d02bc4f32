import { io } from 'socket.io-client'
import type { Socket } from 'socket.io-client'
import type { z } from 'zod'
import { consultRequests, issueConsultTicket } from '#shared/consult.ts'
import type { ConsultNews, ConsultRequests } from '#shared/consult.ts'
import type { Ack } from '#shared/endpoint.ts'
import { WireError } from '#shared/errors.ts'
import type { ConsultId } from '#shared/ids.ts'
import type { Client } from './client.ts'
import { waitFor } from './wait-for.ts'

const ackTimeoutMs = 8_000

type Requests = ConsultRequests
type News = keyof ConsultNews
export type Received = { news: News; payload: unknown }

/** The server refused a socket request, or the handshake. */
export class SocketRefused extends Error {
  readonly error: WireError

  constructor(what: string, error: WireError) {
    super(`${what}: ${error.code} ${JSON.stringify(error.params ?? {})}`)
    this.name = 'SocketRefused'
    this.error = error
  }
}

/** A real Socket.IO client as our pages have one, without their politeness. */
export class ConsultSocket {
  readonly socket: Socket
  /** All news so far, oldest first. */
  readonly received: Received[] = []
  disconnectReason: string | null = null

  private constructor(socket: Socket) {
    this.socket = socket
    socket.onAny((news: News, payload: unknown) => void this.received.push({ news, payload }))
    socket.on('disconnect', (reason) => (this.disconnectReason = reason))
  }

  /** Shows a ticket and waits for the answer. @throws SocketRefused */
  static async withTicket(
    origin: string,
    ticket: string | undefined,
    headers: Record<string, string> = {},
  ): Promise<ConsultSocket> {
    const socket = io(origin, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      auth: ticket === undefined ? {} : { ticket },
      extraHeaders: { Origin: origin, ...headers },
    })
    const wrapped = new ConsultSocket(socket)
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve)
      socket.once('connect_error', (error: Error & { data?: unknown }) => {
        socket.close()
        const refusal = WireError.safeParse(error.data)
        reject(refusal.success ? new SocketRefused('handshake', refusal.data) : error)
      })
    })
    return wrapped
  }

  /** Takes a ticket over HTTP, as the person that is signed in there, and connects with it. */
  static async enter(client: Client, consultId: ConsultId): Promise<ConsultSocket> {
    const { ticket } = await client.call(issueConsultTicket, { params: { consultId } })
    return ConsultSocket.withTicket(client.origin, ticket)
  }

  get connected(): boolean {
    return this.socket.connected
  }

  /** @throws SocketRefused */
  async request<N extends keyof Requests>(
    name: N,
    input: z.input<Requests[N]['input']>,
  ): Promise<z.output<Requests[N]['reply']>> {
    const ack = (await this.raw(name, input)) as Ack<unknown>
    if (!ack.ok) throw new SocketRefused(name, ack.error)
    return consultRequests[name].reply.parse(ack.value) as z.output<Requests[N]['reply']>
  }

  /** Sends a request that must be refused, and returns how it was. */
  async refusal<N extends keyof Requests>(name: N, input: z.input<Requests[N]['input']>): Promise<WireError> {
    try {
      await this.request(name, input)
    } catch (error) {
      if (error instanceof SocketRefused) return error.error
      throw error
    }
    throw new Error(`${name} should have been refused`)
  }

  /** Sends anything and returns the acknowledgement as it came. */
  raw(name: string, ...args: unknown[]): Promise<unknown> {
    return this.socket.timeout(ackTimeoutMs).emitWithAck(name, ...args)
  }

  /** All payloads of one kind of news so far. */
  newsOf<N extends News>(news: N): z.output<ConsultNews[N]>[] {
    return this.received
      .filter((one) => one.news === news)
      .map((one) => one.payload as z.output<ConsultNews[N]>)
  }

  /** Waits for news for which `matches` holds, also if it came before. */
  async hears<N extends News>(
    news: N,
    matches: (payload: z.output<ConsultNews[N]>) => boolean = () => true,
    timeoutMs?: number,
  ): Promise<z.output<ConsultNews[N]>> {
    const found = await waitFor(
      `the news ${news} comes`,
      () => this.newsOf(news).filter(matches).slice(0, 1)[0] ?? null,
      timeoutMs,
    )
    if (found === null) throw new Error(`the news ${news} did not come`)
    return found
  }

  /** As when the network goes away: the other side must find out. */
  drop(): void {
    this.socket.disconnect()
  }
}
