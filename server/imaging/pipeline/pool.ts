import { Child, type ChildLimits } from './child.ts'
import type { Derived } from './derive.ts'
import { PipelineBusy, PipelineFailed } from './errors.ts'
import type { PipelineLog } from './log.ts'
import type { Job } from './protocol.ts'

export type PoolOptions = ChildLimits & {
  size: number
  /** Jobs that may wait, and the bytes of their originals. */
  queueLength: number
  queueBytes: number
  /** A child without work is stopped after this long. */
  idleMs: number
}

export type PoolStats = {
  children: { pid: number | null; state: 'starting' | 'idle' | 'busy'; rssBytes: number | null }[]
  queued: number
  done: number
  failed: number
  refused: number
}

/** `first` goes before all that wait as `after`. */
export type Turn = 'first' | 'after'

type Ticket = {
  job: Job
  turn: Turn
  attempts: number
  resolve: (derived: Derived) => void
  reject: (error: unknown) => void
}

const attemptsPerJob = 2
// What a job is thought to take until one was seen.
const firstGuessMs = 500

/**
 * A few media processes and a short queue. A process that grows or dies costs its job one of two attempts; one that takes
 * too long costs both, for the same steps would hold the next process just as long.
 */
export class Pool {
  readonly #options: PoolOptions
  readonly #log: PipelineLog
  readonly #children = new Set<Child>()
  readonly #free: Child[] = []
  readonly #queue: Ticket[] = []
  readonly #running = new Map<Child, Ticket>()
  #idleTimer: NodeJS.Timeout | null = null
  #closed = false
  #nextId = 1
  #typicalMs = firstGuessMs
  #done = 0
  #failed = 0
  #refused = 0

  constructor(options: PoolOptions, log: PipelineLog) {
    this.#options = options
    this.#log = log
  }

  /** Starts all children and waits until they can take work without delay. @throws PipelineFailed. */
  async warm(): Promise<void> {
    if (this.#closed) throw closedError()
    for (const child of this.#children) if (!child.alive) this.#children.delete(child)
    while (this.#children.size < this.#options.size) this.#start()
    this.#restAfterIdling()
    await Promise.all([...this.#children].map((child) => child.ready))
  }

  /**
   * Throws PipelineBusy and `closed` at once, not by the promise; that one rejects with ImageRejected, or with
   * PipelineFailed after the last attempt.
   */
  run(original: Uint8Array, recipe: Job['recipe'], turn: Turn): Promise<Derived> {
    if (this.#closed) throw closedError()
    if (!this.#hasRoomFor(original.length)) {
      this.#refused++
      throw new PipelineBusy(this.#retryAfterMs())
    }
    return new Promise<Derived>((resolve, reject) => {
      this.#line({
        job: { id: this.#nextId++, original, recipe },
        turn,
        attempts: 0,
        resolve,
        reject,
      })
      this.#dispatch()
    })
  }

  stats(): PoolStats {
    return {
      children: [...this.#children].map((child) => ({
        pid: child.pid,
        state: !child.started ? 'starting' : this.#running.has(child) ? 'busy' : 'idle',
        rssBytes: child.rssBytes,
      })),
      queued: this.#queue.length,
      done: this.#done,
      failed: this.#failed,
      refused: this.#refused,
    }
  }

  /** Ends all children; whoever waits is told `closed`. Resolves when no process is left. */
  async close(): Promise<void> {
    this.#closed = true
    if (this.#idleTimer) clearTimeout(this.#idleTimer)
    for (const ticket of this.#queue.splice(0)) ticket.reject(closedError())
    await Promise.all(
      [...this.#children].map((child) => child.close({ code: 'closed', reason: 'the pipeline is closed' })),
    )
  }

  #hasRoomFor(bytes: number): boolean {
    if (this.#queue.length === 0) return true
    const waiting = this.#queue.reduce((sum, ticket) => sum + ticket.job.original.length, 0)
    return this.#queue.length < this.#options.queueLength && waiting + bytes <= this.#options.queueBytes
  }

  #line(ticket: Ticket): void {
    const before = ticket.turn === 'first' ? this.#queue.findIndex(({ turn }) => turn === 'after') : -1
    this.#queue.splice(before < 0 ? this.#queue.length : before, 0, ticket)
  }

  #retryAfterMs(): number {
    return Math.ceil((this.#typicalMs * this.#queue.length) / this.#options.size)
  }

  #dispatch(): void {
    if (this.#idleTimer) clearTimeout(this.#idleTimer)
    while (this.#queue.length > 0) {
      const child = this.#freeChild()
      if (!child) return
      const ticket = this.#queue.shift()
      if (ticket) void this.#attempt(child, ticket)
    }
    this.#restAfterIdling()
  }

  #freeChild(): Child | null {
    for (;;) {
      const child = this.#free.pop()
      if (child?.alive) return child
      if (child) {
        this.#children.delete(child)
        continue
      }
      if (this.#children.size >= this.#options.size) return null
      this.#start()
    }
  }

  #start(): void {
    const child = new Child(this.#options, this.#log)
    this.#children.add(child)
    this.#free.push(child)
  }

  async #attempt(child: Child, ticket: Ticket): Promise<void> {
    this.#running.set(child, ticket)
    ticket.attempts++
    const startedAt = performance.now()
    try {
      const derived = await child.run(ticket.job)
      this.#typicalMs += (performance.now() - startedAt - this.#typicalMs) / 8
      this.#done++
      ticket.resolve(derived)
    } catch (error) {
      if (child.alive || this.#closed || timedOut(error) || ticket.attempts >= attemptsPerJob) {
        this.#failed++
        ticket.reject(error)
      } else {
        this.#log.warn({ jobId: ticket.job.id, err: error }, 'media job is tried again')
        this.#queue.unshift(ticket)
      }
    } finally {
      this.#running.delete(child)
      if (child.alive) this.#free.push(child)
      else this.#children.delete(child)
      if (!this.#closed) this.#dispatch()
    }
  }

  #restAfterIdling(): void {
    if (this.#idleTimer) clearTimeout(this.#idleTimer)
    this.#idleTimer = null
    if (this.#running.size > 0 || this.#children.size === 0) return
    this.#idleTimer = setTimeout(() => {
      for (const child of this.#free.splice(0)) {
        this.#children.delete(child)
        void child.close({ code: 'closed', reason: 'nothing to do' })
      }
    }, this.#options.idleMs)
    this.#idleTimer.unref()
  }
}

function timedOut(error: unknown): boolean {
  return error instanceof PipelineFailed && error.code === 'timed_out'
}

function closedError(): PipelineFailed {
  return new PipelineFailed('closed', 'the pipeline is closed')
}
