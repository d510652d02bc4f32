import { Between, In, IsNull, MoreThan } from 'typeorm'
import type { ConsultId, RecordId, SnapshotId } from '#shared/ids.ts'
import type { Instant } from '#shared/time.ts'
import type { Tx } from '../platform/db.ts'
import { snapshotRequestEntity } from './snapshot-request.entity.ts'
import type { SnapshotRequestRow } from './snapshot-request.entity.ts'

export async function addRequest(tx: Tx, row: SnapshotRequestRow): Promise<void> {
  await tx.manager.insert(snapshotRequestEntity, row)
}

export function findRequest(tx: Tx, id: RecordId): Promise<SnapshotRequestRow | null> {
  return tx.manager.findOneBy(snapshotRequestEntity, { id })
}

/** The one the patient still has to answer. */
export function openRequestOf(
  tx: Tx,
  consultId: ConsultId,
  now: Instant,
): Promise<SnapshotRequestRow | null> {
  return tx.manager.findOne(snapshotRequestEntity, {
    where: { consultId, state: 'open', expiresAt: MoreThan(now) },
    order: { createdAt: 'DESC' },
  })
}

/** False when it was answered before. */
export async function answerRequest(
  tx: Tx,
  id: RecordId,
  state: 'allowed' | 'declined',
  expiresAt: Instant,
): Promise<boolean> {
  const { affected } = await tx.manager.update(
    snapshotRequestEntity,
    { id, state: 'open' },
    { state, expiresAt },
  )
  return affected === 1
}

/** The patient takes the yes back. False when the picture has come, or the time has run out. */
export async function withdrawRequest(tx: Tx, id: RecordId): Promise<boolean> {
  const { affected } = await tx.manager.update(
    snapshotRequestEntity,
    { id, state: 'allowed', snapshotId: IsNull() },
    { state: 'declined' },
  )
  return affected === 1
}

/** Those that ran out in this time without an answer or without the picture. */
export function unansweredRequests(tx: Tx, from: Instant, until: Instant): Promise<SnapshotRequestRow[]> {
  return tx.manager.findBy(snapshotRequestEntity, {
    expiresAt: Between(from, until),
    state: In(['open', 'allowed']),
    snapshotId: IsNull(),
  })
}

/** False when the picture or the answer came after all, or another server was first. */
export async function lapseRequest(
  tx: Tx,
  { id, state, expiresAt }: Pick<SnapshotRequestRow, 'id' | 'state' | 'expiresAt'>,
): Promise<boolean> {
  const { affected } = await tx.manager.update(
    snapshotRequestEntity,
    { id, state, expiresAt, snapshotId: IsNull() },
    { state: 'lapsed' },
  )
  return affected === 1
}

/** False when another upload was first: one request, one picture. */
export async function fulfilRequest(tx: Tx, id: RecordId, snapshotId: SnapshotId): Promise<boolean> {
  const { affected } = await tx.manager
    .createQueryBuilder()
    .update(snapshotRequestEntity)
    .set({ snapshotId })
    .where('id = :id AND state = :state AND snapshot_id IS NULL', { id, state: 'allowed' })
    .execute()
  return affected === 1
}
