import { EntitySchema } from 'typeorm'
import type { PatientId } from '#shared/ids.ts'
import { idColumn, instantColumn } from '../platform/columns.ts'

/** One link of the chain. Ids only: what was seen or changed stays where it is. */
export type AuditRow = {
  /** 1, 2, 3, ... without gaps. */
  sequence: number
  at: number
  action: string
  outcome: AuditOutcome
  actorKind: 'user' | 'guest' | 'system' | 'anonymous'
  actorId: string | null
  patientId: PatientId | null
  entityKind: string | null
  entityId: string | null
  requestId: string | null
  ipHash: string | null
  previousHash: string
  /** HMAC-SHA-256 over all of the above, under a key that is not in the database. */
  hash: string
}
export type AuditOutcome = 'success' | 'refused' | 'failure'

export const auditEventEntity = new EntitySchema<AuditRow>({
  name: 'audit_event',
  columns: {
    sequence: instantColumn('sequence', { primary: true }),
    at: instantColumn('at'),
    action: { type: 'varchar', length: 80 },
    outcome: { type: 'varchar', length: 10 },
    actorKind: { name: 'actor_kind', type: 'varchar', length: 10 },
    actorId: { name: 'actor_id', type: 'varchar', length: 64, nullable: true },
    patientId: idColumn('patient_id', { nullable: true }),
    entityKind: { name: 'entity_kind', type: 'varchar', length: 40, nullable: true },
    entityId: idColumn('entity_id', { nullable: true }),
    requestId: { name: 'request_id', type: 'varchar', length: 64, nullable: true },
    ipHash: { name: 'ip_hash', type: 'varchar', length: 64, nullable: true },
    previousHash: { name: 'previous_hash', type: 'varchar', length: 64 },
    hash: { type: 'varchar', length: 64 },
  },
  indices: [
    { name: 'audit_event_patient', columns: ['patientId', 'sequence'] },
    { name: 'audit_event_actor', columns: ['actorId', 'sequence'] },
    { name: 'audit_event_action', columns: ['action', 'sequence'] },
    { name: 'audit_event_at', columns: ['at'] },
  ],
})

/** The one row that says where the chain ends; whoever appends holds its lock. */
export type AuditHeadRow = { id: number; sequence: number; hash: string }

export const auditHeadEntity = new EntitySchema<AuditHeadRow>({
  name: 'audit_head',
  columns: {
    id: { type: 'int', primary: true },
    sequence: instantColumn('sequence'),
    hash: { type: 'varchar', length: 64 },
  },
})
