import { DomainError } from '#shared/errors.ts'
import type { Clock } from './clock.ts'

/** How many calls of a class one caller may make: a bucket of `burst`, refilled at `perSecond`. */
export type LimitClass = 'read' | 'write' | 'auth' | 'upload' | 'signal' | 'media' | 'viewer' | 'chat'

const limits: Record<LimitClass, { burst: number; perSecond: number }> = {
  read: { burst: 120, perSecond: 20 },
  write: { burst: 60, perSecond: 5 },
  auth: { burst: 20, perSecond: 0.5 },
  upload: { burst: 10, perSecond: 0.5 },
  signal: { burst: 40, perSecond: 5 },
  media: { burst: 80, perSecond: 20 },
  /** Showing and pointing, each up to 15 times a second. */
  viewer: { burst: 80, perSecond: 40 },
  chat: { burst: 20, perSecond: 2 },
}

const maxCallers = 20_000

export type Limiter = {
  /** Throws `rate_limited` with `retryAfterMs` when the caller's bucket of this class is empty. */
  spend(limitClass: LimitClass, caller: string): void
}

/** Per process and in memory: a limiter must hold when everything else is away. */
export function createLimiter(clock: Clock): Limiter {
  const buckets = new Map<string, { tokens: number; at: number }>()
  return {
    spend(limitClass, caller) {
      const { burst, perSecond } = limits[limitClass]
      const key = `${limitClass} ${caller}`
      const now = clock.now()
      const bucket = buckets.get(key) ?? { tokens: burst, at: now }
      const tokens = Math.min(burst, bucket.tokens + (Math.max(0, now - bucket.at) / 1000) * perSecond)
      // Re-inserting keeps the map in order of last use, so the oldest caller is the one forgotten.
      buckets.delete(key)
      buckets.set(key, { tokens: Math.max(0, tokens - 1), at: now })
      if (buckets.size > maxCallers) for (const oldest of buckets.keys()) { buckets.delete(oldest); break } // prettier-ignore
      if (tokens < 1)
        throw new DomainError('rate_limited', { retryAfterMs: Math.ceil(((1 - tokens) / perSecond) * 1000) })
    },
  }
}
