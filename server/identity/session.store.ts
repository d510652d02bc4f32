import { LessThan } from 'typeorm'
import type { ConsultId, SessionId, UserId } from '#shared/ids.ts'
import type { Instant } from '#shared/time.ts'
import type { Tx } from '../platform/db.ts'
import { userEntity, type UserRow } from './people.entity.ts'
import { sessionEntity, type SessionRow } from './session.entity.ts'

/** A session with the account behind it; a guest's has none. */
export type FoundSession = { session: SessionRow; user: UserRow | null }

export async function findSession(
  tx: Tx,
  where: { tokenHash: string } | { id: SessionId },
): Promise<FoundSession | null> {
  const session = await tx.manager.findOneBy(sessionEntity, where)
  if (!session) return null
  const user = session.userId === null ? null : await tx.manager.findOneBy(userEntity, { id: session.userId })
  return { session, user }
}

export async function insertSession(tx: Tx, session: SessionRow): Promise<void> {
  await tx.manager.insert(sessionEntity, session)
}

export async function noticeActivity(tx: Tx, id: SessionId, now: Instant): Promise<void> {
  await tx.manager.update(sessionEntity, { id, lastSeenAt: LessThan(now) }, { lastSeenAt: now })
}

/** Removes the sessions of one account, one consult, or one browser. */
export async function removeSessions(
  tx: Tx,
  where: { userId: UserId } | { consultId: ConsultId } | { id: SessionId } | { tokenHash: string },
): Promise<void> {
  await tx.manager.delete(sessionEntity, where)
}

/** Forgets sessions that could not be used any more for a while; they need no announcement. */
export async function removeExpired(tx: Tx, before: Instant): Promise<void> {
  await tx.manager.delete(sessionEntity, { expiresAt: LessThan(before) })
}
