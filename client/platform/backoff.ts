interface Backoff {
  /** Ceiling of the first wait, in ms. */
  readonly firstMs: number
  /** Ceiling of all waits, in ms. */
  readonly maxMs: number
}

/**
 * How long to wait before the attempt that follows `failures` failed ones: full jitter, so that a clinic full of
 * browsers does not come back in step. Never less than a tenth of the ceiling.
 */
export function backoffMs(failures: number, { firstMs, maxMs }: Backoff, random = Math.random): number {
  const ceiling = Math.min(maxMs, firstMs * 2 ** Math.min(failures, 20))
  return Math.round(ceiling * (0.1 + 0.9 * random()))
}
