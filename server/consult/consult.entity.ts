import { EntitySchema } from 'typeorm'
import type {
  AppointmentId,
  ConsultId,
  EncounterId,
  OrganizationId,
  ParticipantId,
  PatientId,
  PractitionerId,
  RecordId,
  SessionId,
} from '#shared/ids.ts'
import type { Instant } from '#shared/time.ts'
import { idColumn, instantColumn } from '#server/platform/columns.ts'
import type { CallState, EndReason } from './call.state.ts'

/** One visit in real time; made when its patient first comes, one for each appointment. */
export type ConsultRow = {
  id: ConsultId
  appointmentId: AppointmentId
  organizationId: OrganizationId
  patientId: PatientId
  practitionerId: PractitionerId
  /** As booked when someone last came in: the order of the queue. */
  startsAt: Instant
  endsAt: Instant
  /** Rises with each change that a participant can see. */
  version: number
  state: CallState['state']
  waitingSince: Instant | null
  startedAt: Instant | null
  endedAt: Instant | null
  endReason: EndReason | null
  encounterId: EncounterId | null
  /** JSON of DeviceCheck. */
  deviceCheck: string | null
  createdAt: Instant
}

export const consultEntity = new EntitySchema<ConsultRow>({
  name: 'consult',
  columns: {
    id: idColumn('id', { primary: true }),
    appointmentId: idColumn('appointment_id'),
    organizationId: idColumn('organization_id'),
    patientId: idColumn('patient_id'),
    practitionerId: idColumn('practitioner_id'),
    startsAt: instantColumn('starts_at'),
    endsAt: instantColumn('ends_at'),
    version: { type: 'int' },
    state: { type: 'varchar', length: 12 },
    waitingSince: instantColumn('waiting_since', { nullable: true }),
    startedAt: instantColumn('started_at', { nullable: true }),
    endedAt: instantColumn('ended_at', { nullable: true }),
    endReason: { type: 'varchar', length: 32, name: 'end_reason', nullable: true },
    encounterId: idColumn('encounter_id', { nullable: true }),
    deviceCheck: { type: 'varchar', length: 400, name: 'device_check', nullable: true },
    createdAt: instantColumn('created_at'),
  },
  indices: [
    { name: 'consult_appointment', columns: ['appointmentId'], unique: true },
    { name: 'consult_queue', columns: ['practitionerId', 'state', 'startsAt'] },
    { name: 'consult_state', columns: ['state'] },
    { name: 'consult_patient', columns: ['patientId'] },
  ],
})

/** A seat in a consult: one for the patient, one for the practitioner. */
export type ParticipantRow = {
  id: ParticipantId
  consultId: ConsultId
  role: 'patient' | 'practitioner'
  presence: 'online' | 'away' | 'left'
  /** Since when it is so. */
  presenceSince: Instant
  /** The server that holds the socket says so every now and then; silence means that it died. */
  seenAt: Instant
  /** SHA-256 of the resume token of the socket that has the seat; null when nobody has. */
  resumeHash: string | null
}

export const participantEntity = new EntitySchema<ParticipantRow>({
  name: 'participant',
  columns: {
    id: idColumn('id', { primary: true }),
    consultId: idColumn('consult_id'),
    role: { type: 'varchar', length: 12 },
    presence: { type: 'varchar', length: 8 },
    presenceSince: instantColumn('presence_since'),
    seenAt: instantColumn('seen_at'),
    resumeHash: { type: 'varchar', length: 64, name: 'resume_hash', nullable: true },
  },
  indices: [
    { name: 'participant_role', columns: ['consultId', 'role'], unique: true },
    { name: 'participant_presence', columns: ['presence', 'presenceSince'] },
  ],
})

export type ChatMessageRow = {
  id: RecordId
  consultId: ConsultId
  participantId: ParticipantId
  at: Instant
  text: string
  idempotencyKey: string
}

export const chatMessageEntity = new EntitySchema<ChatMessageRow>({
  name: 'chat_message',
  columns: {
    id: idColumn('id', { primary: true }),
    consultId: idColumn('consult_id'),
    participantId: idColumn('participant_id'),
    at: instantColumn('at'),
    text: { type: 'text' },
    idempotencyKey: { type: 'varchar', length: 64, name: 'idempotency_key' },
  },
  indices: [
    { name: 'chat_message_key', columns: ['participantId', 'idempotencyKey'], unique: true },
    { name: 'chat_message_consult', columns: ['consultId', 'id'] },
  ],
})

/** One link is one row; a renewed link is the next generation. The token itself is never stored. */
export type JoinLinkRow = {
  id: RecordId
  appointmentId: AppointmentId
  generation: number
  /** SHA-256 of the token. */
  tokenHash: string
  createdAt: Instant
  revokedAt: Instant | null
  /** SHA-256 of the cookie of the first device that gave the birth date. */
  deviceHash: string | null
  boundAt: Instant | null
  failures: number
  lockedUntil: Instant | null
}

export const joinLinkEntity = new EntitySchema<JoinLinkRow>({
  name: 'join_link',
  columns: {
    id: idColumn('id', { primary: true }),
    appointmentId: idColumn('appointment_id'),
    generation: { type: 'int' },
    tokenHash: { type: 'varchar', length: 64, name: 'token_hash' },
    createdAt: instantColumn('created_at'),
    revokedAt: instantColumn('revoked_at', { nullable: true }),
    deviceHash: { type: 'varchar', length: 64, name: 'device_hash', nullable: true },
    boundAt: instantColumn('bound_at', { nullable: true }),
    failures: { type: 'int' },
    lockedUntil: instantColumn('locked_until', { nullable: true }),
  },
  indices: [
    { name: 'join_link_token', columns: ['tokenHash'], unique: true },
    { name: 'join_link_generation', columns: ['appointmentId', 'generation'], unique: true },
  ],
})

/** Consents are never changed; the newest of a kind counts. */
export type ConsentRow = {
  id: RecordId
  consultId: ConsultId
  patientId: PatientId
  kind: 'remote_care' | 'snapshot'
  textVersion: string
  granted: boolean
  at: Instant
}

export const consentEntity = new EntitySchema<ConsentRow>({
  name: 'consent',
  columns: {
    id: idColumn('id', { primary: true }),
    consultId: idColumn('consult_id'),
    patientId: idColumn('patient_id'),
    kind: { type: 'varchar', length: 20 },
    textVersion: { type: 'varchar', length: 20, name: 'text_version' },
    granted: { type: 'boolean' },
    at: instantColumn('at'),
  },
  indices: [{ name: 'consent_consult', columns: ['consultId', 'kind', 'id'] }],
})

/** Lives for five minutes or one use. */
export type TicketRow = {
  /** SHA-256 of the ticket. */
  hash: string
  kind: 'consult' | 'clinic'
  sessionId: SessionId
  consultId: ConsultId | null
  practitionerId: PractitionerId | null
  expiresAt: Instant
}

export const ticketEntity = new EntitySchema<TicketRow>({
  name: 'ticket',
  columns: {
    hash: { type: 'varchar', length: 64, primary: true },
    kind: { type: 'varchar', length: 8 },
    sessionId: idColumn('session_id'),
    consultId: idColumn('consult_id', { nullable: true }),
    practitionerId: idColumn('practitioner_id', { nullable: true }),
    expiresAt: instantColumn('expires_at'),
  },
  indices: [{ name: 'ticket_expiry', columns: ['expiresAt'] }],
})

export const consultEntities = [
  consultEntity,
  participantEntity,
  chatMessageEntity,
  joinLinkEntity,
  consentEntity,
  ticketEntity,
]
