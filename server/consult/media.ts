import type { ConsultRequests } from '#shared/consult.ts'
import { dtlsParametersSchema, rtpCapabilitiesSchema, rtpParametersSchema } from '#shared/rtp.ts'
import type { SfuCommand, SfuReply, SfuRequest } from '#shared/sfu.ts'
import type { z } from 'zod'
import type { Peer } from '#server/platform/realtime.ts'
import { mustBeLive } from './call.state.ts'
import { findConsult } from './consults.store.ts'
import type { MediaRooms } from './media-rooms.ts'
import type { ConsultNeeds } from './needs.ts'
import { admittedParticipants, participants } from './policy.ts'
import type { Probes } from './probes.ts'
import type { Seat, Seats } from './seats.ts'
import { askingSfu } from './sfu.client.ts'
import type { SfuNodes } from './sfu.client.ts'
import { iceServersFor } from './turn.ts'

export type MediaNeeds = Pick<ConsultNeeds, 'realtime' | 'db' | 'clock' | 'turn'> & {
  seats: Seats
  nodes: SfuNodes
  rooms: MediaRooms
  probes: Probes
}

type MediaRequest = {
  [N in keyof ConsultRequests]: N extends `media:${string}` ? N : never
}[keyof ConsultRequests]
type InRoom = { roomId: string; epoch: number; peerId: string }

/**
 * Media signalling. Except for the first `media:open` after admission, no request here asks the database: a call goes on
 * while that is away. The participant is the socket's own; ids that a browser sends are looked up among its own media.
 */
export function addMediaRequests(needs: MediaNeeds): void {
  const { realtime, db, clock, seats, nodes, rooms, probes } = needs

  /** A seat in a consult that is live as far as this server knows. */
  function admitted(peer: Peer): Seat {
    const seat = seats.mustHave(peer)
    mustBeLive(seat.state)
    return seat
  }

  /** The same, but whoever seems to be waiting is looked up: the admission may have happened on another server. */
  async function admittedByNow(peer: Peer): Promise<Seat> {
    const seat = seats.mustHave(peer)
    if (seat.state !== 'live') {
      const consult = await db.read((tx) => findConsult(tx, seat.consultId))
      if (consult) seats.heard(consult.id, consult)
    }
    mustBeLive(seat.state)
    return seat
  }

  async function ask<C extends SfuCommand>(
    seat: Seat,
    epoch: number,
    command: C,
    request: (at: InRoom) => SfuRequest<C>,
  ): Promise<SfuReply<C>> {
    const place = await rooms.placeOf(seat, epoch)
    const at = { roomId: seat.consultId, epoch, peerId: seat.participantId }
    return askingSfu(nodes.call(place.sfu, command, request(at)))
  }

  function onMedia<N extends MediaRequest>(
    name: N,
    handle: (
      seat: Seat,
      input: z.output<ConsultRequests[N]['input']>,
    ) => Promise<z.input<ConsultRequests[N]['reply']>>,
  ): void {
    realtime.on(name, { policy: admittedParticipants, limit: 'media' }, async (_ctx, peer, input) =>
      handle(admitted(peer), input),
    )
  }

  realtime.on('media:open', { policy: admittedParticipants, limit: 'media' }, async (_ctx, peer, input) => {
    const seat = await admittedByNow(peer)
    const capabilities = input.rtpCapabilities ? rtpCapabilitiesSchema.parse(input.rtpCapabilities) : null
    const opened = await askingSfu(rooms.open(seat, capabilities))
    return { ...opened, iceServers: iceServersFor(needs.turn, seat.participantId, clock.now()) }
  })

  onMedia('media:ready', async (seat, { epoch, rtpCapabilities }) => {
    const capabilities = rtpCapabilitiesSchema.parse(rtpCapabilities)
    const media = rooms.mediaOf(seat)
    return media.listing(epoch, async () => {
      const { consumers } = await ask(seat, epoch, 'setRecvReady', (at) => ({
        ...at,
        rtpCapabilities: capabilities,
      }))
      return { consumers: media.listed(consumers) }
    })
  })

  onMedia('media:connect', async (seat, { epoch, transportId, dtlsParameters }) => {
    const parameters = dtlsParametersSchema.parse(dtlsParameters)
    await ask(seat, epoch, 'connectTransport', (at) => ({ ...at, transportId, dtlsParameters: parameters }))
    return {}
  })

  onMedia('media:restart-ice', async (seat, { epoch, transportId }) => {
    const { iceParameters } = await ask(seat, epoch, 'restartIce', (at) => ({ ...at, transportId }))
    return { iceParameters: { ...iceParameters } }
  })

  onMedia('media:produce', (seat, { epoch, rtpParameters, ...what }) => {
    const parameters = rtpParametersSchema.parse(rtpParameters)
    return ask(seat, epoch, 'produce', (at) => ({ ...at, ...what, rtpParameters: parameters }))
  })

  onMedia('media:pause', async (seat, { epoch, producerId, paused }) => {
    await ask(seat, epoch, paused ? 'pauseProducer' : 'resumeProducer', (at) => ({ ...at, producerId }))
    return {}
  })

  onMedia('media:close', async (seat, { epoch, producerId }) => {
    await ask(seat, epoch, 'closeProducer', (at) => ({ ...at, producerId }))
    return {}
  })

  onMedia('media:resume-consumer', async (seat, { epoch, consumerId }) => {
    await ask(seat, epoch, 'resumeConsumer', (at) => ({ ...at, consumerId }))
    return {}
  })

  onMedia('media:prefer-layers', async (seat, { epoch, consumerId, spatialLayer }) => {
    await ask(seat, epoch, 'setPreferredLayers', (at) => ({ ...at, consumerId, layers: { spatialLayer } }))
    return {}
  })

  onMedia('media:report', async (seat, { quality }) => {
    rooms.reported(seat, quality)
    return {}
  })

  realtime.on('probe:open', { policy: participants, limit: 'signal' }, (_ctx, peer) =>
    probes.open(seats.mustHave(peer)),
  )
  realtime.on('probe:connect', { policy: participants, limit: 'signal' }, async (_ctx, peer, input) => {
    const parameters = dtlsParametersSchema.parse(input.dtlsParameters)
    await probes.connect(seats.mustHave(peer), input.transportId, parameters)
    return {}
  })
  realtime.on('probe:produce', { policy: participants, limit: 'signal' }, async (_ctx, peer, input) => {
    const parameters = rtpParametersSchema.parse(input.rtpParameters)
    const seat = seats.mustHave(peer)
    return { producerId: await probes.produce(seat, input.transportId, input.kind, parameters) }
  })
}
