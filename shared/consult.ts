import { z } from 'zod'
import { endpoint, nothing, socketRequest } from './endpoint.ts'
import {
  AppointmentId,
  ConsultId,
  EncounterId,
  IdempotencyKey,
  ParticipantId,
  PatientId,
  RecordId,
} from './ids.ts'
import { Instant, ZoneName } from './time.ts'
import { Locale } from './identity.ts'
import { viewerNews, viewerRequests } from './imaging-viewer.ts'
import { QualityReason } from './imaging-capture.ts'
import { imagingNews, imagingRequests } from './imaging.ts'

// --- Before the consult: the link, the second check, consent ---------------------------------------------------

/** 32 random-looking bytes, base64url: one appointment, a time window, one device, revocable. */
export const LinkToken = z.string().regex(/^[A-Za-z0-9_-]{43}$/)

/** The patient's own link for one appointment; the same one each time until it is revoked. */
export const readJoinLink = endpoint({
  method: 'POST',
  path: '/api/appointments/:appointmentId/join-link',
  params: z.strictObject({ appointmentId: AppointmentId }),
  reply: z.strictObject({ url: z.string(), opensAt: Instant, expiresAt: Instant }),
})
/** Makes the present link useless and unbinds its device; the next one differs. */
export const revokeJoinLink = endpoint({
  method: 'DELETE',
  path: '/api/appointments/:appointmentId/join-link',
  params: z.strictObject({ appointmentId: AppointmentId }),
})

/** Errors: not_found, link_too_early {opensAt}, link_expired, link_revoked, appointment_cancelled, link_on_other_device. */
export const openLink = endpoint({
  method: 'POST',
  path: '/api/join/open',
  body: z.strictObject({ token: LinkToken }),
  reply: z.strictObject({
    organizationName: z.string(),
    organizationTelecom: z.string().nullable(),
    practitionerName: z.string(),
    specialty: z.string(),
    startsAt: Instant,
    endsAt: Instant,
    zone: ZoneName,
    locale: Locale,
    /** True when this device already gave the birth date: the guest session is still good. */
    verified: z.boolean(),
    consultId: ConsultId.nullable(),
  }),
})
/** Second check. Sets the guest session cookie and binds the link to this device. */
export const verifyLink = endpoint({
  method: 'POST',
  path: '/api/join/verify',
  body: z.strictObject({ token: LinkToken, birthDate: z.iso.date() }),
  reply: z.strictObject({ consultId: ConsultId, displayName: z.string() }),
})

const inConsult = z.strictObject({ consultId: ConsultId })

/** Consents are separate and versioned; refusing an optional one does not block care. */
export const ConsentKind = z.enum(['remote_care', 'snapshot'])
export const giveConsent = endpoint({
  method: 'POST',
  path: '/api/consults/:consultId/consents',
  params: inConsult,
  body: z.strictObject({ kind: ConsentKind, textVersion: z.string().max(20), granted: z.boolean() }),
})

/** One use, five minutes, bound to the session that asked: proves to the socket who comes and to which consult. */
export const Ticket = z.strictObject({ ticket: z.string(), expiresAt: Instant })
export const issueConsultTicket = endpoint({
  method: 'POST',
  path: '/api/consults/:consultId/ticket',
  params: inConsult,
  reply: Ticket,
})
export const issueClinicTicket = endpoint({ method: 'POST', path: '/api/clinic/ticket', reply: Ticket })

// --- The doctor's board ------------------------------------------------------------------------------------------

/** What the patient's device could do, in words the doctor reads. Times in ms, loss in percent. */
export const DeviceCheck = z.strictObject({
  camera: z.enum(['ok', 'none', 'denied', 'failed']),
  microphone: z.enum(['ok', 'silent', 'none', 'denied', 'failed']),
  speaker: z.enum(['confirmed', 'not_heard', 'not_tested']),
  connection: z.enum(['good', 'fair', 'poor', 'failed', 'not_tested']),
  roundTripMs: z.number().min(0).max(60_000).nullable(),
  lossPercent: z.number().min(0).max(100).nullable(),
  protocol: z.enum(['udp', 'tcp']).nullable(),
})
export type DeviceCheck = z.infer<typeof DeviceCheck>

export const VisitCard = z.strictObject({
  appointmentId: AppointmentId,
  consultId: ConsultId.nullable(),
  patientId: PatientId,
  patientName: z.string(),
  startsAt: Instant,
  endsAt: Instant,
  reason: z.string(),
  /** scheduled: not there yet; preparing: checks the device; then waiting, live, ended; cancelled and noshow as booked. */
  state: z.enum(['scheduled', 'preparing', 'waiting', 'live', 'ended', 'cancelled', 'noshow']),
  waitingSince: Instant.nullable(),
  /** False when the patient's connection is away; the place in the queue is kept. */
  patientOnline: z.boolean(),
  deviceCheck: DeviceCheck.nullable(),
})
export type VisitCard = z.infer<typeof VisitCard>

export const readClinic = endpoint({
  method: 'GET',
  path: '/api/clinic/today',
  reply: z.strictObject({ now: Instant, visits: z.array(VisitCard) }),
})

/** Lets the waiting patient in: the only source of media. Doing it twice changes nothing. Error: conflict when nobody waits. */
export const admitPatient = endpoint({
  method: 'POST',
  path: '/api/consults/:consultId/admission',
  params: inConsult,
  reply: z.strictObject({ consultId: ConsultId, encounterId: EncounterId }),
})
export const endConsult = endpoint({
  method: 'POST',
  path: '/api/consults/:consultId/end',
  params: inConsult,
})

// --- In the consult: whole, versioned state ----------------------------------------------------------------------

export const ParticipantView = z.strictObject({
  participantId: ParticipantId,
  role: z.enum(['patient', 'practitioner']),
  displayName: z.string(),
  presence: z.enum(['online', 'away', 'left']),
})
export type ParticipantView = z.infer<typeof ParticipantView>

export const ConsultState = z.enum(['preparing', 'waiting', 'live', 'ended'])

/** The whole truth about a consult for one participant; sent whole after every change and every reconnect. */
export const ConsultView = z.strictObject({
  consultId: ConsultId,
  version: z.number().int(),
  state: ConsultState,
  self: ParticipantId,
  participants: z.array(ParticipantView),
  organizationName: z.string(),
  practitionerName: z.string(),
  startsAt: Instant,
  endsAt: Instant,
  /** Set while waiting: 1 is next. */
  queue: z.strictObject({ position: z.number().int(), waitingSince: Instant }).nullable(),
  startedAt: Instant.nullable(),
  endedAt: Instant.nullable(),
  /** For the practitioner only. */
  patientId: PatientId.nullable(),
  encounterId: EncounterId.nullable(),
  /** A snapshot request that still waits for the patient's answer. */
  snapshotRequest: z
    .strictObject({
      requestId: RecordId,
      requestedBy: ParticipantId,
      expiresAt: Instant,
      reason: QualityReason.nullable(),
    })
    .nullable(),
})
export type ConsultView = z.infer<typeof ConsultView>

export const ChatMessage = z.strictObject({
  id: RecordId,
  from: ParticipantId,
  at: Instant,
  text: z.string(),
})
export type ChatMessage = z.infer<typeof ChatMessage>

// --- Media, in mediasoup's words. The parameter objects are mediasoup's own; their depth is checked by the SFU. ----

export const TransportId = z.string().min(1).max(64)
export const ProducerId = z.string().min(1).max(64)
export type ProducerId = z.infer<typeof ProducerId>
export const ConsumerId = z.string().min(1).max(64)
export const MediaSource = z.enum(['microphone', 'camera', 'screen'])
export type MediaSource = z.infer<typeof MediaSource>
/** A JSON object that mediasoup understands; bounded by the size limit of the socket. */
export const MediasoupObject = z.record(z.string(), z.unknown())

export const TransportOptions = z.strictObject({
  id: TransportId,
  iceParameters: MediasoupObject,
  iceCandidates: z.array(MediasoupObject),
  dtlsParameters: MediasoupObject,
})
export type TransportOptions = z.infer<typeof TransportOptions>

/** One stream that this participant receives. It starts paused, see `media:resume-consumer`. */
export const MediaConsumer = z.strictObject({
  consumerId: ConsumerId,
  producerId: ProducerId,
  participantId: ParticipantId,
  kind: z.enum(['audio', 'video']),
  source: MediaSource,
  rtpParameters: MediasoupObject,
  producerPaused: z.boolean(),
})
export type MediaConsumer = z.infer<typeof MediaConsumer>

export const Quality = z.enum(['good', 'fair', 'poor', 'lost'])
export type Quality = z.infer<typeof Quality>

/**
 * Socket requests, each acknowledged with Ack<reply>. The socket's ticket decides consult and participant: no request
 * names them. `seat:*` and `probe:*` and `chat:*` answer before admission, `media:*` only after.
 */
export const consultRequests = {
  /** First request on a consult socket. A resume token takes back the same seat after a drop (90 s). */
  'seat:take': socketRequest(
    z.strictObject({ resumeToken: z.string().max(100).nullable() }),
    z.strictObject({ view: ConsultView, resumeToken: z.string(), resumed: z.boolean() }),
  ),
  /** The patient's device check is done: join the waiting room. */
  'seat:wait': socketRequest(z.strictObject({ deviceCheck: DeviceCheck }), ConsultView),
  'seat:leave': socketRequest(nothing),
  'consult:sync': socketRequest(nothing, ConsultView),

  'probe:open': socketRequest(
    nothing,
    z.strictObject({ routerRtpCapabilities: MediasoupObject, transport: TransportOptions }),
  ),
  'probe:connect': socketRequest(
    z.strictObject({ transportId: TransportId, dtlsParameters: MediasoupObject }),
  ),
  'probe:produce': socketRequest(
    z.strictObject({
      transportId: TransportId,
      kind: z.enum(['audio', 'video']),
      rtpParameters: MediasoupObject,
    }),
    z.strictObject({ producerId: ProducerId }),
  ),

  /**
   * Opens (or, after a loss, opens again) both transports of this participant. A browser that knows the room's codecs
   * from its device check says at once what it can receive: that spares the round trip of `media:ready`, and the reply
   * lists the consumers.
   */
  'media:open': socketRequest(
    z.strictObject({ rtpCapabilities: MediasoupObject.optional() }),
    z.strictObject({
      epoch: z.number().int(),
      routerRtpCapabilities: MediasoupObject,
      sendTransport: TransportOptions,
      recvTransport: TransportOptions,
      iceServers: z.array(MediasoupObject),
      consumers: z.array(MediaConsumer).optional(),
    }),
  ),
  /**
   * What this browser can receive; from now on consumers come as `media:consumer`. The reply lists all that there are:
   * sent again after a drop, it tells what the lost news would have said.
   */
  'media:ready': socketRequest(
    z.strictObject({ epoch: z.number().int(), rtpCapabilities: MediasoupObject }),
    z.strictObject({ consumers: z.array(MediaConsumer).optional() }),
  ),
  'media:connect': socketRequest(
    z.strictObject({ epoch: z.number().int(), transportId: TransportId, dtlsParameters: MediasoupObject }),
  ),
  'media:restart-ice': socketRequest(
    z.strictObject({ epoch: z.number().int(), transportId: TransportId }),
    z.strictObject({ iceParameters: MediasoupObject }),
  ),
  'media:produce': socketRequest(
    z.strictObject({
      epoch: z.number().int(),
      transportId: TransportId,
      kind: z.enum(['audio', 'video']),
      source: MediaSource,
      rtpParameters: MediasoupObject,
      paused: z.boolean(),
      idempotencyKey: IdempotencyKey,
    }),
    z.strictObject({ producerId: ProducerId }),
  ),
  'media:pause': socketRequest(
    z.strictObject({ epoch: z.number().int(), producerId: ProducerId, paused: z.boolean() }),
  ),
  'media:close': socketRequest(z.strictObject({ epoch: z.number().int(), producerId: ProducerId })),
  'media:resume-consumer': socketRequest(z.strictObject({ epoch: z.number().int(), consumerId: ConsumerId })),
  'media:prefer-layers': socketRequest(
    z.strictObject({
      epoch: z.number().int(),
      consumerId: ConsumerId,
      spatialLayer: z.number().int().min(0).max(2),
    }),
  ),
  /** What this client measures each 5 s; the other side sees it as a word. */
  'media:report': socketRequest(
    z.strictObject({
      quality: Quality,
      roundTripMs: z.number().min(0).max(60_000).nullable(),
      lossPercent: z.number().min(0).max(100).nullable(),
      firstFrameMs: z.number().min(0).max(600_000).nullable(),
    }),
  ),

  'chat:post': socketRequest(
    z.strictObject({ text: z.string().trim().min(1).max(2000), idempotencyKey: IdempotencyKey }),
    ChatMessage,
  ),
  'chat:list': socketRequest(
    z.strictObject({ after: RecordId.nullable() }),
    z.strictObject({ messages: z.array(ChatMessage) }),
  ),

  ...imagingRequests,
  ...viewerRequests,
}
export type ConsultRequests = typeof consultRequests

/** Socket news: server to client, not acknowledged. Lost news are harmless: `consult:sync` tells the whole state. */
export const consultNews = {
  /** `state` lets a waiting browser open its media at once, beside the sync. */
  'consult:changed': z.strictObject({ version: z.number().int(), state: ConsultState.optional() }),
  'consult:ended': z.strictObject({ reason: z.enum(['ended_by_practitioner', 'revoked']) }),
  /** Another tab or device of the same participant took the seat. */
  'seat:taken': z.strictObject({}),
  'clinic:changed': z.strictObject({}),
  'chat:posted': z.strictObject({ messageId: RecordId }),
  'media:consumer': MediaConsumer.extend({ epoch: z.number().int() }),
  'media:consumer-closed': z.strictObject({ consumerId: ConsumerId }),
  'media:producer-paused': z.strictObject({ consumerId: ConsumerId, paused: z.boolean() }),
  'media:quality': z.strictObject({ participantId: ParticipantId, quality: Quality }),
  /** The room has a new home (epoch rose) or this participant's transports are gone: send `media:open` again. */
  'media:lost': z.strictObject({
    epoch: z.number().int(),
    reason: z.enum(['worker_died', 'sfu_lost', 'transport_closed']),
  }),
  ...imagingNews,
  ...viewerNews,
}
export type ConsultNews = typeof consultNews
