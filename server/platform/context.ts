import type { Logger } from 'pino'
import type { ConsultId, OrganizationId, PatientId, PractitionerId, SessionId, UserId } from '#shared/ids.ts'
import type { Role } from '#shared/identity.ts'

/** Who acts. A guest is a patient who came by a link: one consult, no account. */
export type Actor = UserActor | GuestActor | SystemActor | AnonymousActor

export type UserActor = {
  readonly kind: 'user'
  readonly userId: UserId
  readonly sessionId: SessionId
  readonly role: Role
  readonly organizationId: OrganizationId
  readonly practitionerId: PractitionerId | null
  readonly patientId: PatientId | null
}

export type GuestActor = {
  readonly kind: 'guest'
  readonly sessionId: SessionId
  readonly role: 'patient'
  readonly organizationId: OrganizationId
  readonly patientId: PatientId
  readonly consultId: ConsultId
}

/** The product itself: jobs, sweeps, start-up. */
export type SystemActor = { readonly kind: 'system'; readonly name: string }
export type AnonymousActor = { readonly kind: 'anonymous' }

/** Travels first in every use case's arguments. `log` already carries the request id. */
export type Context = {
  readonly requestId: string
  readonly actor: Actor
  /** The caller's address as seen behind the configured number of proxies; never logged in full. */
  readonly ip: string
  readonly log: Logger
}

export function systemContext(name: string, log: Logger): Context {
  return {
    requestId: `system:${name}`,
    actor: { kind: 'system', name },
    ip: '',
    log: log.child({ system: name }),
  }
}
