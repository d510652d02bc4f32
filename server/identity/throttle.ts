import { DomainError } from '#shared/errors.ts'
import { dayMs, minuteMs } from '#shared/time.ts'
import type { Coordination } from '../platform/coordination.ts'
import { hmacHex } from '../platform/crypto.ts'
import { networkOf } from '../platform/network.ts'

/** How many tries are free within the window, and how the wait grows after them. */
type Allowance = { free: number; firstMs: number; longestMs: number }

const windowMs = 15 * minuteMs
const allowances = {
  /** Someone at one place who guesses at one account. */
  pair: { free: 5, firstMs: 1_000, longestMs: 15 * minuteMs },
  /** Many places against one account. Short waits only: a stranger must not be able to lock the owner out. */
  account: { free: 20, firstMs: 1_000, longestMs: 30_000 },
  /** One place against many accounts. Generous: a whole clinic may share an address. */
  place: { free: 50, firstMs: 500, longestMs: minuteMs },
} satisfies Record<string, Allowance>

const knownPlaceMs = 30 * dayMs

export type SignInThrottle = {
  /** Counts a try before the password is looked at, so that parallel guesses count too. @throws `rate_limited` */
  begin(email: string, ip: string): Promise<void>
  succeeded(email: string, ip: string): Promise<void>
  failed(email: string, ip: string): Promise<void>
}

export type ThrottleNeeds = {
  /** Counts for all servers. */
  shared: Coordination
  /** In this process; counts while the shared one is away, so that the limit is never gone. */
  own: Coordination
  pseudonymKey: Buffer
}

/**
 * Whether the account exists plays no part: unknown names are counted in the same way. Keys are pseudonyms, for they
 * may lie in Redis.
 */
export function createThrottle({ shared, own, pseudonymKey }: ThrottleNeeds): SignInThrottle {
  function keysOf(email: string, ip: string) {
    const place = networkOf(ip)
    return {
      pair: key('pair', email, place),
      account: key('account', email),
      place: key('place', place),
      known: key('known', email, place),
    }
  }
  function key(...parts: string[]): string {
    return `sign-in:${hmacHex(pseudonymKey, JSON.stringify(parts)).slice(0, 32)}`
  }

  return {
    begin: (email, ip) =>
      counting(async (store) => {
        const keys = keysOf(email, ip)
        if ((await store.get(`${keys.place}:wait`)) !== null)
          throw new DomainError('rate_limited', { retryAfterMs: allowances.place.longestMs })
        await countTry(store, keys.pair, allowances.pair)
        // Where the owner has signed in before, strangers elsewhere cannot slow them down.
        if ((await store.get(keys.known)) === null) await countTry(store, keys.account, allowances.account)
      }),
    succeeded: (email, ip) =>
      counting(async (store) => {
        const keys = keysOf(email, ip)
        for (const counted of [keys.pair, keys.account]) {
          await store.delete(counted)
          await store.delete(`${counted}:wait`)
        }
        await store.set(keys.known, '1', knownPlaceMs)
      }),
    failed: (email, ip) =>
      counting(async (store) => {
        const { place } = keysOf(email, ip)
        const waitMs = waitAfter(await store.increment(place, 1, windowMs), allowances.place)
        if (waitMs > 0) await store.set(`${place}:wait`, '1', waitMs)
      }),
  }

  async function counting(count: (store: Coordination) => Promise<void>): Promise<void> {
    try {
      await count(shared)
    } catch (error) {
      if (!(error instanceof DomainError && error.code === 'unavailable')) throw error
      await count(own)
    }
  }
}

async function countTry(store: Coordination, key: string, allowance: Allowance): Promise<void> {
  const waitMs = waitAfter(await store.increment(key, 1, windowMs), allowance)
  if (waitMs === 0) return
  // Whoever starts the wait gets through; the others come too soon. So it is one try for each wait.
  if (!(await store.setIfAbsent(`${key}:wait`, '1', waitMs)))
    throw new DomainError('rate_limited', { retryAfterMs: waitMs })
}

/** Doubles with each try beyond the free ones, up to the longest. */
export function waitAfter(count: number, { free, firstMs, longestMs }: Allowance): number {
  return count <= free ? 0 : Math.min(longestMs, firstMs * 2 ** Math.min(count - free - 1, 30))
}
