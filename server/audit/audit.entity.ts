import { EntitySchema } from 'typeorm'
import type { OrganizationId, PatientId } from '#shared/ids.ts'
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
  /** Where it was done: the organization of who did it. Null: nobody's, such as the product's own work. */
  organizationId: OrganizationId | null
  /** Who keeps what it was about, as it was then: the patient's, the account's or the named organization. */
  custodianId: OrganizationId | null
  /** How the row was hashed: 1, before it knew organizations; 2, with them. */
  hashVersion: number
  previousHash: string
  /** HMAC-SHA-256 over all of the above (version 1: without the organizations), under a key that is not in the database. */
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
    organizationId: idColumn('organization_id', { nullable: true }),
    custodianId: idColumn('custodian_id', { nullable: true }),
    hashVersion: { name: 'hash_version', type: 'int', default: 1 },
    previousHash: { name: 'previous_hash', type: 'varchar', length: 64 },
    hash: { type: 'varchar', length: 64 },
  },
  indices: [
    { name: 'audit_event_patient', columns: ['patientId', 'sequence'] },
    { name: 'audit_event_actor', columns: ['actorId', 'sequence'] },
    { name: 'audit_event_action', columns: ['action', 'sequence'] },
    { name: 'audit_event_at', columns: ['at', 'sequence'] },
    { name: 'audit_event_organization', columns: ['organizationId', 'sequence'] },
    { name: 'audit_event_organization_action', columns: ['organizationId', 'action', 'sequence'] },
    { name: 'audit_event_custodian', columns: ['custodianId', 'sequence'] },
    { name: 'audit_event_custodian_action', columns: ['custodianId', 'action', 'sequence'] },
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
