import { z } from 'zod'

/**
 * The closed list of error codes. Domains throw facts by these codes; HTTP problem details (RFC 9457), Socket.IO
 * acknowledgements and, later, FHIR OperationOutcomes are made from this one table.
 * `status` is the HTTP status, `title` the English sentence for developers and logs (people's texts live in the
 * client's language files under the code), `retryable` says whether the same request may succeed later.
 */
export const errorCodes = {
  invalid_request: { status: 400, title: 'The request does not have the expected shape', retryable: false },
  unknown_event: { status: 400, title: 'There is no such event', retryable: false },
  unauthenticated: { status: 401, title: 'Sign in first', retryable: false },
  wrong_credentials: { status: 401, title: 'The email or the password is not right', retryable: false },
  ticket_invalid: {
    status: 401,
    title: 'The ticket is unknown, used or expired; ask for a new one',
    retryable: true,
  },
  forbidden: { status: 403, title: 'This is not allowed here', retryable: false },
  consent_required: { status: 403, title: 'The patient has not consented to this', retryable: false },
  wrong_birth_date: { status: 403, title: 'The date of birth does not match', retryable: false },
  link_too_early: { status: 403, title: 'The link opens shortly before the visit', retryable: true },
  not_admitted: { status: 403, title: 'The doctor has not admitted this participant yet', retryable: true },
  not_found: { status: 404, title: 'There is no such thing, or you may not see it', retryable: false },
  slot_taken: { status: 409, title: 'This time is already taken', retryable: false },
  outside_availability: {
    status: 409,
    title: 'The practitioner does not work at this time',
    retryable: false,
  },
  stale_version: {
    status: 409,
    title: 'It was changed by someone else meanwhile; load it again',
    retryable: false,
  },
  already_signed: { status: 409, title: 'The note is signed; add an amendment instead', retryable: false },
  conflict: { status: 409, title: 'This does not fit the present state', retryable: false },
  link_on_other_device: { status: 409, title: 'The link is in use on another device', retryable: false },
  snapshot_declined: { status: 409, title: 'The patient did not allow the picture', retryable: false },
  stale_epoch: { status: 409, title: 'The media room has moved; join it again', retryable: true },
  limit_reached: { status: 409, title: 'A limit for this consult is reached', retryable: false },
  pictures_full: { status: 409, title: 'This visit holds as many pictures as it may', retryable: false },
  link_expired: { status: 410, title: 'The time for this link is over', retryable: false },
  link_revoked: { status: 410, title: 'This link is no longer valid', retryable: false },
  appointment_cancelled: { status: 410, title: 'The appointment was cancelled', retryable: false },
  consult_ended: { status: 410, title: 'The consult has ended', retryable: false },
  payload_too_large: { status: 413, title: 'The content is too large', retryable: false },
  unsupported_media: { status: 415, title: 'This kind of file is not accepted', retryable: false },
  image_rejected: { status: 422, title: 'The picture cannot be read safely', retryable: false },
  rate_limited: { status: 429, title: 'Too many requests; wait a little', retryable: true },
  internal: { status: 500, title: 'Something went wrong on our side', retryable: true },
  busy: { status: 503, title: 'Too much work at the moment; try again shortly', retryable: true },
  unavailable: {
    status: 503,
    title: 'A part of the service does not answer; try again shortly',
    retryable: true,
  },
  sfu_unavailable: { status: 503, title: 'No media server answers; try again shortly', retryable: true },
} as const satisfies Record<string, { status: number; title: string; retryable: boolean }>

export type ErrorCode = keyof typeof errorCodes
export const ErrorCode = z.enum(Object.keys(errorCodes) as [ErrorCode, ...ErrorCode[]])

/** Facts a caller needs to recover, such as the next free times. Never health data. */
export const ErrorParams = z.record(
  z.string(),
  z.union([z.string(), z.number(), z.boolean(), z.array(z.number()), z.array(z.string())]),
)
export type ErrorParams = z.infer<typeof ErrorParams>

/** What crosses a socket or the SFU channel. */
export const WireError = z.strictObject({
  code: ErrorCode,
  title: z.string(),
  retryable: z.boolean(),
  params: ErrorParams.optional(),
})
export type WireError = z.infer<typeof WireError>

/** RFC 9457 problem details with our code; `instance` carries the request id to quote. */
export const Problem = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: ErrorCode,
  retryable: z.boolean(),
  instance: z.string(),
  params: ErrorParams.optional(),
})
export type Problem = z.infer<typeof Problem>

/** A fact that a use case refuses on. `message` is the table's title: never put a name or a value into it. */
export class DomainError extends Error {
  readonly code: ErrorCode
  readonly params: ErrorParams | undefined

  constructor(code: ErrorCode, params?: ErrorParams, cause?: unknown) {
    super(errorCodes[code].title, cause === undefined ? undefined : { cause })
    this.name = 'DomainError'
    this.code = code
    this.params = params
  }

  toWire(): WireError {
    const { title, retryable } = errorCodes[this.code]
    return { code: this.code, title, retryable, ...(this.params ? { params: this.params } : {}) }
  }
}
