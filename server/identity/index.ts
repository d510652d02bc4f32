import type { z } from 'zod'
import type { Me, readInfo } from '#shared/identity.ts'
import type { ConsultId, OrganizationId, PatientId, PractitionerId, SessionId } from '#shared/ids.ts'
import { hourMs } from '#shared/time.ts'
import type { Audit } from '../audit/index.ts'
import type { Clock } from '../platform/clock.ts'
import type { Actor, Context, GuestActor, UserActor } from '../platform/context.ts'
import type { Coordination } from '../platform/coordination.ts'
import type { Keys } from '../platform/crypto.ts'
import type { Database, Tx } from '../platform/db.ts'
import type { Http, HttpContext } from '../platform/http.ts'
import type { Jobs } from '../platform/jobs.ts'
import type { Logger } from '../platform/log.ts'
import { createAccessLog } from './access-log.ts'
import { notFound } from './errors.ts'
import { createOrganizations, type OrganizationInput } from './organizations.ts'
import { createPasswords } from './password.ts'
import {
  organizationEntity,
  practitionerEntity,
  userEntity,
  type OrganizationRow,
  type PractitionerRow,
  type UserRow,
} from './people.entity.ts'
import { createPeople, type PersonInput } from './people.ts'
import { findOrganization, findPractitioners, organizationsUnder, practitionersOf } from './people.store.ts'
import { presentMe } from './present.ts'
import { addIdentityRoutes } from './routes.ts'
import { sessionCookie } from './session-cookie.ts'
import { sessionEntity, type SessionRow } from './session.entity.ts'
import { createSessions, type GuestSessionInput } from './sessions.ts'
import { createSignIn } from './sign-in.ts'
import { createThrottle } from './throttle.ts'

export { hasAdministrator, organizationsOfUsers } from './people.store.ts'
export type { GuestSessionInput, OrganizationInput, OrganizationRow, PersonInput, PractitionerRow, UserRow }

/** Who people are, and who is signed in: all that other domains may use. */
export type Identity = {
  /** Who calls; anonymous when there is no good session. Using a session keeps it alive. */
  authenticate(cookie: (name: string) => string | null): Promise<Actor>
  /** Who a session belongs to now; null when it ended, ran out, or its owner was switched off. */
  actorOf(sessionId: SessionId): Promise<UserActor | GuestActor | null>
  /** Counts a sign of life that did not come by HTTP, such as a call that goes on. Never throws. */
  keepAlive(sessionId: SessionId): Promise<void>
  /** Lets a patient in who came by link; the cookie goes out with the reply, after the commit. */
  createGuestSession(ctx: HttpContext, tx: Tx, input: GuestSessionInput): Promise<SessionRow>
  /** Ends every guest's session of a consult, such as when its link is revoked. */
  endGuestSessions(tx: Tx, consultId: ConsultId): Promise<void>
  /** The signed-in person as they see themselves. */
  me(sessionId: SessionId): Promise<Me>

  organization(tx: Tx, id: OrganizationId): Promise<OrganizationRow | null>
  /** The organization itself and all below it. */
  organizationsUnder(tx: Tx, id: OrganizationId): Promise<OrganizationRow[]>
  /** In no order; unknown ids are left out. Those who no longer work here are found too. */
  practitioners(tx: Tx, ids: readonly PractitionerId[]): Promise<PractitionerRow[]>
  /** Those who work in the organization or below it, by name. */
  practitionersFor(organizationId: OrganizationId): Promise<PractitionerRow[]>

  addOrganization(ctx: Context, input: OrganizationInput): Promise<OrganizationRow>
  addPerson(ctx: Context, input: PersonInput): Promise<UserRow>

  addRoutes(http: Http): void
}

export type DemoInfo = NonNullable<z.input<typeof readInfo.reply>['demo']>

export type IdentityNeeds = {
  db: Database
  clock: Clock
  log: Logger
  audit: Audit
  jobs: Jobs
  coordination: Coordination
  /** Of this process alone: counts sign-ins while the shared one is away. */
  ownCoordination: Coordination
  keys: Keys
  /** True when people come by https. */
  secureCookies: boolean
  version: string
  /** What the sign-in page shows of a demo clinic; null in a real one. */
  demo: () => Promise<DemoInfo | null>
  /** From the records, which lie above: how a guest is called. */
  describePatient(patientId: PatientId): Promise<{ displayName: string; locale: Me['locale'] }>
}

/** What the routes use besides the door. */
export type IdentityParts = {
  signIn: ReturnType<typeof createSignIn>
  signOut(ctx: HttpContext): Promise<void>
  people: ReturnType<typeof createPeople>
  organizations: ReturnType<typeof createOrganizations>
  audit: Audit
  accessLog: ReturnType<typeof createAccessLog>
  version: string
  demo: IdentityNeeds['demo']
}

export const identityEntities = [organizationEntity, practitionerEntity, userEntity, sessionEntity]

export async function createIdentity(needs: IdentityNeeds): Promise<Identity> {
  const { db, clock, log, audit, jobs } = needs
  const cookie = sessionCookie(needs.secureCookies)
  const sessions = createSessions({ db, clock, log, cookie })
  const passwords = await createPasswords(jobs)
  const throttle = createThrottle({
    shared: needs.coordination,
    own: needs.ownCoordination,
    pseudonymKey: needs.keys.pseudonym,
  })
  const people = createPeople({ db, clock, audit, passwords, sessions })
  const organizations = createOrganizations({ db, clock, audit })
  const signIn = createSignIn({ db, clock, audit, passwords, throttle, sessions })
  jobs.every('expired-sessions', hourMs, sessions.removeExpired)

  async function signOut(ctx: HttpContext): Promise<void> {
    const { actor } = ctx
    if (actor.kind === 'user' || actor.kind === 'guest') {
      await db.write(async (tx) => {
        await sessions.end(tx, { id: actor.sessionId })
        audit.append(tx, ctx, {
          action: 'session.end',
          patientId: actor.kind === 'guest' ? actor.patientId : null,
        })
      })
    }
    cookie.clear(ctx)
  }

  const identity: Omit<Identity, 'addRoutes'> = {
    authenticate: (readCookie) => sessions.authenticate(readCookie),
    actorOf: async (sessionId) => (await sessions.findLive(sessionId))?.actor ?? null,
    keepAlive: sessions.keepAlive,
    createGuestSession: sessions.beginForGuest,
    endGuestSessions: (tx, consultId) => sessions.end(tx, { consultId }),
    async me(sessionId) {
      const live = await sessions.findLive(sessionId)
      if (!live) throw notFound()
      const organization = await db.read((tx) => findOrganization(tx, live.session.organizationId))
      if (!organization) throw notFound()
      const who = live.actor.kind === 'guest' ? await needs.describePatient(live.actor.patientId) : live.user
      if (!who) throw notFound()
      return presentMe(live, organization, who)
    },
    organization: findOrganization,
    organizationsUnder,
    practitioners: findPractitioners,
    practitionersFor: (organizationId) =>
      db.read(async (tx) => {
        const places = await organizationsUnder(tx, organizationId)
        return practitionersOf(tx, places.map(({ id }) => id)) // prettier-ignore
      }),
    addOrganization: organizations.add,
    addPerson: people.add,
  }
  const accessLog = createAccessLog({ db, audit })
  const { version, demo } = needs
  const parts = { signIn, signOut, people, organizations, audit, accessLog, version, demo }
  return { ...identity, addRoutes: (http) => addIdentityRoutes(http, identity, parts) }
}
