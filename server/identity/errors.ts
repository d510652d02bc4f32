import { DomainError } from '#shared/errors.ts'

/** One answer for an unknown name, a wrong password and an account that was switched off. */
export function wrongCredentials(): DomainError {
  return new DomainError('wrong_credentials')
}

export function notFound(): DomainError {
  return new DomainError('not_found')
}

export function emailInUse(): DomainError {
  return new DomainError('conflict', { field: 'email' })
}

export function specialtyRequired(): DomainError {
  return new DomainError('invalid_request', { fields: ['specialty: required for a practitioner'] })
}

/** Nobody switches themselves off: an installation must not be left without an administrator. */
export function notYourself(): DomainError {
  return new DomainError('conflict', { field: 'userId' })
}
