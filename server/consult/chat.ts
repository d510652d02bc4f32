import type { z } from 'zod'
import type { ChatMessage } from '#shared/consult.ts'
import { DomainError } from '#shared/errors.ts'
import { RecordId } from '#shared/ids.ts'
import type { Context } from '#server/platform/context.ts'
import { isUniqueViolation } from '#server/platform/db.ts'
import { newId } from '#server/platform/ids.ts'
import { insertMessage, messageOfKey, messagesAfter } from './chat.store.ts'
import type { ChatMessageRow } from './consult.entity.ts'
import { findConsult } from './consults.store.ts'
import { notFound } from './errors.ts'
import type { ConsultNeeds } from './needs.ts'
import { presentMessage } from './present.ts'
import type { Seat } from './seats.ts'

type Message = z.input<typeof ChatMessage>
export type Chat = {
  /** The same key is the same message. @throws consult_ended */
  post(ctx: Context, seat: Seat, text: string, idempotencyKey: string): Promise<Message>
  /** Oldest first; those after a message, at most 200. */
  list(ctx: Context, seat: Seat, after: RecordId | null): Promise<Message[]>
}

type Needs = Pick<ConsultNeeds, 'db' | 'clock' | 'audit' | 'realtime'>

export function createChat({ db, clock, audit, realtime }: Needs): Chat {
  return {
    async post(ctx, seat, text, idempotencyKey) {
      try {
        return await db.write(async (tx) => {
          const consult = await findConsult(tx, seat.consultId)
          if (!consult) throw notFound()
          if (consult.state === 'ended') throw new DomainError('consult_ended')
          const { consultId, participantId } = seat
          const row: ChatMessageRow = {
            id: newId(RecordId, clock),
            consultId,
            participantId,
            at: clock.now(),
            text,
            idempotencyKey,
          }
          await insertMessage(tx, row)
          audit.append(tx, ctx, {
            action: 'chat.post',
            patientId: consult.patientId,
            entity: { kind: 'chat_message', id: row.id },
          })
          tx.afterCommit(() => realtime.tell(`consult:${consultId}`, 'chat:posted', { messageId: row.id }))
          return presentMessage(row)
        })
      } catch (error) {
        if (!isUniqueViolation(error)) throw error
        const { participantId } = seat
        const row = await db.read((tx) => messageOfKey(tx, participantId, idempotencyKey))
        return presentMessage(row)
      }
    },

    async list(ctx, { consultId }, after) {
      const { rows, patientId } = await db.read(async (tx) => {
        const consult = await findConsult(tx, consultId)
        if (!consult) throw notFound()
        return { rows: await messagesAfter(tx, consultId, after), patientId: consult.patientId }
      })
      await audit.record(ctx, { action: 'chat.read', patientId, entity: { kind: 'consult', id: consultId } })
      return rows.map(presentMessage)
    },
  }
}
