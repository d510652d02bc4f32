import { EntitySchema } from 'typeorm'
import type { Logger } from 'pino'
import { RecordId } from '#shared/ids.ts'
import { minuteMs } from '#shared/time.ts'
import type { Clock } from './clock.ts'
import type { Database, Tx } from './db.ts'
import { newId } from './ids.ts'

/** What happened, with ids and no more. Each domain names its own in events.ts. */
export type DomainEvent = { readonly name: string; readonly [key: string]: string | number | boolean | null }

export type Outbox = {
  /** Written in the caller's transaction; delivered after its commit. */
  add(tx: Tx, event: DomainEvent): Promise<void>
  /** Delivery is at least once, in no promised order; handlers must be idempotent. A failing one is tried again. */
  on(name: string, handler: (event: DomainEvent) => Promise<void>): void
  start(): void
  close(): Promise<void>
}

type OutboxRow = { id: string; at: number; name: string; payload: string; attempts: number; dueAt: number }

export const outboxEntity = new EntitySchema<OutboxRow>({
  name: 'outbox',
  columns: {
    id: { type: 'varchar', length: 36, primary: true },
    at: { type: 'bigint' },
    name: { type: 'varchar', length: 80 },
    payload: { type: 'text' },
    attempts: { type: 'int' },
    dueAt: { name: 'due_at', type: 'bigint' },
  },
  indices: [{ name: 'outbox_due', columns: ['dueAt'] }],
})

const sweepEveryMs = 2_000
const batchSize = 10
const maxAttempts = 20
/** Longer than any receiver may take: until then a row is its taker's, after that the taker has died. */
const heldMs = 2 * minuteMs

export function createOutbox({ db, clock, log }: { db: Database; clock: Clock; log: Logger }): Outbox {
  const handlers = new Map<string, ((event: DomainEvent) => Promise<void>)[]>()
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> | undefined
  let again = false
  let closed = false

  function wake(): void {
    if (closed) return
    if (running) {
      again = true
      return
    }
    running = deliverDue().finally(() => {
      running = undefined
      if (again) {
        again = false
        wake()
      }
    })
  }

  async function deliverDue(): Promise<void> {
    try {
      const rows = await db.read((tx) =>
        tx.manager
          .createQueryBuilder(outboxEntity, 'o')
          .where('o.dueAt <= :now', { now: clock.now() })
          // The longest due first: by age alone, ten old ones whose receiver is away would be tried before any other.
          .orderBy('o.dueAt')
          .addOrderBy('o.id')
          .take(batchSize)
          .getMany(),
      )
      // Side by side, so that one slow receiver, such as a mail server, does not hold up the rest.
      await Promise.all(rows.map(deliver))
      again ||= rows.length === batchSize
    } catch (error) {
      log.warn({ err: error }, 'outbox sweep failed; the next one tries again')
    }
  }

  async function deliver(row: OutboxRow): Promise<void> {
    // Taking the row first fences other servers; a crash in between is caught by the later due time.
    const claimed = await db.write(async (tx) => {
      const { id, attempts } = row
      const taken = { attempts: attempts + 1, dueAt: clock.now() + heldMs }
      return (await tx.manager.update(outboxEntity, { id, attempts }, taken)).affected === 1
    })
    if (!claimed) return
    try {
      const event = JSON.parse(row.payload) as DomainEvent
      for (const handle of handlers.get(row.name) ?? []) await handle(event)
    } catch (error) {
      log.error(
        { err: error, event: row.name, outboxId: row.id, attempt: row.attempts + 1 },
        'event handler failed',
      )
      if (row.attempts + 1 < maxAttempts) return tryLater(row)
      log.error({ event: row.name, outboxId: row.id }, 'event given up after its last attempt')
    }
    await db.write((tx) => tx.manager.delete(outboxEntity, { id: row.id }))
  }

  async function tryLater({ id, attempts }: OutboxRow): Promise<void> {
    const dueAt = clock.now() + Math.min(minuteMs, 1_000 * 2 ** attempts)
    await db.write((tx) => tx.manager.update(outboxEntity, { id, attempts: attempts + 1 }, { dueAt }))
  }

  return {
    async add(tx, event) {
      const now = clock.now()
      const id = newId(RecordId, clock)
      await tx.manager.insert(outboxEntity, {
        id,
        at: now,
        name: event.name,
        payload: JSON.stringify(event),
        attempts: 0,
        dueAt: now,
      })
      tx.afterCommit(wake)
    },
    on(name, handler) {
      handlers.set(name, [...(handlers.get(name) ?? []), handler])
    },
    start() {
      timer = setInterval(wake, sweepEveryMs)
      wake()
    },
    async close() {
      closed = true
      clearInterval(timer)
      await running
    },
  }
}
