import { In } from 'typeorm'
import type { ConsultId, ParticipantId } from '#shared/ids.ts'
import type { Instant } from '#shared/time.ts'
import type { Tx } from '#server/platform/db.ts'
import { participantEntity } from './consult.entity.ts'
import type { ParticipantRow } from './consult.entity.ts'
import { notFound } from './errors.ts'

export function participantsOf(tx: Tx, consultId: ConsultId): Promise<ParticipantRow[]> {
  return tx.manager.find(participantEntity, { where: { consultId }, order: { role: 'ASC' } })
}

export function participantsOfAll(tx: Tx, consultIds: ConsultId[]): Promise<ParticipantRow[]> {
  if (consultIds.length === 0) return Promise.resolve([])
  return tx.manager.findBy(participantEntity, { consultId: In(consultIds) })
}

export function findParticipant(
  tx: Tx,
  consultId: ConsultId,
  role: ParticipantRow['role'],
): Promise<ParticipantRow | null> {
  return tx.manager.findOneBy(participantEntity, { consultId, role })
}

/** Reads the seat for a change, as the newest commit left it. */
export async function lockParticipant(
  tx: Tx,
  consultId: ConsultId,
  role: ParticipantRow['role'],
): Promise<ParticipantRow> {
  const query = tx.manager
    .createQueryBuilder(participantEntity, 'p')
    .where('p.consultId = :consultId AND p.role = :role', { consultId, role })
  const row = await (tx.engine === 'mysql' ? query.setLock('pessimistic_write') : query).getOne()
  if (!row) throw notFound()
  return row
}

export async function insertParticipant(tx: Tx, row: ParticipantRow): Promise<void> {
  await tx.manager.insert(participantEntity, row)
}

export async function updateParticipant(
  tx: Tx,
  id: ParticipantId,
  change: Partial<ParticipantRow>,
): Promise<void> {
  await tx.manager.update(participantEntity, { id }, change)
}

/** Says that the sockets of these seats are still here. */
export async function touchParticipants(tx: Tx, ids: ParticipantId[], at: Instant): Promise<void> {
  if (ids.length > 0) await tx.manager.update(participantEntity, { id: In(ids) }, { seenAt: at })
}

export function participantsById(tx: Tx, ids: ParticipantId[]): Promise<ParticipantRow[]> {
  if (ids.length === 0) return Promise.resolve([])
  return tx.manager.findBy(participantEntity, { id: In(ids) })
}

/** Seats whose server has not spoken for them since `before`. */
export function silentParticipants(tx: Tx, before: Instant): Promise<ParticipantRow[]> {
  return tx.manager
    .createQueryBuilder(participantEntity, 'p')
    .where("p.presence = 'online' AND p.seenAt < :before", { before })
    .take(200)
    .getMany()
}

/** Seats that have been empty since `before`. */
export function longAwayParticipants(tx: Tx, before: Instant): Promise<ParticipantRow[]> {
  return tx.manager
    .createQueryBuilder(participantEntity, 'p')
    .where("p.presence = 'away' AND p.presenceSince < :before", { before })
    .take(200)
    .getMany()
}
