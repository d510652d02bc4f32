import type { Role } from '#shared/identity.ts'
import type { Actor, GuestActor, UserActor } from './context.ts'

/**
 * Who may knock at a route at all, as a sentence. Whether the thing asked for is theirs is the use case's question;
 * there the answer to a stranger is `not_found`.
 */
export type Policy = { readonly sentence: string; readonly allows: (actor: Actor) => boolean }

export const anyone: Policy = { sentence: 'Anyone may, without signing in', allows: () => true }

export const anyoneSignedIn: Policy = {
  sentence: 'Anyone who is signed in, or a patient who came by link',
  allows: (actor) => actor.kind === 'user' || actor.kind === 'guest',
}

/** Signed-in people of the given roles; guests count as patients only where `patients` is used. */
export function staff(...roles: Exclude<Role, 'patient'>[]): Policy {
  return {
    sentence: `Signed-in ${roles.join(' or ')} of the clinic`,
    allows: (actor) => actor.kind === 'user' && roles.some((role) => role === actor.role),
  }
}

export const patients: Policy = {
  sentence: 'The patient, signed in or by link',
  allows: (actor) => actor.kind === 'guest' || (actor.kind === 'user' && actor.role === 'patient'),
}

export function eitherOf(a: Policy, b: Policy): Policy {
  return {
    sentence: `${a.sentence}; or: ${b.sentence}`,
    allows: (actor) => a.allows(actor) || b.allows(actor),
  }
}

/** Narrows after a policy has let the actor through; a mismatch is a programmer's mistake. */
export function asUser(actor: Actor): UserActor {
  if (actor.kind !== 'user') throw new Error('the policy of this route should have required a user')
  return actor
}

export function asPatient(actor: Actor): GuestActor | UserActor {
  if (actor.kind === 'guest' || (actor.kind === 'user' && actor.role === 'patient')) return actor
  throw new Error('the policy of this route should have required a patient')
}
