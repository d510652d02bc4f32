import { createHash } from 'node:crypto'
import { EntitySchema, LessThan } from 'typeorm'
import { dayMs } from '#shared/time.ts'
import type { Instant } from '#shared/time.ts'
import type { Clock } from './clock.ts'
import { isUniqueViolation } from './db.ts'
import type { Tx } from './db.ts'

type KeyRow = { scope: string; keyHash: string; resultId: string; at: number }

export const idempotencyEntity = new EntitySchema<KeyRow>({
  name: 'idempotency',
  columns: {
    scope: { type: 'varchar', length: 120, primary: true },
    keyHash: { name: 'key_hash', type: 'varchar', length: 64, primary: true },
    resultId: { name: 'result_id', type: 'varchar', length: 36 },
    at: { type: 'bigint' },
  },
  indices: [{ name: 'idempotency_at', columns: ['at'] }],
})

/** Clients repeat a request for minutes, not for days. */
const keptMs = 7 * dayMs

export async function forgetOldKeys(tx: Tx, now: Instant): Promise<void> {
  await tx.manager.delete(idempotencyEntity, { at: LessThan(now - keptMs) })
}

/** What a key has made already; null when it is new. Nothing is claimed. */
export async function madeByKey(
  tx: Tx,
  { scope, key }: { scope: string; key: string },
): Promise<string | null> {
  const row = await tx.manager.findOneBy(idempotencyEntity, { scope, keyHash: hashOf(key) })
  return row?.resultId ?? null
}

/**
 * Claims a client's key for the thing about to be made. Call it first in the transaction: of two requests at once, the
 * second waits for the first. Returns null when the key is new, or the id of what it made before.
 * `scope` names the operation and who asks, so that two people cannot meet in one key.
 */
export async function claimKey(
  tx: Tx,
  clock: Clock,
  { scope, key, resultId }: { scope: string; key: string; resultId: string },
): Promise<string | null> {
  const keyHash = hashOf(key)
  try {
    await tx.manager.insert(idempotencyEntity, { scope, keyHash, resultId, at: clock.now() })
    return null
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    const row = await tx.manager.findOneByOrFail(idempotencyEntity, { scope, keyHash })
    return row.resultId
  }
}

function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('hex')
}
