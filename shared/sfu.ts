import { z } from 'zod'
import {
  dtlsParametersSchema,
  dtlsStateSchema,
  iceParametersSchema,
  iceStateSchema,
  layersSchema,
  mediaKindSchema,
  mediaSourceSchema,
  rtpCapabilitiesSchema,
  rtpParametersSchema,
  transportDirectionSchema,
  transportOptionsSchema,
} from './rtp.ts'

/**
 * The control protocol between a server and an SFU: commands with replies, and events back. The same words are spoken
 * whether the SFU runs inside the server's process or elsewhere. Ids are opaque; no name ever crosses this line.
 *
 * Epochs fence: a room's epoch is one incarnation of its media. `openRoom` with a newer epoch replaces the room, a
 * command with an older epoch than the room's is refused with `stale_epoch`, one with a newer epoch with
 * `room_not_found` (that incarnation was never opened here).
 */

const idSchema = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/)
const inRoom = { roomId: idSchema, epoch: z.int().min(0) }
const ofPeer = { ...inRoom, peerId: idSchema }

const sfuErrorCodes = [
  'stale_epoch',
  'room_not_found',
  'peer_not_found',
  'transport_not_found',
  'producer_not_found',
  'consumer_not_found',
  'probe_not_found',
  /** A cap on peers, producers, consumers or probes is reached. */
  'limit_reached',
  /** The transport has not been connected yet, or has been connected with other parameters. */
  'wrong_transport_state',
  /** RTP or DTLS parameters that the media worker cannot accept; `message` says which. */
  'bad_parameters',
  'draining',
  /** No media worker is running right now; one is being started. Retry. */
  'no_worker',
  'invalid_request',
  'unknown_command',
  /** The link to the SFU is down or it did not answer in time. The command may or may not have been carried out. */
  'sfu_unavailable',
  'internal',
] as const
export type SfuErrorCode = (typeof sfuErrorCodes)[number]

/** Why a command failed. `message` is for logs: technical, and free of anything about people. */
export class SfuError extends Error {
  readonly code: SfuErrorCode
  constructor(code: SfuErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'SfuError'
    this.code = code
  }
}

/** A consumer as it is announced to the peer that will receive it. It starts paused; see `resumeConsumer`. */
const consumerInfoSchema = z.strictObject({
  consumerId: idSchema,
  producerId: idSchema,
  producerPeerId: idSchema,
  kind: mediaKindSchema,
  source: mediaSourceSchema,
  rtpParameters: rtpParametersSchema,
  producerPaused: z.boolean(),
})
export type ConsumerInfo = z.infer<typeof consumerInfoSchema>

const producerInfoSchema = z.strictObject({
  producerId: idSchema,
  kind: mediaKindSchema,
  source: mediaSourceSchema,
  paused: z.boolean(),
})

const transportStateSchema = z.strictObject({
  transportId: idSchema,
  direction: transportDirectionSchema,
  ice: iceStateSchema,
  dtls: dtlsStateSchema,
  /** How the packets travel; null until ICE has chosen. */
  protocol: z.enum(['udp', 'tcp']).nullable(),
})

/** Scores are mediasoup's: 0 (nothing arrives) to 10 (perfect). Bitrates are bit/s. Null: not known yet. */
const streamStatsSchema = z.strictObject({
  id: idSchema,
  kind: mediaKindSchema,
  source: mediaSourceSchema,
  score: z.number(),
  bitrate: z.number(),
  packets: z.number(),
  packetsLost: z.number(),
  /** Lost of those expected in the last report interval, 0 to 1. */
  fractionLost: z.number(),
  jitterMs: z.number().nullable(),
  rttMs: z.number().nullable(),
})

const peerStatsSchema = z.strictObject({
  transports: z.array(
    z.strictObject({
      ...transportStateSchema.shape,
      sendBitrate: z.number(),
      recvBitrate: z.number(),
      availableOutgoingBitrate: z.number().nullable(),
      lossSent: z.number().nullable(),
      lossReceived: z.number().nullable(),
    }),
  ),
  producers: z.array(streamStatsSchema),
  consumers: z.array(streamStatsSchema),
})
export type PeerStats = z.infer<typeof peerStatsSchema>

/** Every command with the shape of its request and of its reply. All but `produce` may simply be repeated. */
export const sfuCommands = {
  /** Opens the room, or returns it as it is when it is open under the same epoch. */
  openRoom: command(inRoom, { rtpCapabilities: rtpCapabilitiesSchema, created: z.boolean() }),
  closeRoom: command(inRoom, {}),
  /** Everything in the room, for a server that takes over or has missed events. */
  roomState: command(inRoom, {
    peers: z.array(
      z.strictObject({
        peerId: idSchema,
        transports: z.array(transportStateSchema),
        producers: z.array(producerInfoSchema),
        consumers: z.array(consumerInfoSchema),
      }),
    ),
  }),
  addPeer: command(ofPeer, { created: z.boolean() }),
  removePeer: command(ofPeer, {}),
  /** A second transport in the same direction replaces the first and closes what was on it. */
  createTransport: command({ ...ofPeer, direction: transportDirectionSchema }, transportOptionsSchema.shape),
  connectTransport: command({ ...ofPeer, transportId: idSchema, dtlsParameters: dtlsParametersSchema }, {}),
  restartIce: command({ ...ofPeer, transportId: idSchema }, { iceParameters: iceParametersSchema }),
  /** The same idempotencyKey from the same peer returns the same producer; the same source replaces the former one. */
  produce: command(
    {
      ...ofPeer,
      transportId: idSchema,
      kind: mediaKindSchema,
      source: mediaSourceSchema,
      rtpParameters: rtpParametersSchema,
      paused: z.boolean().exactOptional(),
      idempotencyKey: z.string().min(1).max(64),
    },
    { producerId: idSchema },
  ),
  closeProducer: command({ ...ofPeer, producerId: idSchema }, {}),
  pauseProducer: command({ ...ofPeer, producerId: idSchema }, {}),
  resumeProducer: command({ ...ofPeer, producerId: idSchema }, {}),
  /**
   * From now on the peer receives every producer of the others in its room. Needs a `recv` transport. The reply lists
   * all its consumers; each is also announced once by `consumerCreated`, before or after the reply.
   */
  setRecvReady: command(
    { ...ofPeer, rtpCapabilities: rtpCapabilitiesSchema },
    { consumers: z.array(consumerInfoSchema) },
  ),
  /** To be sent when the browser has its end of the consumer; asks the sender for a key frame. */
  resumeConsumer: command({ ...ofPeer, consumerId: idSchema }, {}),
  pauseConsumer: command({ ...ofPeer, consumerId: idSchema }, {}),
  setPreferredLayers: command({ ...ofPeer, consumerId: idSchema, layers: layersSchema }, {}),
  requestKeyFrame: command({ ...ofPeer, consumerId: idSchema }, {}),
  peerStats: command(ofPeer, peerStatsSchema.shape),

  /**
   * A transport of its own for the device check, in a room of its own; it closes itself after 30 s. `protocol` limits
   * the candidates, so that the browser can try UDP and TCP one after the other.
   */
  openProbe: command(
    { probeId: idSchema, protocol: z.enum(['any', 'udp', 'tcp']) },
    { rtpCapabilities: rtpCapabilitiesSchema, transport: transportOptionsSchema },
  ),
  connectProbe: command({ probeId: idSchema, dtlsParameters: dtlsParametersSchema }, {}),
  produceProbe: command(
    { probeId: idSchema, kind: mediaKindSchema, rtpParameters: rtpParametersSchema },
    { producerId: idSchema },
  ),
  probeStats: command(
    { probeId: idSchema },
    {
      ice: iceStateSchema,
      dtls: dtlsStateSchema,
      protocol: z.enum(['udp', 'tcp']).nullable(),
      /** Of the media that was produced; 0 until it arrives. */
      recvBitrate: z.number(),
      fractionLost: z.number().nullable(),
      jitterMs: z.number().nullable(),
      rttMs: z.number().nullable(),
    },
  ),
  closeProbe: command({ probeId: idSchema }, {}),

  load: command(
    {},
    {
      draining: z.boolean(),
      rooms: z.int(),
      peers: z.int(),
      probes: z.int(),
      /** `cpu` is the share of one core since the last measurement, 0 to 1; `rooms` counts probes too. */
      workers: z.array(
        z.strictObject({ pid: z.int(), cpu: z.number(), rooms: z.int(), memoryBytes: z.number() }),
      ),
    },
  ),
  /** Takes no new rooms from now on. Rooms that are open stay until they end or `deadlineMs` has passed. */
  drain: command({ deadlineMs: z.int().min(0).max(86_400_000) }, {}),
} as const

export const roomLostReasons = [
  /** The media worker crashed; a new one is ready, the room can be opened again at once. */
  'worker_died',
  /** The media worker stopped answering and was killed; otherwise as above. */
  'worker_hung',
  /** Opened again under a newer epoch. */
  'superseded',
  /** No peer in it, or no server connected, for two minutes. */
  'idle',
  /** The drain deadline has passed or the SFU is shutting down. */
  'drained',
] as const

export const mediaLostReasons = ['dtls_timeout', 'dtls_failed', 'dtls_closed'] as const

/** Every event with its shape. They go to all servers that are connected; each heeds the rooms it has peers in. */
export const sfuEvents = {
  consumerCreated: z.strictObject({ ...ofPeer, ...consumerInfoSchema.shape }),
  /** The producer went away, or the transport. */
  consumerClosed: z.strictObject({ ...ofPeer, consumerId: idSchema, producerId: idSchema }),
  consumerScore: z.strictObject({
    ...ofPeer,
    consumerId: idSchema,
    score: z.number(),
    producerScore: z.number(),
  }),
  /** Which simulcast layers are being sent to the peer now; null: none, for want of bandwidth or of a sender. */
  layersChanged: z.strictObject({ ...ofPeer, consumerId: idSchema, layers: layersSchema.nullable() }),
  /** `peerId` is the sender, in these four. */
  producerCreated: z.strictObject({ ...ofPeer, ...producerInfoSchema.shape }),
  producerPaused: z.strictObject({ ...ofPeer, producerId: idSchema }),
  producerResumed: z.strictObject({ ...ofPeer, producerId: idSchema }),
  producerClosed: z.strictObject({ ...ofPeer, producerId: idSchema, source: mediaSourceSchema }),
  /** Best score of the sender's layers, 0 to 10: how well the SFU receives that peer. */
  producerScore: z.strictObject({ ...ofPeer, producerId: idSchema, score: z.number() }),
  transportState: z.strictObject({ ...ofPeer, ...transportStateSchema.shape }),
  /** The transport is closed for good and must be built again. */
  peerMediaLost: z.strictObject({
    ...ofPeer,
    transportId: idSchema,
    direction: transportDirectionSchema,
    reason: z.enum(mediaLostReasons),
  }),
  /** Who speaks the loudest; null: silence. */
  activeSpeaker: z.strictObject({ ...inRoom, peerId: idSchema.nullable() }),
  /** The room and all in it are gone. */
  roomLost: z.strictObject({ ...inRoom, reason: z.enum(roomLostReasons) }),
  sfuDraining: z.strictObject({ deadlineMs: z.int() }),
} as const

export type SfuCommand = keyof typeof sfuCommands
export type SfuRequest<C extends SfuCommand> = z.infer<(typeof sfuCommands)[C]['request']>
export type SfuReply<C extends SfuCommand> = z.infer<(typeof sfuCommands)[C]['reply']>
export type SfuEvent = keyof typeof sfuEvents
export type SfuEventPayload<E extends SfuEvent> = z.infer<(typeof sfuEvents)[E]>

/** One SFU as a server sees it, in the same process or across the network. */
export interface SfuControl {
  /** Throws SfuError, and nothing else. */
  call<C extends SfuCommand>(name: C, request: SfuRequest<C>): Promise<SfuReply<C>>
  /** Returns the remover of the listener. */
  on<E extends SfuEvent>(name: E, listener: (payload: SfuEventPayload<E>) => void): () => void
  /** Events may have been missed between `down` and `up`: ask for `roomState`. In one process the link is always up. */
  onLink(listener: (state: 'up' | 'down') => void): () => void
  close(): Promise<void>
}

/** Acknowledgement of a command on the wire between processes. */
export const sfuAckSchema = z.union([
  z.strictObject({ ok: z.literal(true), value: z.unknown() }),
  z.strictObject({
    ok: z.literal(false),
    error: z.strictObject({ code: z.enum(sfuErrorCodes), message: z.string() }),
  }),
])
export type SfuAck = z.infer<typeof sfuAckSchema>

/**
 * What a server shows at the handshake: `mac` is the hex HMAC-SHA-256, under the shared secret, of
 * `bedside-sfu:${serverId}:${nonce}:${at}`. A ticket is good once, within 60 s of `at` (epoch milliseconds).
 */
export const sfuTicketSchema = z.strictObject({
  serverId: idSchema,
  nonce: z.string().regex(/^[0-9a-f]{32}$/),
  at: z.int(),
  mac: z.string().regex(/^[0-9a-f]{64}$/),
})
export type SfuTicket = z.infer<typeof sfuTicketSchema>

/** The text that the ticket's `mac` is computed over. */
export function ticketText(ticket: Omit<SfuTicket, 'mac'>): string {
  return `bedside-sfu:${ticket.serverId}:${ticket.nonce}:${ticket.at}`
}

function command<Q extends z.ZodRawShape, R extends z.ZodRawShape>(request: Q, reply: R) {
  return { request: z.strictObject(request), reply: z.strictObject(reply) }
}
