import { MoreThan } from 'typeorm'
import type { ConsultId, ParticipantId, RecordId } from '#shared/ids.ts'
import type { Tx } from '#server/platform/db.ts'
import { chatMessageEntity } from './consult.entity.ts'
import type { ChatMessageRow } from './consult.entity.ts'

const pageSize = 200

/** @throws a unique violation when the participant has used this key before */
export async function insertMessage(tx: Tx, row: ChatMessageRow): Promise<void> {
  await tx.manager.insert(chatMessageEntity, row)
}

export function messageOfKey(
  tx: Tx,
  participantId: ParticipantId,
  idempotencyKey: string,
): Promise<ChatMessageRow> {
  return tx.manager.findOneByOrFail(chatMessageEntity, { participantId, idempotencyKey })
}

/** Oldest first; those after a message, at most 200. */
export function messagesAfter(
  tx: Tx,
  consultId: ConsultId,
  after: RecordId | null,
): Promise<ChatMessageRow[]> {
  return tx.manager.find(chatMessageEntity, {
    where: { consultId, ...(after ? { id: MoreThan(after) } : {}) },
    order: { id: 'ASC' },
    take: pageSize,
  })
}
