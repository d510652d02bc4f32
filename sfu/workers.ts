import { performance } from 'node:perf_hooks'
import { setTimeout as delay } from 'node:timers/promises'
import { SfuError } from '#shared/sfu.ts'
import { startMediaWorker, type MediaRouter, type MediaWorker, type MediaWorkerOptions } from './engine.ts'
import type { SfuLog } from './log.ts'
import { cpuShare, type CpuReading } from './stats.ts'

export type WorkerLossReason = 'worker_died' | 'worker_hung'

/** Whoever lives on a worker: a room or a probe. */
export interface Tenant {
  /** How many streams it sends and receives now. */
  streams(): number
  /** The worker is gone with all that was on it. `replaced` settles when another can be had. */
  workerLost(reason: WorkerLossReason, replaced: Promise<void>): void
}

export interface WorkerReport {
  pid: number
  cpu: number
  rooms: number
  memoryBytes: number
}

interface Slot {
  readonly port: number
  worker: MediaWorker | null
  tenants: Set<Tenant>
  /** Watchdog rounds that went by with a question unanswered. */
  misses: number
  asking: boolean
  hung: boolean
  cpu: number
  memoryBytes: number
  reading: CpuReading | null
}

const watchdogMs = 1000
const missesAllowed = 2
const waitForWorkerMs = 3000

/**
 * One media worker per core. A worker that dies, or no longer answers, is replaced on the same port, and its tenants
 * are told. SIGSTOP and an endless loop raise no event of their own, hence the watchdog.
 */
export class WorkerPool {
  readonly #options: Omit<MediaWorkerOptions, 'port'>
  readonly #log: SfuLog
  readonly #slots: Slot[]
  #watchdog: NodeJS.Timeout | undefined
  #closing: Promise<void> | undefined
  #someoneReady = Promise.withResolvers<void>()

  private constructor(options: WorkerPoolOptions) {
    this.#options = options.media
    this.#log = options.log
    this.#slots = Array.from({ length: options.count }, (_, index) =>
      emptySlot(options.basePort === 0 ? 0 : options.basePort + index),
    )
  }

  /** Throws when any worker cannot start; the others are closed again. */
  static async start(options: WorkerPoolOptions): Promise<WorkerPool> {
    const pool = new WorkerPool(options)
    try {
      for (const slot of pool.#slots) await pool.#startIn(slot)
    } catch (error) {
      await pool.close()
      throw error
    }
    pool.#watchdog = setInterval(() => pool.#watch(), watchdogMs)
    return pool
  }

  /** Gives the tenant a router of its own on the least loaded worker. Throws SfuError `no_worker`. */
  async rent(tenant: Tenant): Promise<MediaRouter> {
    const slot = leastLoaded(this.#slots.filter((each) => each.worker !== null)) ?? (await this.#anySlot())
    const worker = slot.worker
    if (!worker) throw new SfuError('no_worker', 'no media worker is running')
    slot.tenants.add(tenant)
    try {
      return await worker.openRouter()
    } catch (error) {
      slot.tenants.delete(tenant)
      throw error
    }
  }

  leave(tenant: Tenant): void {
    for (const slot of this.#slots) slot.tenants.delete(tenant)
  }

  report(): WorkerReport[] {
    return this.#slots.flatMap((slot) =>
      slot.worker
        ? [{ pid: slot.worker.pid, cpu: slot.cpu, rooms: slot.tenants.size, memoryBytes: slot.memoryBytes }]
        : [],
    )
  }

  /** True when every worker answers within the time. */
  async answers(timeoutMs: number): Promise<boolean> {
    const answers = this.#slots.map(
      async ({ worker }) => worker !== null && (await inTime(worker.usage(), timeoutMs)),
    )
    return (await Promise.all(answers)).every(Boolean)
  }

  /** Settles when all worker processes are gone; one that does not go by itself is killed. */
  close(): Promise<void> {
    this.#closing ??= (async () => {
      clearInterval(this.#watchdog)
      await Promise.all(this.#slots.flatMap(({ worker }) => (worker ? [this.#end(worker)] : [])))
    })()
    return this.#closing
  }

  async #end(worker: MediaWorker): Promise<void> {
    if (!(await inTime(worker.close(), 2000))) this.#kill(worker.pid)
  }

  async #startIn(slot: Slot): Promise<void> {
    const worker = await startMediaWorker({ ...this.#options, port: slot.port })
    if (this.#closing) return this.#end(worker)
    Object.assign(slot, { worker, misses: 0, asking: false, hung: false, cpu: 0, reading: null })
    worker.onDied(() => this.#replace(slot, worker))
    this.#someoneReady.resolve()
    this.#log.info({ pid: worker.pid, port: slot.port }, 'media worker started')
  }

  #replace(slot: Slot, worker: MediaWorker): void {
    if (this.#closing || slot.worker !== worker) return
    const reason = slot.hung ? 'worker_hung' : 'worker_died'
    this.#log.error({ pid: worker.pid, reason, tenants: slot.tenants.size }, 'media worker lost')
    const tenants = slot.tenants
    slot.worker = null
    slot.tenants = new Set()
    if (this.#slots.every((each) => each.worker === null)) this.#someoneReady = Promise.withResolvers()
    const replaced = this.#startAgain(slot)
    for (const tenant of tenants) tenant.workerLost(reason, replaced)
  }

  async #startAgain(slot: Slot): Promise<void> {
    for (let waitMs = 100; !this.#closing; waitMs = Math.min(waitMs * 2, 10_000)) {
      try {
        return await this.#startIn(slot)
      } catch (error) {
        this.#log.error({ port: slot.port, retryInMs: waitMs, err: error }, 'media worker does not start')
        await delay(waitMs, undefined, { ref: false })
      }
    }
  }

  async #anySlot(): Promise<Slot> {
    await inTime(this.#someoneReady.promise, waitForWorkerMs)
    const slot = leastLoaded(this.#slots.filter((each) => each.worker !== null))
    if (!slot) throw new SfuError('no_worker', 'no media worker is running')
    return slot
  }

  #watch(): void {
    for (const slot of this.#slots) {
      if (!slot.worker) continue
      if (!slot.asking) {
        void this.#ask(slot, slot.worker)
      } else if (++slot.misses >= missesAllowed && !slot.hung) {
        slot.hung = true
        this.#kill(slot.worker.pid)
      }
    }
  }

  async #ask(slot: Slot, worker: MediaWorker): Promise<void> {
    slot.asking = true
    try {
      const usage = await worker.usage()
      const reading = { cpuMs: usage.cpuMs, atMs: performance.now() }
      if (slot.worker !== worker) return
      slot.cpu = slot.reading ? cpuShare(slot.reading, reading) : 0
      Object.assign(slot, { asking: false, misses: 0, reading, memoryBytes: usage.memoryBytes })
    } catch (error) {
      // The worker went away while it was asked; its `died` event does the rest.
      this.#log.warn({ pid: worker.pid, err: error }, 'media worker did not answer')
    }
  }

  #kill(pid: number): void {
    this.#log.error({ pid }, 'media worker does not answer and is killed')
    try {
      process.kill(pid, 'SIGKILL')
    } catch (error) {
      this.#log.warn({ pid, err: error }, 'media worker was gone before it could be killed')
    }
  }
}

export interface WorkerPoolOptions {
  media: Omit<MediaWorkerOptions, 'port'>
  count: number
  /** The first worker's port, the next take the following ones; 0: any free ones. */
  basePort: number
  log: SfuLog
}

/** The one with the fewest streams, and among those that answer if there are any. */
export function leastLoaded<T extends { tenants: Iterable<Pick<Tenant, 'streams'>>; misses: number }>(
  slots: readonly T[],
): T | undefined {
  const answering = slots.filter((slot) => slot.misses === 0)
  const candidates = answering.length > 0 ? answering : slots
  return candidates.reduce<T | undefined>(
    (best, slot) => (best === undefined || expectedStreams(slot) < expectedStreams(best) ? slot : best),
    undefined,
  )
}

/** A room that was just opened has no streams yet, but soon the eight of a visit between two. */
function expectedStreams(slot: { tenants: Iterable<Pick<Tenant, 'streams'>> }): number {
  let total = 0
  for (const tenant of slot.tenants) total += Math.max(8, tenant.streams())
  return total
}

function emptySlot(port: number): Slot {
  return {
    port,
    worker: null,
    tenants: new Set(),
    misses: 0,
    asking: false,
    hung: false,
    cpu: 0,
    memoryBytes: 0,
    reading: null,
  }
}

/** Whether the promise was fulfilled within the time. */
async function inTime(promise: Promise<unknown>, timeoutMs: number): Promise<boolean> {
  const timeout = new AbortController()
  try {
    return await Promise.race([
      promise.then(
        () => true,
        () => false,
      ),
      delay(timeoutMs, false, { signal: timeout.signal, ref: false }).catch(() => false),
    ])
  } finally {
    timeout.abort()
  }
}
