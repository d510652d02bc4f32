import type { Logger } from 'pino'
import type { z } from 'zod'
import type { consultRequests, Quality } from '#shared/consult.ts'
import { DomainError } from '#shared/errors.ts'
import type { ConsultId, ParticipantId } from '#shared/ids.ts'
import type { RtpCapabilities, TransportOptions } from '#shared/rtp.ts'
import { SfuError } from '#shared/sfu.ts'
import type { SfuEvent, SfuEventPayload } from '#shared/sfu.ts'
import type { Clock } from '#server/platform/clock.ts'
import { SeatMedia } from './media-seats.ts'
import type { Placement, Placements } from './placement.ts'
import type { Seat, Seats } from './seats.ts'
import type { SfuNodes } from './sfu.client.ts'

/** The media of the consults that this process holds seats of. Nothing here asks the database. */
export type MediaRooms = {
  /** Opens the room ahead of its participants. Never throws: they will open it otherwise. */
  prepare: (consultId: ConsultId) => Promise<void>
  open(seat: Seat, rtpCapabilities: RtpCapabilities | null): Promise<Opened>
  /** Where this seat's media is, if `epoch` is its present incarnation. @throws stale_epoch */
  placeOf(seat: Seat, epoch: number): Promise<Placement>
  mediaOf(seat: Seat): SeatMedia
  /** A seat of a running visit was taken here: from now on its events are heeded. */
  seatTaken(seat: Seat): Promise<void>
  /** The socket went; the media stays in the SFU. */
  seatEmptied(seat: Seat): void
  /** The participant left, or stayed away too long. */
  peerLeft(consultId: ConsultId, participantId: ParticipantId): Promise<void>
  /** How the participant itself finds its connection. */
  reported(seat: Seat, quality: Quality): void
  /** The consult is over for everyone. */
  close(consultId: ConsultId): Promise<void>
  /** Learns of moves that other servers made. */
  renew: () => Promise<void>
}
type Opened = Omit<z.input<(typeof consultRequests)['media:open']['reply']>, 'iceServers'>

export type MediaRoomsNeeds = {
  nodes: SfuNodes
  placements: Placements
  seats: Seats
  clock: Clock
  log: Logger
  tellQuality: (seat: Seat, quality: Quality) => void
}

const openRounds = 6

export function createMediaRooms(needs: MediaRoomsNeeds): MediaRooms {
  const { nodes, placements, seats, clock, log, tellQuality } = needs
  const medias = new WeakMap<Seat, SeatMedia>()
  const turns = new WeakMap<Seat, Promise<unknown>>()

  function mediaOf(seat: Seat): SeatMedia {
    const known = medias.get(seat) ?? new SeatMedia(seat)
    medias.set(seat, known)
    return known
  }

  async function openRoom(consultId: ConsultId): Promise<void> {
    const { sfu, epoch } = await placements.where(consultId)
    await nodes.call(sfu, 'openRoom', { roomId: consultId, epoch })
  }

  /** One opening of a seat after the other: two at once would close each other's transports. */
  function open(seat: Seat, rtpCapabilities: RtpCapabilities | null): Promise<Opened> {
    const mine = (turns.get(seat) ?? Promise.resolve()).then(() => openSomewhere(seat, rtpCapabilities))
    turns.set(
      seat,
      mine.catch((error: unknown) =>
        log.info({ consultId: seat.consultId, err: error }, 'media did not open'),
      ),
    )
    return mine
  }

  async function openSomewhere(seat: Seat, rtpCapabilities: RtpCapabilities | null): Promise<Opened> {
    let place = await placements.where(seat.consultId)
    for (let round = 1; ; round++) {
      try {
        return await openAt(seat, place, rtpCapabilities)
      } catch (error) {
        if (round === openRounds || !(error instanceof SfuError) || !worthMoving(error, place)) throw error
        place = await move(seat.consultId, place, 'sfu_lost', seat)
      }
    }
  }

  function worthMoving(error: SfuError, place: Placement): boolean {
    if (error.code === 'stale_epoch' || error.code === 'draining') return true
    return error.code === 'sfu_unavailable' && nodes.gone(place.sfu)
  }

  async function openAt(seat: Seat, place: Placement, capabilities: RtpCapabilities | null): Promise<Opened> {
    const room = { roomId: seat.consultId, epoch: place.epoch }
    const peer = { ...room, peerId: seat.participantId }
    const media = mediaOf(seat)
    return media.listing(place.epoch, async () => {
      const { rtpCapabilities } = await nodes.call(place.sfu, 'openRoom', room)
      await nodes.call(place.sfu, 'addPeer', peer)
      const [send, recv] = await Promise.all([
        nodes.call(place.sfu, 'createTransport', { ...peer, direction: 'send' }),
        nodes.call(place.sfu, 'createTransport', { ...peer, direction: 'recv' }),
      ])
      media.opened()
      const consumers = capabilities
        ? await nodes.call(place.sfu, 'setRecvReady', { ...peer, rtpCapabilities: capabilities })
        : null
      return {
        epoch: place.epoch,
        routerRtpCapabilities: { ...rtpCapabilities },
        sendTransport: presentTransport(send),
        recvTransport: presentTransport(recv),
        ...(consumers ? { consumers: media.listed(consumers.consumers) } : {}),
      }
    })
  }

  async function placeOf(seat: Seat, epoch: number): Promise<Placement> {
    const known = placements.known(seat.consultId)
    const place = known !== null && known.epoch >= epoch ? known : await placements.learn(seat.consultId)
    if (place?.epoch !== epoch)
      throw new DomainError('stale_epoch', place ? { epoch: place.epoch } : undefined)
    return place
  }

  /** Agrees on the next incarnation and asks the seats here to join it. */
  async function move(
    consultId: ConsultId,
    lost: Placement,
    reason: 'worker_died' | 'sfu_lost',
    except?: Seat,
  ): Promise<Placement> {
    const next = await placements.move(consultId, lost)
    followTo(consultId, lost, next, reason, except)
    return next
  }

  function followTo(
    consultId: ConsultId,
    lost: Placement,
    next: Placement,
    reason: 'worker_died' | 'sfu_lost',
    except?: Seat,
  ): void {
    log.warn({ consultId, from: lost.sfu, to: next.sfu, epoch: next.epoch, reason }, 'a media room moves')
    for (const seat of seats.inConsult(consultId))
      if (seat !== except && seat.state === 'live') mediaOf(seat).roomMoved(next.epoch, reason)
    // Where the old incarnation still runs, it must not keep sending to browsers that have moved on.
    if (lost.sfu !== next.sfu && !nodes.gone(lost.sfu)) void closeAt(consultId, lost)
  }

  async function closeAt(consultId: ConsultId, place: Placement): Promise<void> {
    await tolerating(
      'a media room could not be closed; the SFU will find it idle',
      nodes.call(place.sfu, 'closeRoom', { roomId: consultId, epoch: place.epoch }),
    )
  }

  /** For what the SFU puts right by itself in time. */
  async function tolerating(sentence: string, work: Promise<unknown>): Promise<void> {
    try {
      await work
    } catch (error) {
      const gone =
        error instanceof SfuError && (error.code === 'room_not_found' || error.code === 'peer_not_found')
      if (!gone) log.warn({ err: error }, sentence)
    }
  }

  function inBackground(sentence: string, work: Promise<unknown>): void {
    work.catch((error: unknown) => log.warn({ err: error }, sentence))
  }

  /** Events reach every server; each heeds those of its own seats, in their present incarnation. */
  function forPeer<E extends PeerEvent>(
    name: E,
    heed: (media: SeatMedia, payload: SfuEventPayload<E>, seat: Seat) => void,
  ): void {
    nodes.on(name, (sfu, payload) => {
      const { peerId, epoch } = payload as { peerId: string; epoch: number }
      const seat = seats.ofParticipant(peerId)
      const known = seat && placements.known(seat.consultId)
      if (seat && known?.sfu === sfu && known.epoch === epoch) heed(mediaOf(seat), payload, seat)
    })
  }

  function tellQualityOf(seat: Seat): void {
    const quality = mediaOf(seat).qualityToTell(clock.now())
    if (quality) tellQuality(seat, quality)
  }

  forPeer('consumerCreated', (media, payload) => media.announce(payload.epoch, payload))
  forPeer('consumerClosed', (media, { consumerId }) => media.consumerClosed(consumerId))
  forPeer('peerMediaLost', (media, { epoch }) => media.transportLost(epoch))
  forPeer('producerCreated', (media, { producerId, paused }) => media.ownPaused(producerId, paused))
  forPeer('producerClosed', (media, { producerId }) => media.ownClosed(producerId))
  forPeer('producerScore', (media, { producerId, score }, seat) => {
    media.scored(producerId, score)
    tellQualityOf(seat)
  })
  forPeer('transportState', (media, { direction, ice }, seat) => {
    if (direction !== 'send') return
    media.reachable(ice !== 'disconnected')
    tellQualityOf(seat)
  })
  for (const [name, paused] of [['producerPaused', true], ['producerResumed', false]] as const) {
    forPeer(name, (media, { producerId }) => media.ownPaused(producerId, paused))
    // The others hear of it wherever the sender's own socket is.
    nodes.on(name, (_sfu, { roomId, producerId }) => {
      for (const seat of seats.inConsult(roomId)) mediaOf(seat).producerPaused(producerId, paused)
    })
  } // prettier-ignore

  nodes.on('roomLost', (sfu, { roomId, epoch, reason }) => {
    const seat = seats.inConsult(roomId).find(({ state }) => state === 'live')
    if (!seat) return
    const known = placements.known(seat.consultId)
    if (known?.sfu !== sfu || known.epoch !== epoch) return
    const told = reason === 'worker_died' || reason === 'worker_hung' ? 'worker_died' : 'sfu_lost'
    inBackground('a lost media room has no new place yet', move(seat.consultId, known, told))
  })
  nodes.onGone((sfu) => {
    for (const [consultId, place] of livePlaces())
      if (place.sfu === sfu) inBackground('a media room cannot move yet', move(consultId, place, 'sfu_lost'))
  })
  nodes.onBack((sfu) => {
    for (const [consultId, place] of livePlaces())
      if (place.sfu === sfu)
        inBackground('the state of a media room is not known yet', catchUp(consultId, place))
  })

  /** After a broken link: what the missed events would have said. */
  async function catchUp(consultId: ConsultId, place: Placement): Promise<void> {
    try {
      const { peers } = await nodes.call(place.sfu, 'roomState', { roomId: consultId, epoch: place.epoch })
      for (const seat of seats.inConsult(consultId)) {
        const peer = peers.find(({ peerId }) => peerId === seat.participantId)
        if (!peer || peer.transports.length < 2) mediaOf(seat).transportLost(place.epoch)
        else mediaOf(seat).reconcile(place.epoch, peer.consumers)
      }
    } catch (error) {
      if (!(error instanceof SfuError && error.code === 'room_not_found')) throw error
      await move(consultId, place, 'sfu_lost')
    }
  }

  function livePlaces(): Map<ConsultId, Placement> {
    const places = new Map<ConsultId, Placement>()
    for (const { consultId, state } of seats.all()) {
      const place = state === 'live' ? placements.known(consultId) : null
      if (place) places.set(consultId, place)
    }
    return places
  }

  return {
    async prepare(consultId) {
      await tolerating('a media room was not opened ahead', openRoom(consultId))
    },
    open,
    placeOf,
    mediaOf,
    async seatTaken(seat) {
      if (seat.state === 'live') await placements.learn(seat.consultId)
    },
    seatEmptied(seat) {
      medias.delete(seat)
      if (seats.inConsult(seat.consultId).length === 0) placements.forget(seat.consultId)
    },
    async peerLeft(consultId, participantId) {
      const place = await placements.find(consultId)
      if (!place) return
      const peer = { roomId: consultId, epoch: place.epoch, peerId: participantId }
      await tolerating(
        'a participant could not be removed from the media',
        nodes.call(place.sfu, 'removePeer', peer),
      )
    },
    reported(seat, quality) {
      mediaOf(seat).reported(quality)
      tellQualityOf(seat)
    },
    async close(consultId) {
      const place = await placements.find(consultId)
      if (!place) return
      await closeAt(consultId, place)
      await placements.release(consultId)
    },
    async renew() {
      for (const [consultId, before] of livePlaces()) {
        const now = await placements.renew(consultId)
        if (now && now.epoch > before.epoch) followTo(consultId, before, now, 'sfu_lost')
      }
    },
  }
}

type PeerEvent = {
  [E in SfuEvent]: SfuEventPayload<E> extends { peerId: string; epoch: number } ? E : never
}[SfuEvent]

/** The wire between browser and server says `id`, as mediasoup-client wants it. */
export function presentTransport({ transportId, ...options }: TransportOptions) {
  return {
    id: transportId,
    iceParameters: { ...options.iceParameters },
    iceCandidates: options.iceCandidates.map((candidate) => ({ ...candidate })),
    dtlsParameters: { ...options.dtlsParameters },
  }
}
