import { z } from 'zod'
import { DomainError, errorCodes } from '#shared/errors.ts'
import type { Problem } from '#shared/errors.ts'

/** Any thrown thing as a fact that may leave the house: unknown errors become `internal` and keep their story inside. */
export function toDomainError(error: unknown): DomainError {
  if (error instanceof DomainError) return error
  if (error instanceof z.ZodError) return invalidRequest(error)
  return new DomainError('internal', undefined, error)
}

/** Names the fields that are wrong, never their values. */
export function invalidRequest(error: z.ZodError): DomainError {
  const fields = error.issues.slice(0, 20).map((issue) => {
    const path = issue.path.map(String).join('.')
    return issue.code === 'unrecognized_keys' ? `${path}: unknown key` : `${path}: ${issue.code}`
  })
  return new DomainError('invalid_request', { fields })
}

/** RFC 9457. */
export function toProblem(error: DomainError, requestId: string): Problem {
  const { status, title, retryable } = errorCodes[error.code]
  return {
    type: `urn:bedside:error:${error.code}`,
    title,
    status,
    code: error.code,
    retryable,
    instance: `urn:bedside:request:${requestId}`,
    ...(error.params ? { params: error.params } : {}),
  }
}
