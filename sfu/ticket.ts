import { createHmac, timingSafeEqual } from 'node:crypto'
import { sfuTicketSchema, ticketText } from '#shared/sfu.ts'

const validForMs = 60_000

/**
 * Checks the tickets that servers show. Gives null for a good one, or why it is refused (for the log, not for the
 * caller). Each is good once; `now` is epoch milliseconds.
 */
export function createTicketCheck(secret: string, now: () => number): (auth: unknown) => string | null {
  const seen = new Map<string, number>()
  return (auth) => {
    const parsed = sfuTicketSchema.safeParse(auth)
    if (!parsed.success) return 'malformed ticket'
    const { mac, ...ticket } = parsed.data
    const expected = createHmac('sha256', secret).update(ticketText(ticket)).digest()
    if (!timingSafeEqual(expected, Buffer.from(mac, 'hex'))) return 'wrong secret'
    if (Math.abs(now() - ticket.at) > validForMs) return 'ticket out of date; do the clocks agree?'
    if (seen.has(ticket.nonce)) return 'ticket used before'
    for (const [nonce, at] of seen) if (now() - at > validForMs * 2) seen.delete(nonce)
    seen.set(ticket.nonce, ticket.at)
    return null
  }
}
