import { z } from 'zod'

/**
 * Identifiers are UUIDv7 text (RFC 9562) made by the application. Each kind is a brand, so that a patient's id
 * cannot be passed where an appointment's is due. Only these parsers make them.
 */
const uuid = z.uuidv7()

export const UserId = uuid.brand<'UserId'>()
export type UserId = z.infer<typeof UserId>
export const OrganizationId = uuid.brand<'OrganizationId'>()
export type OrganizationId = z.infer<typeof OrganizationId>
export const PractitionerId = uuid.brand<'PractitionerId'>()
export type PractitionerId = z.infer<typeof PractitionerId>
export const PatientId = uuid.brand<'PatientId'>()
export type PatientId = z.infer<typeof PatientId>
export const SessionId = uuid.brand<'SessionId'>()
export type SessionId = z.infer<typeof SessionId>
export const AppointmentId = uuid.brand<'AppointmentId'>()
export type AppointmentId = z.infer<typeof AppointmentId>
export const ConsultId = uuid.brand<'ConsultId'>()
export type ConsultId = z.infer<typeof ConsultId>
export const ParticipantId = uuid.brand<'ParticipantId'>()
export type ParticipantId = z.infer<typeof ParticipantId>
export const EncounterId = uuid.brand<'EncounterId'>()
export type EncounterId = z.infer<typeof EncounterId>
export const NoteId = uuid.brand<'NoteId'>()
export type NoteId = z.infer<typeof NoteId>
export const SnapshotId = uuid.brand<'SnapshotId'>()
export type SnapshotId = z.infer<typeof SnapshotId>
export const EnhancementId = uuid.brand<'EnhancementId'>()
export type EnhancementId = z.infer<typeof EnhancementId>
export const AnnotationId = uuid.brand<'AnnotationId'>()
export type AnnotationId = z.infer<typeof AnnotationId>
export const RecordId = uuid.brand<'RecordId'>()
export type RecordId = z.infer<typeof RecordId>

/** A key the client makes once per intention; a repeated request with the same key has the same effect once. */
export const IdempotencyKey = z.string().regex(/^[A-Za-z0-9_-]{16,64}$/)
