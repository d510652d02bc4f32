import { EntitySchema } from 'typeorm'
import type { ConsultId, OrganizationId, PatientId, SessionId, UserId } from '#shared/ids.ts'
import { idColumn, instantColumn } from '../platform/columns.ts'

/** One signed-in browser. The token itself is only in its cookie; when the session ends, the row goes. */
export type SessionRow = {
  id: SessionId
  /** SHA-256 of the token. */
  tokenHash: string
  kind: 'user' | 'guest'
  organizationId: OrganizationId
  userId: UserId | null
  patientId: PatientId | null
  consultId: ConsultId | null
  createdAt: number
  lastSeenAt: number
  /** The end at the latest, however active the session is. */
  expiresAt: number
}

export const sessionEntity = new EntitySchema<SessionRow>({
  name: 'session',
  columns: {
    id: idColumn('id', { primary: true }),
    tokenHash: { name: 'token_hash', type: 'varchar', length: 64 },
    kind: { type: 'varchar', length: 10 },
    organizationId: idColumn('organization_id'),
    userId: idColumn('user_id', { nullable: true }),
    patientId: idColumn('patient_id', { nullable: true }),
    consultId: idColumn('consult_id', { nullable: true }),
    createdAt: instantColumn('created_at'),
    lastSeenAt: instantColumn('last_seen_at'),
    expiresAt: instantColumn('expires_at'),
  },
  indices: [
    { name: 'session_token', columns: ['tokenHash'], unique: true },
    { name: 'session_user', columns: ['userId'] },
    { name: 'session_consult', columns: ['consultId'] },
    { name: 'session_expires', columns: ['expiresAt'] },
  ],
})
