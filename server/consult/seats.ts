import { DomainError } from '#shared/errors.ts'
import type { ConsultId, ParticipantId } from '#shared/ids.ts'
import type { Peer } from '#server/platform/realtime.ts'
import type { ConsultRow, ParticipantRow } from './consult.entity.ts'

/** One participant's place in a consult, held by one socket of this process. */
export type Seat = {
  readonly consultId: ConsultId
  readonly participantId: ParticipantId
  readonly role: ParticipantRow['role']
  readonly peer: Peer
  /** Tells this taking of the seat from later ones. */
  readonly resumeHash: string
  /** The consult's version when it was taken: a later taking, on whichever server, has a higher one. */
  readonly takenAt: number
  /** The consult as last heard of; the sweep and each sync bring it up to date. */
  state: ConsultRow['state']
  version: number
}

/** The seats that this process holds. Media requests are judged by them alone, so they need no database. */
export type Seats = {
  /** Returns the seat that the same participant had here before, now empty. */
  take(seat: Seat): Seat | null
  /** Null when the socket has no seat, or lost it. */
  leave(peer: Peer): Seat | null
  of(peer: Peer): Seat | null
  /** @throws conflict when `seat:take` was not the first request, or the seat was taken over */
  mustHave: (peer: Peer) => Seat
  ofParticipant(participantId: string): Seat | null
  inConsult(consultId: string): Seat[]
  all(): Seat[]
  /** Older news than what is known is not heeded. */
  heard(consultId: ConsultId, news: Pick<ConsultRow, 'state' | 'version'>): void
}

export function createSeats(): Seats {
  const bySocket = new Map<string, Seat>()
  const byParticipant = new Map<string, Seat>()

  function remove(seat: Seat): void {
    bySocket.delete(seat.peer.socketId)
    if (byParticipant.get(seat.participantId) === seat) byParticipant.delete(seat.participantId)
  }

  const seats: Seats = {
    take(seat) {
      const own = bySocket.get(seat.peer.socketId)
      if (own) remove(own)
      const former = byParticipant.get(seat.participantId) ?? null
      if (former) remove(former)
      bySocket.set(seat.peer.socketId, seat)
      byParticipant.set(seat.participantId, seat)
      return former
    },
    leave(peer) {
      const seat = bySocket.get(peer.socketId) ?? null
      if (seat) remove(seat)
      return seat
    },
    of: (peer) => bySocket.get(peer.socketId) ?? null,
    mustHave(peer) {
      const seat = bySocket.get(peer.socketId)
      if (!seat) throw new DomainError('conflict')
      return seat
    },
    ofParticipant: (participantId) => byParticipant.get(participantId) ?? null,
    inConsult: (consultId) => [...bySocket.values()].filter((seat) => seat.consultId === consultId),
    all: () => [...bySocket.values()],
    heard(consultId, { state, version }) {
      for (const seat of seats.inConsult(consultId)) {
        if (version >= seat.version) Object.assign(seat, { state, version })
      }
    },
  }
  return seats
}
