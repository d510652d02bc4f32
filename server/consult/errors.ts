import { DomainError } from '#shared/errors.ts'
import type { Instant } from '#shared/time.ts'

export function notFound(): DomainError {
  return new DomainError('not_found')
}

export function linkTooEarly(opensAt: Instant): DomainError {
  return new DomainError('link_too_early', { opensAt })
}

export function linkLocked(retryAfterMs: number): DomainError {
  return new DomainError('rate_limited', { retryAfterMs })
}

export function wrongBirthDate(attemptsLeft: number): DomainError {
  return new DomainError('wrong_birth_date', { attemptsLeft })
}
