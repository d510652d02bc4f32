import type { Logger } from 'pino'
import type { ConsultId } from '#shared/ids.ts'
import type { Context } from '#server/platform/context.ts'
import type { Peer, Realtime } from '#server/platform/realtime.ts'
import type { Chat } from './chat.ts'
import type { MediaRooms } from './media-rooms.ts'
import { participants, patientOfConsult } from './policy.ts'
import type { Probes } from './probes.ts'
import type { Seat, Seats } from './seats.ts'
import type { Sitting } from './sitting.ts'

export type SignalingNeeds = {
  realtime: Realtime
  seats: Seats
  sitting: Sitting
  chat: Chat
  rooms: MediaRooms
  probes: Probes
  log: Logger
}

export type Signaling = {
  /** Sockets that are connected to this process, with or without a seat. */
  connected(): Peer[]
  /** Takes the seat away from a socket and closes that. */
  unseat(seat: Seat): void
  /** Waits for what disconnecting sockets have left to write. */
  settled(): Promise<void>
}

/** Seats, presence and chat over the socket. */
export function addSignaling(needs: SignalingNeeds): Signaling {
  const { realtime, seats, sitting, chat, rooms, probes, log } = needs
  const connected = new Map<string, Peer>()
  const underWay = new Set<Promise<void>>()

  function inBackground(sentence: string, work: Promise<unknown>): void {
    const done = work
      .then(
        () => undefined,
        (error: unknown) => log.warn({ err: error }, sentence),
      )
      .finally(() => underWay.delete(done))
    underWay.add(done)
  }

  function empty(seat: Seat): void {
    probes.close(seat)
    rooms.seatEmptied(seat)
  }

  function drop(seat: Seat): void {
    empty(seat)
    // When this fails, the sweep of any server finds that nobody speaks for the seat any more.
    inBackground('a dropped seat could not be marked', sitting.dropped(seat))
  }

  function unseat(seat: Seat): void {
    seats.leave(seat.peer)
    empty(seat)
    seat.peer.disconnect()
  }

  async function take(ctx: Context, peer: Peer, consultId: ConsultId, resumeToken: string | null) {
    const taken = await sitting.take(ctx, consultId, resumeToken)
    const seat: Seat = { ...taken.seat, peer }
    const own = seats.of(peer)
    if (own) peer.leave(`seat:${own.resumeHash}`)
    // To that taking of the seat and no other: news across servers may come when a third one has it.
    if (taken.formerHash !== null) realtime.tell(`seat:${taken.formerHash}`, 'seat:taken', {})
    const former = seats.take(seat)
    if (former && former.peer !== peer) unseat(former)
    if (!connected.has(peer.socketId)) {
      // It dropped while the seat was being taken.
      seats.leave(peer)
      drop(seat)
    } else {
      peer.join(`consult:${seat.consultId}`)
      peer.join(`seat:${seat.resumeHash}`)
    }
    await rooms.seatTaken(seat)
    return { view: taken.view, resumeToken: taken.resumeToken, resumed: taken.resumed }
  }

  realtime.onConnect((peer) => {
    connected.set(peer.socketId, peer)
    if (peer.ticket.kind === 'clinic') peer.join(`clinic:${peer.ticket.practitionerId}`)
  })
  realtime.onDisconnect((peer) => {
    connected.delete(peer.socketId)
    const seat = seats.leave(peer)
    if (seat) drop(seat)
  })

  realtime.on('seat:take', { policy: participants, limit: 'signal' }, (ctx, peer, { resumeToken }) => {
    if (peer.ticket.kind !== 'consult') throw new Error('the policy lets nobody else in')
    return take(ctx, peer, peer.ticket.consultId, resumeToken)
  })

  realtime.on(
    'seat:wait',
    { policy: patientOfConsult, limit: 'signal' },
    async (ctx, peer, { deviceCheck }) => {
      const seat = seats.mustHave(peer)
      const view = await sitting.wait(ctx, seat, deviceCheck)
      seats.heard(seat.consultId, view)
      probes.close(seat)
      return view
    },
  )

  realtime.on('seat:leave', { policy: participants, limit: 'signal' }, async (ctx, peer) => {
    const seat = seats.mustHave(peer)
    const left = await sitting.leave(ctx, seat)
    seats.leave(peer)
    empty(seat)
    peer.leave(`consult:${seat.consultId}`)
    peer.leave(`seat:${seat.resumeHash}`)
    if (left)
      inBackground('who left is still in the media room', rooms.peerLeft(seat.consultId, seat.participantId))
    return {}
  })

  realtime.on('consult:sync', { policy: participants, limit: 'signal' }, async (_ctx, peer) => {
    const seat = seats.mustHave(peer)
    const view = await sitting.sync(seat)
    seats.heard(seat.consultId, view)
    return view
  })

  realtime.on('chat:post', { policy: participants, limit: 'chat' }, (ctx, peer, { text, idempotencyKey }) =>
    chat.post(ctx, seats.mustHave(peer), text, idempotencyKey),
  )
  realtime.on('chat:list', { policy: participants, limit: 'chat' }, async (ctx, peer, { after }) => ({
    messages: await chat.list(ctx, seats.mustHave(peer), after),
  }))

  return {
    connected: () => [...connected.values()],
    unseat,
    async settled() {
      await Promise.all(underWay)
    },
  }
}
