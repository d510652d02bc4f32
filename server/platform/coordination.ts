import { createClient } from 'redis'
import type { Logger } from 'pino'
import { DomainError } from '#shared/errors.ts'

/**
 * Small shared facts with a time to live: leases, counters. Values are ids and numbers, never health data.
 * One process uses memory; several use Redis. When Redis does not answer within a second the calls throw
 * DomainError `unavailable`; whoever can go on without an answer, does.
 */
export type Coordination = {
  get(key: string): Promise<string | null>
  set(key: string, value: string, ttlMs: number): Promise<void>
  setIfAbsent(key: string, value: string, ttlMs: number): Promise<boolean>
  /** Replaces `expected` (null: absent) by `value`; false when someone else was first. */
  compareAndSet(key: string, expected: string | null, value: string, ttlMs: number): Promise<boolean>
  take(key: string): Promise<string | null>
  delete(key: string): Promise<void>
  /** Counts up and returns the new count; the first increment starts the time to live. */
  increment(key: string, by: number, ttlMs: number): Promise<number>
  ping(): Promise<void>
  close(): Promise<void>
}

const prefix = 'bedside:'
const commandTimeoutMs = 1_000

export function createMemoryCoordination(now: () => number): Coordination {
  const entries = new Map<string, { value: string; until: number }>()
  const sweep = setInterval(() => {
    for (const [key, entry] of entries) if (entry.until <= now()) entries.delete(key)
  }, 10_000)
  sweep.unref()

  function live(key: string): string | null {
    const entry = entries.get(key)
    if (!entry) return null
    if (entry.until > now()) return entry.value
    entries.delete(key)
    return null
  }
  function put(key: string, value: string, ttlMs: number): void {
    entries.set(key, { value, until: now() + ttlMs })
  }

  return {
    get: async (key) => live(key),
    set: async (key, value, ttlMs) => put(key, value, ttlMs),
    setIfAbsent: async (key, value, ttlMs) => {
      if (live(key) !== null) return false
      put(key, value, ttlMs)
      return true
    },
    compareAndSet: async (key, expected, value, ttlMs) => {
      if (live(key) !== expected) return false
      put(key, value, ttlMs)
      return true
    },
    take: async (key) => {
      const value = live(key)
      entries.delete(key)
      return value
    },
    delete: async (key) => void entries.delete(key),
    increment: async (key, by, ttlMs) => {
      const count = Number(live(key) ?? 0) + by
      const until = entries.get(key)?.until ?? now() + ttlMs
      entries.set(key, { value: String(count), until })
      return count
    },
    ping: async () => {},
    close: async () => clearInterval(sweep),
  }
}

const compareAndSetScript = `
local current = redis.call('GET', KEYS[1])
if (ARGV[1] == '' and current == false) or (ARGV[1] ~= '' and current == ARGV[1]) then
  redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
  return 1
end
return 0`

const incrementScript = `
local count = redis.call('INCRBY', KEYS[1], ARGV[1])
if count == tonumber(ARGV[1]) then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
return count`

type RedisClient = ReturnType<typeof connectRedis>

/** A client that reconnects for ever, queues at most so many commands while away, and tells the log once per change. */
function connectRedis(url: string, log: Logger, queueWhileAway = 0) {
  const client = createClient({
    url,
    disableOfflineQueue: queueWhileAway === 0,
    ...(queueWhileAway > 0 ? { commandsQueueMaxLength: queueWhileAway } : {}),
    socket: {
      connectTimeout: 2_000,
      reconnectStrategy: (retries) => Math.min(2_000, 50 * 2 ** Math.min(retries, 6)),
    },
  })
  let away = false
  client.on('error', (error: Error) => {
    if (!away) log.warn({ reason: error.name }, 'Redis does not answer; reconnecting')
    away = true
  })
  client.on('ready', () => {
    if (away) log.info('Redis answers again')
    away = false
  })
  return client
}

const patienceMs = 2_000

/** Connects, but does not wait for ever: a server that starts while Redis is away starts, and says so. */
export async function openRedis(url: string, log: Logger, queueWhileAway = 0): Promise<RedisClient> {
  const client = connectRedis(url, log, queueWhileAway)
  const connected = client
    .connect()
    .catch((error: unknown) => log.warn({ err: error }, 'Redis was never reached'))
  let timer: NodeJS.Timeout | undefined
  await Promise.race([connected, new Promise((resolve) => (timer = setTimeout(resolve, patienceMs)))])
  clearTimeout(timer)
  return client
}

export async function createRedisCoordination(url: string, log: Logger): Promise<Coordination> {
  const client = await openRedis(url, log)

  async function ask<T>(command: () => Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new DomainError('unavailable', { part: 'redis' })), commandTimeoutMs)
    })
    try {
      return await Promise.race([command(), late])
    } catch (error) {
      throw error instanceof DomainError ? error : new DomainError('unavailable', { part: 'redis' }, error)
    } finally {
      clearTimeout(timer)
    }
  }

  return {
    get: (key) => ask(() => client.get(prefix + key)),
    set: (key, value, ttlMs) => ask(async () => void (await client.set(prefix + key, value, { PX: ttlMs }))),
    setIfAbsent: (key, value, ttlMs) =>
      ask(async () => (await client.set(prefix + key, value, { PX: ttlMs, NX: true })) === 'OK'),
    compareAndSet: (key, expected, value, ttlMs) =>
      ask(async () => {
        const options = { keys: [prefix + key], arguments: [expected ?? '', value, String(ttlMs)] }
        return (await client.eval(compareAndSetScript, options)) === 1
      }),
    take: (key) => ask(() => client.getDel(prefix + key)),
    delete: (key) => ask(async () => void (await client.del(prefix + key))),
    increment: (key, by, ttlMs) =>
      ask(async () =>
        Number(
          await client.eval(incrementScript, {
            keys: [prefix + key],
            arguments: [String(by), String(ttlMs)],
          }),
        ),
      ),
    ping: () => ask(async () => void (await client.ping())),
    close: async () => client.destroy(),
  }
}
