import { DomainError } from '#shared/errors.ts'
import type { EncounterId } from '#shared/ids.ts'
import type { Instant } from '#shared/time.ts'

/** Why a consult ended. `abandoned`: both were gone for a quarter of an hour. */
export type EndReason = 'ended_by_practitioner' | 'revoked' | 'abandoned'

/** Where a consult stands. Transitions are pure: they return the next state, or the very same object for no change. */
export type CallState =
  | { readonly state: 'preparing' }
  | { readonly state: 'waiting'; readonly waitingSince: Instant }
  | {
      readonly state: 'live'
      readonly waitingSince: Instant
      readonly startedAt: Instant
      readonly encounterId: EncounterId
    }
  | {
      readonly state: 'ended'
      readonly endedAt: Instant
      readonly reason: EndReason
      /** Null when the patient was never admitted. */
      readonly visit: { readonly startedAt: Instant; readonly encounterId: EncounterId } | null
    }

/** The patient's device check is done. Who waits or talks already, stays where they are. */
export function startWaiting(call: CallState, at: Instant): CallState {
  switch (call.state) {
    case 'preparing':
      return { state: 'waiting', waitingSince: at }
    case 'waiting':
    case 'live':
      return call
    case 'ended':
      throw new DomainError('consult_ended')
  }
}

/** The patient gives the place in the queue away. */
export function stopWaiting(call: CallState): CallState {
  return call.state === 'waiting' ? { state: 'preparing' } : call
}

export type Waiting = Extract<CallState, { state: 'waiting' }>

/** Only who waits can be admitted. @throws conflict, consult_ended */
export function mustWait(call: CallState): Waiting {
  if (call.state === 'waiting') return call
  throw new DomainError(call.state === 'ended' ? 'consult_ended' : 'conflict')
}

/** From now on both may have media. */
export function admit({ waitingSince }: Waiting, at: Instant, encounterId: EncounterId): CallState {
  return { state: 'live', waitingSince, startedAt: at, encounterId }
}

/** Ends for both. A patient who only checks the device is not sent away; ending twice changes nothing. */
export function end(call: CallState, at: Instant, reason: EndReason): CallState {
  switch (call.state) {
    case 'preparing':
      throw new DomainError('conflict')
    case 'waiting':
      return { state: 'ended', endedAt: at, reason, visit: null }
    case 'live':
      return {
        state: 'ended',
        endedAt: at,
        reason,
        visit: { startedAt: call.startedAt, encounterId: call.encounterId },
      }
    case 'ended':
      return call
  }
}

/** Media is for the admitted only. @throws not_admitted, consult_ended */
export function mustBeLive(state: CallState['state']): void {
  if (state === 'ended') throw new DomainError('consult_ended')
  if (state !== 'live') throw new DomainError('not_admitted')
}
