import { LessThan } from 'typeorm'
import type { Instant } from '#shared/time.ts'
import type { Tx } from '#server/platform/db.ts'
import { ticketEntity } from './consult.entity.ts'
import type { TicketRow } from './consult.entity.ts'

export async function insertTicket(tx: Tx, row: TicketRow): Promise<void> {
  await tx.manager.insert(ticketEntity, row)
}

/** Whoever deletes it has it: of two that take one ticket, one gets null. */
export async function takeTicket(tx: Tx, hash: string): Promise<TicketRow | null> {
  const found = await tx.manager.findOneBy(ticketEntity, { hash })
  const { affected } = await tx.manager.delete(ticketEntity, { hash })
  return affected === 1 ? found : null
}

export async function removeExpiredTickets(tx: Tx, before: Instant): Promise<void> {
  await tx.manager.delete(ticketEntity, { expiresAt: LessThan(before) })
}
