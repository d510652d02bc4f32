import type { AppointmentId, ConsultId } from '#shared/ids.ts'
import type { Actor, Context } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import type { Http } from '../platform/http.ts'
import type { News, NewsPayload, Peer } from '../platform/realtime.ts'
import { createAnnouncements } from './announce.ts'
import { followAppointments } from './appointment-changes.ts'
import type { EndReason } from './call.state.ts'
import { createChat } from './chat.ts'
import { consultEntities } from './consult.entity.ts'
import type { ConsultRow } from './consult.entity.ts'
import { createConsents } from './consents.ts'
import type { ConsentInput } from './consents.ts'
import { countConsults, findConsult, lockConsult, saveConsult } from './consults.store.ts'
import { createLinks } from './links.ts'
import { addMediaRequests } from './media.ts'
import { createMediaRooms } from './media-rooms.ts'
import type { ConsultNeeds } from './needs.ts'
import { createPlacements } from './placement.ts'
import { roleIn } from './policy.ts'
import type { SnapshotRequestView } from './present.ts'
import { createProbes } from './probes.ts'
import { consultRoutes } from './routes.ts'
import { createSeats } from './seats.ts'
import type { Seat } from './seats.ts'
import { createSfuNodes } from './sfu.client.ts'
import { addSignaling } from './signaling.ts'
import { createSitting } from './sitting.ts'
import { createTickets } from './tickets.ts'
import { addWatch } from './watch.ts'

export type { AppointmentFacts, Appointments, Charts, ConsultNeeds, TurnConfig } from './needs.ts'
export type { ConsultRow, ConsentInput, Seat, SnapshotRequestView }
export { consultEntities }
/** @throws not_admitted, consult_ended */
export { mustBeLive } from './call.state.ts'

/** The visit in real time: all that other domains may use. */
export type Consult = {
  addRoutes(http: Http): void
  find(tx: Tx, consultId: ConsultId): Promise<ConsultRow | null>
  /** The actor's part in the consult; null for everyone who has none. */
  roleIn(actor: Actor, consult: ConsultRow): 'patient' | 'practitioner' | null
  /** The seat behind a socket. @throws conflict without a seat */
  seatOf(peer: Peer): Seat
  /** Something that the consult's view shows has changed: raises its version, and everyone pulls it after the commit. */
  changed(tx: Tx, consultId: ConsultId): Promise<void>
  /** News with ids to everyone in the consult, on every server. */
  tell<N extends News>(consultId: ConsultId, news: N, payload: NewsPayload<N>): void
  /** The patient's answer to one question, as part of the caller's transaction. */
  addConsent(tx: Tx, ctx: Context, consult: ConsultRow, input: ConsentInput): Promise<void>
  /** Where the view finds the snapshot request that still waits for an answer. Set once. */
  useSnapshotRequests(find: (tx: Tx, consultId: ConsultId) => Promise<SnapshotRequestView | null>): void
  /** The patient's join link, for letters and the demo's printed link. Needs a write. */
  joinAddressOf(tx: Tx, appointmentId: AppointmentId): Promise<string>
  count(): Promise<{ waiting: number; live: number }>
  /** After the last socket has gone. */
  close(): Promise<void>
}

export function createConsult(needs: ConsultNeeds): Consult {
  const { db, clock, log, realtime, sfus, coordination } = needs
  let snapshotRequestOf = async (_tx: Tx, _id: ConsultId): Promise<SnapshotRequestView | null> => null

  const nodes = createSfuNodes({ sfus, log })
  const seats = createSeats()
  const placements = createPlacements({ coordination, usable: nodes.usable, gone: nodes.gone, log })
  const rooms = createMediaRooms({ nodes, placements, seats, clock, log, tellQuality })
  const probes = createProbes({ nodes, log })
  const announcements = createAnnouncements({ db, realtime, seats, log })
  const links = createLinks(needs)
  const tickets = createTickets(needs)
  const consents = createConsents(needs)
  const chat = createChat(needs)
  const sitting = createSitting({
    ...needs,
    announcements,
    snapshotRequestOf: (tx, id) => snapshotRequestOf(tx, id),
  })
  const ending = { ...needs, announcements, over }

  realtime.useTickets(tickets.take)
  const signaling = addSignaling({ realtime, seats, sitting, chat, rooms, probes, log })
  addMediaRequests({ ...needs, seats, nodes, rooms, probes })
  followAppointments(ending)
  addWatch({ ...ending, seats, sitting, rooms, tickets, signaling })

  function tellQuality(seat: Seat, quality: NewsPayload<'media:quality'>['quality']): void {
    realtime.tell(`consult:${seat.consultId}`, 'media:quality', {
      participantId: seat.participantId,
      quality,
    })
  }

  function over(consultId: ConsultId, reason: EndReason): void {
    const told = reason === 'revoked' ? 'revoked' : 'ended_by_practitioner'
    realtime.tell(`consult:${consultId}`, 'consult:ended', { reason: told })
    for (const seat of seats.inConsult(consultId)) seat.state = 'ended'
    rooms
      .close(consultId)
      .catch((error: unknown) => log.warn({ consultId, err: error }, 'a media room stays open'))
  }

  return {
    addRoutes: (http) =>
      consultRoutes(http, { ...ending, prepareRoom: rooms.prepare, links, tickets, consents }),
    find: findConsult,
    roleIn,
    seatOf: seats.mustHave,
    async changed(tx, consultId) {
      const consult = await lockConsult(tx, consultId)
      announcements.changed(tx, await saveConsult(tx, consult, {}))
    },
    tell: (consultId, news, payload) => realtime.tell(`consult:${consultId}`, news, payload),
    addConsent: consents.add,
    useSnapshotRequests(find) {
      snapshotRequestOf = find
    },
    joinAddressOf: links.addressOf,
    count: () => db.read(countConsults),
    async close() {
      await signaling.settled()
      nodes.close()
    },
  }
}
