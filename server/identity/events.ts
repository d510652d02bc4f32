import type { SessionId } from '#shared/ids.ts'
import type { DomainEvent } from '../platform/outbox.ts'

/** The session's sockets must close on every server. Idle sessions are not announced: a call outlives the idle time. */
export type SessionEnded = DomainEvent & {
  name: 'session.ended'
  sessionId: SessionId
  reason: SessionEndReason
}
export type SessionEndReason = 'signed_out' | 'signed_in_again' | 'person_switched_off' | 'link_revoked'

export function sessionEnded(sessionId: SessionId, reason: SessionEndReason): SessionEnded {
  return { name: 'session.ended', sessionId, reason }
}
