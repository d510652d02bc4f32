import { DomainError } from '#shared/errors.ts'
import type { Instant } from '#shared/time.ts'

export function slotTaken(nextFree: Instant[]): DomainError {
  return new DomainError('slot_taken', { nextFree })
}

export function outsideAvailability(nextFree: Instant[]): DomainError {
  return new DomainError('outside_availability', { nextFree })
}

export function staleAppointment(version: number): DomainError {
  return new DomainError('stale_version', { version })
}

/** Thrown inside a transaction so that it rolls back; the next free times are looked up after that. */
export class CellTaken extends Error {}
