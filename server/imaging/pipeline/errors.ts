const rejectCodes = [
  'unsupported_type',
  'too_large',
  'too_many_pixels',
  'truncated',
  'animated',
  'unreadable',
] as const

/** Why a picture is not taken in. The domain turns these into the codes that cross the wire. */
export type RejectCode = (typeof rejectCodes)[number]

export function isRejectCode(code: string): code is RejectCode {
  return rejectCodes.some((known) => known === code)
}

/** The bytes that were sent cannot become a picture in a chart. Sending the same bytes again will not help. */
export class ImageRejected extends Error {
  override readonly name = 'ImageRejected'
  readonly code: RejectCode
  /** What the file looks like when its type is refused, for instance `heic`; null otherwise. */
  readonly detected: string | null

  constructor(code: RejectCode, reason: string, detected: string | null = null) {
    super(reason)
    this.code = code
    this.detected = detected
  }
}
