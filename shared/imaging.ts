import { z } from 'zod'
import { endpoint, socketRequest } from './endpoint.ts'
import { ConsultId, IdempotencyKey, ParticipantId, RecordId, SnapshotId } from './ids.ts'
import { Instant } from './time.ts'

/** A picture taken in a consult: the untouched original and what was derived from it. */
export const Snapshot = z.strictObject({
  id: SnapshotId,
  consultId: ConsultId.nullable(),
  takenAt: Instant,
  state: z.enum(['processing', 'ready', 'failed']),
  width: z.number().int(),
  height: z.number().int(),
  bytes: z.number().int(),
  /** Name and version of the recipe that made the enhanced picture; null while processing. */
  recipe: z.string().nullable(),
})
export type Snapshot = z.infer<typeof Snapshot>

export const SnapshotVariant = z.enum(['original', 'enhanced', 'thumbnail'])
export type SnapshotVariant = z.infer<typeof SnapshotVariant>

/** The patient's answer sheet for one request of the doctor; valid for 60 seconds. */
export const SnapshotRequest = z.strictObject({
  requestId: RecordId,
  requestedBy: ParticipantId,
  expiresAt: Instant,
})

const inConsult = z.strictObject({ consultId: ConsultId })
const bySnapshot = z.strictObject({ snapshotId: SnapshotId })

/** Body: the picture's bytes (JPEG, PNG or WebP; 15 MB, 50 megapixels). Needs an allowed request of this consult. */
export const uploadSnapshot = endpoint({
  method: 'POST',
  path: '/api/consults/:consultId/snapshots',
  params: inConsult,
  query: z.strictObject({ requestId: RecordId }),
  binary: 'body',
  reply: Snapshot,
  status: 201,
})
export const listSnapshots = endpoint({
  method: 'GET',
  path: '/api/consults/:consultId/snapshots',
  params: inConsult,
  reply: z.strictObject({ snapshots: z.array(Snapshot) }),
})
export const readSnapshot = endpoint({
  method: 'GET',
  path: '/api/snapshots/:snapshotId',
  params: bySnapshot,
  reply: Snapshot,
})
export const readSnapshotImage = endpoint({
  method: 'GET',
  path: '/api/snapshots/:snapshotId/:variant',
  params: z.strictObject({ snapshotId: SnapshotId, variant: SnapshotVariant }),
  binary: 'reply',
})

/** Socket requests of imaging; the doctor asks, the patient answers. */
export const imagingRequests = {
  'snapshot:request': socketRequest(
    z.strictObject({ idempotencyKey: IdempotencyKey }),
    z.strictObject({ requestId: RecordId, expiresAt: Instant }),
  ),
  'snapshot:answer': socketRequest(z.strictObject({ requestId: RecordId, allowed: z.boolean() })),
}

/** Socket news of imaging; ids only, the rest is fetched over HTTPS. */
export const imagingNews = {
  'snapshot:requested': SnapshotRequest,
  'snapshot:answered': z.strictObject({ requestId: RecordId, allowed: z.boolean() }),
  'snapshot:captured': z.strictObject({ snapshotId: SnapshotId }),
  'snapshot:enhanced': z.strictObject({ snapshotId: SnapshotId, state: z.enum(['ready', 'failed']) }),
}
