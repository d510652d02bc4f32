import { Child, type ChildLimits, type Program } from './child.ts'
import { ProcessesBusy, ProcessFailed } from './errors.ts'
import type { ProcessLog } from './log.ts'
import type { Job, TaskMap } from './protocol.ts'

export type PoolOptions = ChildLimits & {
  size: number
  /** Jobs that may wait, and the bytes that they were given. */
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
  bytes: number
  turn: Turn
  attempts: number
  resolve: (answer: object) => void
  reject: (error: unknown) => void
}

const attemptsPerJob = 2
// What a job is thought to take until one was seen.
const firstGuessMs = 500

type Order<T extends TaskMap, K extends keyof T & string> = {
  task: K
  ask: T[K]['ask']
  /** How much of the queue's room it takes. */
  bytes: number
  turn: Turn
}

/**
 * A few processes of one kind and a short queue. A process that grows or dies costs its job one of two attempts; one that takes
 * too long costs both, for the same steps would hold the next process just as long.
 */
export class Pool<T extends TaskMap> {
  readonly #program: Program
  readonly #options: PoolOptions
  readonly #log: ProcessLog
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

  constructor(program: Program, options: PoolOptions, log: ProcessLog) {
    this.#program = program
    this.#options = options
    this.#log = log
  }

  /** Starts all children and waits until they can take work without delay. @throws ProcessFailed. */
  async warm(): Promise<void> {
    if (this.#closed) throw closedError()
    for (const child of this.#children) if (!child.alive) this.#children.delete(child)
    while (this.#children.size < this.#options.size) this.#start()
    this.#restAfterIdling()
    await Promise.all([...this.#children].map((child) => child.ready))
  }

  /**
   * Throws ProcessesBusy and `closed` at once, not by the promise; that one rejects with the program's refusal, or with
   * ProcessFailed after the last attempt.
   */
  run<K extends keyof T & string>({ task, ask, bytes, turn }: Order<T, K>): Promise<T[K]['answer']> {
    if (this.#closed) throw closedError()
    if (!this.#hasRoomFor(bytes)) {
      this.#refused++
      throw new ProcessesBusy(this.#retryAfterMs())
    }
    return new Promise<T[K]['answer']>((resolve, reject) => {
      this.#line({ job: { id: this.#nextId++, task, ask }, bytes, turn, attempts: 0, resolve, reject })
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
      [...this.#children].map((child) => child.close({ code: 'closed', reason: 'the pool is closed' })),
    )
  }

  #hasRoomFor(bytes: number): boolean {
    if (this.#queue.length === 0) return true
    const waiting = this.#queue.reduce((sum, ticket) => sum + ticket.bytes, 0)
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
    const child = new Child(this.#program, this.#options, this.#log)
    this.#children.add(child)
    this.#free.push(child)
  }

  async #attempt(child: Child, ticket: Ticket): Promise<void> {
    this.#running.set(child, ticket)
    ticket.attempts++
    const startedAt = performance.now()
    try {
      const answer = await child.run(ticket.job)
      this.#typicalMs += (performance.now() - startedAt - this.#typicalMs) / 8
      this.#done++
      ticket.resolve(answer)
    } catch (error) {
      if (child.alive || this.#closed || timedOut(error) || ticket.attempts >= attemptsPerJob) {
        this.#failed++
        if (error instanceof ProcessFailed && !this.#closed)
          this.#log.warn({ ...this.#about(ticket), err: error }, 'job failed')
        ticket.reject(error)
      } else {
        this.#log.warn({ ...this.#about(ticket), err: error }, 'job is tried again')
        this.#queue.unshift(ticket)
      }
    } finally {
      this.#running.delete(child)
      if (child.alive) this.#free.push(child)
      else this.#children.delete(child)
      if (!this.#closed) this.#dispatch()
    }
  }

  #about({ job }: Ticket) {
    return { process: this.#program.name, jobId: job.id, task: job.task }
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
  return error instanceof ProcessFailed && error.code === 'timed_out'
}

function closedError(): ProcessFailed {
  return new ProcessFailed('closed', 'the pool is closed')
}
