import { SessionId, type ConsultId, type OrganizationId, type PatientId } from '#shared/ids.ts'
import type { Instant } from '#shared/time.ts'
import type { Clock } from '../platform/clock.ts'
import type { Actor, GuestActor, UserActor } from '../platform/context.ts'
import { newToken, sha256Hex } from '../platform/crypto.ts'
import type { Database, Tx } from '../platform/db.ts'
import type { HttpContext } from '../platform/http.ts'
import { newId } from '../platform/ids.ts'
import type { Logger } from '../platform/log.ts'
import type { UserRow } from './people.entity.ts'
import type { SessionCookie } from './session-cookie.ts'
import type { SessionRow } from './session.entity.ts'
import { isActivityDue, isOver, latestEnd } from './session.policy.ts'
import * as store from './session.store.ts'

export type GuestSessionInput = {
  patientId: PatientId
  consultId: ConsultId
  organizationId: OrganizationId
  /** With the link's window; twelve hours at the most. */
  expiresAt: Instant
}

export type Sessions = ReturnType<typeof createSessions>

type Needs = { db: Database; clock: Clock; log: Logger; cookie: SessionCookie }

export function createSessions({ db, clock, log, cookie }: Needs) {
  /** Starts a session and, after the commit, gives its cookie to the browser. A session that it had before ends. */
  async function begin(
    ctx: HttpContext,
    tx: Tx,
    owner: Pick<SessionRow, 'kind' | 'organizationId' | 'userId' | 'patientId' | 'consultId'>,
    until: Instant,
  ): Promise<SessionRow> {
    const before = cookie.read((name) => ctx.cookie(name))
    if (before !== null) await store.removeSessions(tx, { tokenHash: sha256Hex(before) })
    const token = newToken()
    const now = clock.now()
    const session: SessionRow = {
      ...owner,
      id: newId(SessionId, clock),
      tokenHash: sha256Hex(token),
      createdAt: now,
      lastSeenAt: now,
      expiresAt: Math.min(until, latestEnd(now)),
    }
    await store.insertSession(tx, session)
    tx.afterCommit(() => cookie.set(ctx, token, now, session.expiresAt))
    return session
  }

  async function keepAlive(id: SessionId): Promise<void> {
    try {
      await db.write((tx) => store.noticeActivity(tx, id, clock.now()))
    } catch (error) {
      // The session goes on without it; the next request writes it down.
      log.warn({ err: error, sessionId: id }, 'activity of a session could not be noted')
    }
  }

  async function findLive(which: { tokenHash: string } | { id: SessionId }): Promise<LiveSession | null> {
    const found = await db.read((tx) => store.findSession(tx, which))
    if (!found) return null
    const actor = toActor(found)
    if (!actor || isOver(found.session, actor.role, clock.now())) return null
    return { session: found.session, user: found.user, actor }
  }

  return {
    beginForUser: (ctx: HttpContext, tx: Tx, user: UserRow) =>
      begin(
        ctx,
        tx,
        {
          kind: 'user',
          organizationId: user.organizationId,
          userId: user.id,
          patientId: user.patientId,
          consultId: null,
        },
        latestEnd(clock.now()),
      ),

    beginForGuest: (ctx: HttpContext, tx: Tx, { expiresAt, ...guest }: GuestSessionInput) =>
      begin(ctx, tx, { kind: 'guest', userId: null, ...guest }, expiresAt),

    /** Whoever holds a socket for one of them finds it gone within seconds. */
    end: store.removeSessions,

    /** Who calls. Using a session keeps it alive. @throws DomainError `unavailable` when the database is away */
    async authenticate(readCookie: (name: string) => string | null): Promise<Actor> {
      const token = cookie.read(readCookie)
      const live = token === null ? null : await findLive({ tokenHash: sha256Hex(token) })
      if (!live) return { kind: 'anonymous' }
      if (isActivityDue(live.session, clock.now())) await keepAlive(live.session.id)
      return live.actor
    },

    /** The session if it is still good; null when it ended, ran out, or its owner was switched off. */
    findLive: (id: SessionId) => findLive({ id }),

    /** Counts a sign of life that did not come by HTTP, such as a call that goes on. */
    keepAlive,

    removeExpired: () => db.write((tx) => store.removeExpired(tx, clock.now())),
  }
}

export type LiveSession = { session: SessionRow; user: UserRow | null; actor: UserActor | GuestActor }

function toActor({ session, user }: store.FoundSession): UserActor | GuestActor | null {
  if (session.kind === 'user') {
    return user?.active ? userActor(session, user) : null
  }
  const { id: sessionId, organizationId, patientId, consultId } = session
  if (patientId === null || consultId === null) return null
  return { kind: 'guest', role: 'patient', sessionId, organizationId, patientId, consultId }
}

/** Who calls in this session of theirs. */
export function userActor({ id: sessionId }: Pick<SessionRow, 'id'>, user: UserRow): UserActor {
  const { id: userId, role, organizationId, practitionerId, patientId } = user
  return { kind: 'user', sessionId, userId, role, organizationId, practitionerId, patientId }
}
