import { IsNull } from 'typeorm'
import type { AppointmentId, RecordId } from '#shared/ids.ts'
import type { Instant } from '#shared/time.ts'
import type { Tx } from '#server/platform/db.ts'
import { joinLinkEntity } from './consult.entity.ts'
import type { JoinLinkRow } from './consult.entity.ts'

export function newestLinkOf(tx: Tx, appointmentId: AppointmentId): Promise<JoinLinkRow | null> {
  return tx.manager.findOne(joinLinkEntity, { where: { appointmentId }, order: { generation: 'DESC' } })
}

export function findLinkByHash(tx: Tx, tokenHash: string): Promise<JoinLinkRow | null> {
  return tx.manager.findOneBy(joinLinkEntity, { tokenHash })
}

/** Reads the link for a change: attempts at the same time are counted one after the other. */
export function lockLinkByHash(tx: Tx, tokenHash: string): Promise<JoinLinkRow | null> {
  const query = tx.manager
    .createQueryBuilder(joinLinkEntity, 'l')
    .where('l.tokenHash = :tokenHash', { tokenHash })
  return (tx.engine === 'mysql' ? query.setLock('pessimistic_write') : query).getOne()
}

/** @throws a unique violation when another request made this generation first */
export async function insertLink(tx: Tx, row: JoinLinkRow): Promise<void> {
  await tx.manager.insert(joinLinkEntity, row)
}

export async function revokeLinksOf(tx: Tx, appointmentId: AppointmentId, at: Instant): Promise<void> {
  await tx.manager.update(joinLinkEntity, { appointmentId, revokedAt: IsNull() }, { revokedAt: at })
}

export async function saveAttempts(
  tx: Tx,
  id: RecordId,
  attempts: Pick<JoinLinkRow, 'failures' | 'lockedUntil'>,
): Promise<void> {
  await tx.manager.update(joinLinkEntity, { id }, attempts)
}

/** Binds the link to its first device; false when another device was first. */
export async function bindDevice(tx: Tx, id: RecordId, deviceHash: string, at: Instant): Promise<boolean> {
  const free = await tx.manager.update(
    joinLinkEntity,
    { id, deviceHash: IsNull() },
    { deviceHash, boundAt: at },
  )
  if (free.affected === 1) return true
  return (await tx.manager.countBy(joinLinkEntity, { id, deviceHash })) === 1
}
