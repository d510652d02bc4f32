import type { z } from 'zod'
import type { Ticket } from '#shared/consult.ts'
import { DomainError } from '#shared/errors.ts'
import type { ConsultId } from '#shared/ids.ts'
import { minuteMs } from '#shared/time.ts'
import type { Instant } from '#shared/time.ts'
import type { Context } from '#server/platform/context.ts'
import { newToken, sha256Hex } from '#server/platform/crypto.ts'
import type { Tx } from '#server/platform/db.ts'
import { asUser } from '#server/platform/policy.ts'
import type { SocketTicket } from '#server/platform/realtime.ts'
import type { TicketRow } from './consult.entity.ts'
import { consentedTo } from './consents.ts'
import { findConsult } from './consults.store.ts'
import { ensureParticipant } from './entry.ts'
import { notFound } from './errors.ts'
import type { ConsultNeeds } from './needs.ts'
import { isParticipant, roleIn } from './policy.ts'
import { insertTicket, removeExpiredTickets, takeTicket } from './tickets.store.ts'

const lifeMs = 5 * minuteMs

export type Tickets = {
  /** @throws not_found, consult_ended; consent_required for a patient who has not agreed to remote care */
  forConsult(ctx: Context, consultId: ConsultId): Promise<z.input<typeof Ticket>>
  forClinic(ctx: Context): Promise<z.input<typeof Ticket>>
  /** Uses a ticket up. @throws ticket_invalid when it is unknown, used, late, or its session has ended */
  take: (ticket: string) => Promise<SocketTicket>
  removeExpired: () => Promise<void>
}

export function createTickets({ db, clock, identity }: ConsultNeeds): Tickets {
  async function issue(
    tx: Tx,
    row: Omit<TicketRow, 'hash' | 'expiresAt'>,
  ): Promise<{ ticket: string; expiresAt: Instant }> {
    const ticket = newToken()
    const expiresAt = clock.now() + lifeMs
    await insertTicket(tx, { ...row, hash: sha256Hex(ticket), expiresAt })
    return { ticket, expiresAt }
  }

  return {
    forConsult: (ctx, consultId) =>
      db.write(async (tx) => {
        const { actor } = ctx
        const consult = await findConsult(tx, consultId)
        const role = consult && roleIn(actor, consult)
        if (!role || !isParticipant(actor)) throw notFound()
        if (consult.state === 'ended') throw new DomainError('consult_ended')
        if (role === 'patient' && !(await consentedTo(tx, consultId, 'remote_care')))
          throw new DomainError('consent_required')
        await ensureParticipant(tx, clock, consultId, role)
        return issue(tx, { kind: 'consult', sessionId: actor.sessionId, consultId, practitionerId: null })
      }),

    forClinic: (ctx) =>
      db.write(async (tx) => {
        const { sessionId, practitionerId } = asUser(ctx.actor)
        if (practitionerId === null) throw notFound()
        return issue(tx, { kind: 'clinic', sessionId, consultId: null, practitionerId })
      }),

    async take(ticket) {
      const row = await db.write((tx) => takeTicket(tx, sha256Hex(ticket)))
      const actor = row && row.expiresAt > clock.now() ? await identity.actorOf(row.sessionId) : null
      if (!row || !actor) throw new DomainError('ticket_invalid')
      if (row.kind === 'consult' && row.consultId !== null)
        return { kind: 'consult', actor, consultId: row.consultId }
      if (row.kind === 'clinic' && row.practitionerId !== null && actor.kind === 'user')
        return { kind: 'clinic', actor, practitionerId: row.practitionerId }
      throw new DomainError('ticket_invalid')
    },

    removeExpired: () => db.write((tx) => removeExpiredTickets(tx, clock.now())),
  }
}
