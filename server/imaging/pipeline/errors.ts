/** Why a picture is not taken in. The domain turns these into the codes that cross the wire. */
export type RejectCode =
  'unsupported_type' | 'too_large' | 'too_many_pixels' | 'truncated' | 'animated' | 'unreadable'

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

/** All children are occupied and the queue is full. The picture was not looked at; it may be sent again. */
export class PipelineBusy extends Error {
  override readonly name = 'PipelineBusy'
  readonly retryAfterMs: number

  constructor(retryAfterMs: number) {
    super('the picture queue is full')
    this.retryAfterMs = retryAfterMs
  }
}

export type FailureCode = 'timed_out' | 'out_of_memory' | 'crashed' | 'unavailable' | 'closed' | 'internal'

/** The job was accepted, tried, and did not end well. The original is unharmed. */
export class PipelineFailed extends Error {
  override readonly name = 'PipelineFailed'
  readonly code: FailureCode

  constructor(code: FailureCode, reason: string) {
    super(reason)
    this.code = code
  }
}
