/** All processes are occupied and the queue is full. The work was not looked at; it may be sent again. */
export class ProcessesBusy extends Error {
  override readonly name = 'ProcessesBusy'
  readonly retryAfterMs: number

  constructor(retryAfterMs: number) {
    super('the queue is full')
    this.retryAfterMs = retryAfterMs
  }
}

export type FailureCode = 'timed_out' | 'out_of_memory' | 'crashed' | 'unavailable' | 'closed' | 'internal'

/** The job was accepted, tried, and did not end well. What it was given is unharmed. */
export class ProcessFailed extends Error {
  override readonly name = 'ProcessFailed'
  readonly code: FailureCode

  constructor(code: FailureCode, reason: string) {
    super(reason)
    this.code = code
  }
}
