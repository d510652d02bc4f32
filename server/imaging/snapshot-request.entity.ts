import { EntitySchema } from 'typeorm'
import type { QualityReason } from '#shared/imaging-capture.ts'
import type { ConsultId, ParticipantId, RecordId, SnapshotId } from '#shared/ids.ts'
import { idColumn, instantColumn } from '../platform/columns.ts'

/** The doctor's wish for one picture, and what the patient said to it. One request gives at most one snapshot. */
export type SnapshotRequestRow = {
  id: RecordId
  consultId: ConsultId
  requestedBy: ParticipantId
  /** Lapsed: it was not answered, or was allowed and no picture came. */
  state: 'open' | 'allowed' | 'declined' | 'lapsed'
  createdAt: number
  expiresAt: number
  /** Set when the picture has come. */
  snapshotId: SnapshotId | null
  /** Why the picture before did not serve, when this one is asked for instead. */
  reason: QualityReason | null
}

export const snapshotRequestEntity = new EntitySchema<SnapshotRequestRow>({
  name: 'snapshot_request',
  columns: {
    id: idColumn('id', { primary: true }),
    consultId: idColumn('consult_id'),
    requestedBy: idColumn('requested_by'),
    state: { type: 'varchar', length: 10 },
    createdAt: instantColumn('created_at'),
    expiresAt: instantColumn('expires_at'),
    snapshotId: idColumn('snapshot_id', { nullable: true }),
    reason: { type: 'varchar', length: 10, nullable: true },
  },
  indices: [
    { name: 'snapshot_request_consult', columns: ['consultId', 'createdAt'] },
    { name: 'snapshot_request_expires', columns: ['expiresAt'] },
  ],
})
