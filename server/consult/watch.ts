import type { SessionId } from '#shared/ids.ts'
import { minuteMs } from '#shared/time.ts'
import type { Instant } from '#shared/time.ts'
import { systemContext } from '#server/platform/context.ts'
import type { Peer } from '#server/platform/realtime.ts'
import { consultsById, liveConsults, lockConsult } from './consults.store.ts'
import { finish } from './end.ts'
import type { EndNeeds } from './end.ts'
import type { MediaRooms } from './media-rooms.ts'
import type { ConsultNeeds } from './needs.ts'
import * as store from './participants.store.ts'
import type { Seat, Seats } from './seats.ts'
import type { Signaling } from './signaling.ts'
import type { Sitting } from './sitting.ts'
import type { Tickets } from './tickets.ts'

/** How long a seat is kept for who dropped out of the line. */
const seatKeptMs = 90_000
const speakForSeatsMs = 20_000
/** Three missed words: the server that held the socket is dead. */
const silentMs = 3 * speakForSeatsMs + 5_000
const abandonedMs = 15 * minuteMs
const keepSessionMs = minuteMs

export type WatchNeeds = ConsultNeeds &
  EndNeeds & {
    seats: Seats
    sitting: Sitting
    rooms: MediaRooms
    tickets: Tickets
    signaling: Signaling
  }

/**
 * What no request brings about: seats kept for a while, seats taken over on another server, sessions that ended, rooms
 * that moved, visits that both have left. Each round reads the database anew, so that lost news are made good here.
 */
export function addWatch(needs: WatchNeeds): void {
  const { db, clock, log, jobs, identity, seats, sitting, rooms, tickets, signaling } = needs
  const ctx = systemContext('consult-watch', log)
  let keptAt: Instant = 0
  let spokeAt = clock.now()
  /** Since when this server has spoken for its seats without a gap. */
  let steadySince = spokeAt

  jobs.every('seats', 2_000, async () => {
    await followConsults()
    await followTakeovers()
    await speakForSeats()
  })
  jobs.every('sessions-of-sockets', 2_000, async () => {
    await closeEndedSessions()
    await keepSessions()
  })
  jobs.every('media-places', 2_000, rooms.renew)
  jobs.every('empty-seats', 5_000, async () => {
    const now = clock.now()
    // After an outage of the database, or a pause of this process, everyone was silent: let them speak again first.
    if (now - spokeAt > silentMs || now - steadySince < silentMs) return
    for (const row of await db.read((tx) => store.silentParticipants(tx, now - silentMs)))
      await sitting.silent(row)
    for (const row of await db.read((tx) => store.longAwayParticipants(tx, now - seatKeptMs)))
      if (await sitting.gone(row)) await rooms.peerLeft(row.consultId, row.id)
  })
  jobs.every('abandoned-consults', 10_000, endAbandoned)
  jobs.every('expired-tickets', minuteMs, tickets.removeExpired)

  async function followConsults(): Promise<void> {
    const ids = [...new Set(seats.all().map(({ consultId }) => consultId))]
    for (const consult of await db.read((tx) => consultsById(tx, ids))) {
      const ended =
        consult.state === 'ended' && seats.inConsult(consult.id).some(({ state }) => state !== 'ended')
      seats.heard(consult.id, consult)
      if (ended) await rooms.close(consult.id)
    }
  }

  async function followTakeovers(): Promise<void> {
    const held = new Map(seats.all().map((seat) => [seat.participantId, seat]))
    for (const row of await db.read((tx) => store.participantsById(tx, [...held.keys()]))) {
      const seat = held.get(row.id)
      // A seat that was taken here while we read is newer than what we read.
      if (!seat || seats.of(seat.peer) !== seat) continue
      if (row.resumeHash !== seat.resumeHash) {
        seat.peer.tell('seat:taken', {})
        signaling.unseat(seat)
      } else if (row.presence !== 'online') await sitting.present(seat)
    }
  }

  async function speakForSeats(): Promise<void> {
    const now = clock.now()
    if (now - spokeAt < speakForSeatsMs) return
    const ids = seats.all().map(({ participantId }) => participantId)
    await db.write((tx) => store.touchParticipants(tx, ids, now))
    if (now - spokeAt > silentMs) steadySince = now
    spokeAt = now
  }

  async function closeEndedSessions(): Promise<void> {
    const bySession = Map.groupBy(signaling.connected(), (peer) => peer.actor.sessionId)
    for (const [sessionId, peers] of bySession)
      if ((await identity.actorOf(sessionId)) === null) for (const peer of peers) await revoke(peer)
  }

  /** Nothing reaches this browser any more, but the place is kept: its person may have signed in anew just now. */
  async function revoke(peer: Peer): Promise<void> {
    const seat = seats.of(peer)
    peer.tell('consult:ended', { reason: 'revoked' })
    if (!seat) return peer.disconnect()
    signaling.unseat(seat)
    if (await sitting.dropped(seat)) await rooms.peerLeft(seat.consultId, seat.participantId)
  }

  /** A call is activity, though no request comes by HTTP; an open board is not. */
  async function keepSessions(): Promise<void> {
    const now = clock.now()
    if (now - keptAt < keepSessionMs) return
    keptAt = now
    const busy = seats.all().filter(({ state }: Seat) => state === 'waiting' || state === 'live')
    const sessions = new Set<SessionId>(busy.map(({ peer }) => peer.actor.sessionId))
    for (const sessionId of sessions) await identity.keepAlive(sessionId)
  }

  async function endAbandoned(): Promise<void> {
    const before = clock.now() - abandonedMs
    const live = await db.read(liveConsults)
    const all = await db.read((tx) => store.participantsOfAll(tx, live.map(({ id }) => id))) // prettier-ignore
    for (const { id } of live) {
      const both = all.filter(({ consultId }) => consultId === id)
      if (both.some(({ presence, presenceSince }) => presence === 'online' || presenceSince > before))
        continue
      await db.write(async (tx) => {
        const consult = await lockConsult(tx, id)
        const now = await store.participantsOf(tx, id)
        if (consult.state === 'live' && now.every(({ presence }) => presence !== 'online'))
          await finish(needs, tx, ctx, consult, 'abandoned')
      })
    }
  }
}
