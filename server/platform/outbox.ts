import { EntitySchema } from 'typeorm'
import type { Logger } from 'pino'
import { RecordId } from '#shared/ids.ts'
import { dayMs, hourMs, minuteMs } from '#shared/time.ts'
import type { Clock } from './clock.ts'
import type { Database, Tx } from './db.ts'
import { newId } from './ids.ts'

/** What happened, with ids and no more. Each domain names its own in events.ts. */
export type DomainEvent = { readonly name: string; readonly [key: string]: string | number | boolean | null }

export type Receiver = {
  /** Its name is its lane: events wait for others of the same receiver only, however long it takes. */
  as: string
  /** What is left to do when the last attempt has failed, in place of the handler. Tried until it works. */
  givenUp?: (event: DomainEvent) => Promise<void>
}

export type Outbox = {
  /** Written in the caller's transaction; delivered after its commit. */
  add(tx: Tx, event: DomainEvent): Promise<void>
  /**
   * Delivery is at least once to each receiver, in no promised order; handlers must be idempotent, and are done within
   * two minutes. One that fails is tried again, and does not make the others of its event be tried again. An event without a
   * receiver waits 30 days for a server that has one: who has no use for it says so with a handler that does nothing.
   */
  on(name: string, receiver: Receiver, handler: (event: DomainEvent) => Promise<void>): void
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
const batchSize = 20
/** How many of one receiver are under way at once. */
const laneWidth = 5
const maxAttempts = 20
/** Longer than any receiver may take: until then a row is its taker's, after that the taker has died. */
const heldMs = 2 * minuteMs
/** An event that no receiver here knows is another version's: of a server that was upgraded before this one, or after. */
const unknownKeptMs = 30 * dayMs

type Route = Receiver & { handle: (event: DomainEvent) => Promise<void> }

/** A row is an event for everyone, or, after it was dealt out, for one receiver: `appointment.cancelled>letters`. */
const addressed = (name: string, { as }: Receiver) => `${name}>${as}`

export function createOutbox({ db, clock, log }: { db: Database; clock: Clock; log: Logger }): Outbox {
  const routes = new Map<string, Route[]>()
  /** By receiver; one without any is not there. */
  const underWay = new Map<string, Set<Promise<void>>>()
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
    running = startDue()
      .catch((error: unknown) => log.warn({ err: error }, 'outbox sweep failed; the next one tries again'))
      .finally(() => {
        running = undefined
        if (again) {
          again = false
          wake()
        }
      })
  }

  /** Starts what is due, as far as its lane has room. Waits for the database only, never for a receiver. */
  async function startDue(): Promise<void> {
    while (!closed) {
      const rows = await dueRows()
      let more = rows.length === batchSize
      for (const row of rows) {
        const receivers = receiversOf(row.name)
        const [only] = receivers
        if (!only) await leaveToOthers(row)
        else if (receivers.length > 1) more = (await dealOut(row, receivers)) || more
        else if (!isFull(only.as) && (await take(row))) begin(row, only)
      }
      if (!more) return
    }
  }

  /** The longest due first: by age alone, old ones that failed often would be tried before any other. */
  function dueRows(): Promise<OutboxRow[]> {
    return db.read((tx) => {
      const due = tx.manager
        .createQueryBuilder(outboxEntity, 'o')
        .where('o.dueAt <= :now', { now: clock.now() })
        .orderBy('o.dueAt')
        .addOrderBy('o.id')
        .take(batchSize)
      const held = namesOfFullLanes()
      return (held.length > 0 ? due.andWhere('o.name NOT IN (:...held)', { held }) : due).getMany()
    })
  }

  function receiversOf(rowName: string): Route[] {
    const [name = '', as] = rowName.split('>')
    const all = routes.get(name) ?? []
    return as === undefined ? all : all.filter((route) => route.as === as)
  }

  const isFull = (as: string) => (underWay.get(as)?.size ?? 0) >= laneWidth

  function namesOfFullLanes(): string[] {
    return [...routes].flatMap(([name, all]) =>
      all
        .filter(({ as }) => isFull(as))
        .flatMap((route) => [addressed(name, route), ...(all.length === 1 ? [name] : [])]),
    )
  }

  /** One row for each receiver instead: none waits for another, and what fails for one is tried again for that one. */
  async function dealOut(
    { id, attempts, name, at, payload }: OutboxRow,
    receivers: Route[],
  ): Promise<boolean> {
    return db.write(async (tx) => {
      if ((await tx.manager.delete(outboxEntity, { id, attempts })).affected !== 1) return false
      const dueAt = clock.now()
      for (const route of receivers)
        await tx.manager.insert(outboxEntity, {
          id: newId(RecordId, clock),
          at,
          name: addressed(name, route),
          payload,
          attempts: 0,
          dueAt,
        })
      return true
    })
  }

  /** Asks again after as long as it has waited, a minute at least and an hour at most. */
  async function leaveToOthers({ id, attempts, name, at }: OutboxRow): Promise<void> {
    const now = clock.now()
    const about = { event: name, outboxId: id }
    if (at < now - unknownKeptMs) {
      log.error(about, 'event dropped: nobody has received it in 30 days')
      return remove(id)
    }
    const dueAt = now + Math.min(hourMs, Math.max(minuteMs, now - at))
    await db.write((tx) => tx.manager.update(outboxEntity, { id, attempts }, { dueAt }))
    log.warn(about, 'event left to other servers: nobody receives it here')
  }

  /** Taking the row first fences other servers; a crash in between is caught by the later due time. */
  function take({ id, attempts }: OutboxRow): Promise<boolean> {
    return db.write(async (tx) => {
      const taken = { attempts: attempts + 1, dueAt: clock.now() + heldMs }
      return (await tx.manager.update(outboxEntity, { id, attempts }, taken)).affected === 1
    })
  }

  function begin(row: OutboxRow, route: Route): void {
    const lane = underWay.get(route.as) ?? new Set()
    underWay.set(route.as, lane)
    const done = deliver(row, route)
      .catch((error: unknown) =>
        log.warn(
          { err: error, event: row.name, outboxId: row.id },
          'event not settled; it is delivered again',
        ),
      )
      .finally(() => {
        const wasFull = isFull(route.as)
        lane.delete(done)
        // Those that were passed over.
        if (wasFull) wake()
      })
    lane.add(done)
  }

  async function deliver(row: OutboxRow, { handle, givenUp }: Route): Promise<void> {
    const event = JSON.parse(row.payload) as DomainEvent
    const about = { event: row.name, outboxId: row.id, attempt: row.attempts + 1 }
    try {
      if (row.attempts < maxAttempts) await handle(event)
      else {
        log.error(about, 'event given up after its last attempt')
        await givenUp?.(event)
      }
    } catch (error) {
      log.error({ err: error, ...about }, 'event handler failed')
      return tryLater(row)
    }
    await remove(row.id)
  }

  async function tryLater({ id, attempts }: OutboxRow): Promise<void> {
    const wasLast = attempts + 1 === maxAttempts
    const dueAt = clock.now() + (wasLast ? 0 : Math.min(minuteMs, 1_000 * 2 ** attempts))
    await db.write((tx) => tx.manager.update(outboxEntity, { id, attempts: attempts + 1 }, { dueAt }))
  }

  async function remove(id: string): Promise<void> {
    await db.write((tx) => tx.manager.delete(outboxEntity, { id }))
  }

  return {
    async add(tx, event) {
      const now = clock.now()
      const id = newId(RecordId, clock)
      const payload = JSON.stringify(event)
      await tx.manager.insert(outboxEntity, {
        id,
        at: now,
        name: event.name,
        payload,
        attempts: 0,
        dueAt: now,
      })
      tx.afterCommit(wake)
    },
    on(name, receiver, handle) {
      routes.set(name, [...(routes.get(name) ?? []), { ...receiver, handle }])
    },
    start() {
      timer = setInterval(wake, sweepEveryMs)
      wake()
    },
    async close() {
      closed = true
      clearInterval(timer)
      await running
      await Promise.all([...underWay.values()].flatMap((lane) => [...lane]))
    },
  }
}
