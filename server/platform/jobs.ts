import { DomainError } from '#shared/errors.ts'
import type { Logger } from './log.ts'

export type QueueLimits = {
  /** How many run at once. */
  running: number
  /** How many may wait; one more is refused with `busy`. */
  waiting: number
  /** How long a piece of work may take before its caller is told `busy`. */
  timeoutMs: number
}

/** Runs work when its turn comes. `signal` aborts when the time is up or the process ends. */
export type Queue = <T>(work: (signal: AbortSignal) => Promise<T>) => Promise<T>

export type Jobs = {
  /** A bounded line with a name: for work that would otherwise take all cores or all memory. */
  queue(name: string, limits: QueueLimits): Queue
  /** Repeats the work, never twice at once, until the end; a failure is logged and the next round comes as planned. */
  every(name: string, ms: number, work: () => Promise<void>): void
  /** Takes nothing new, aborts what runs, waits for it. */
  close(): Promise<void>
}

export function createJobs({ log }: { log: Logger }): Jobs {
  const end = new AbortController()
  const timers = new Set<NodeJS.Timeout>()
  const underWay = new Set<Promise<unknown>>()

  function follow<T>(work: Promise<T>): Promise<T> {
    const settled: Promise<unknown> = work.then(
      () => underWay.delete(settled),
      () => underWay.delete(settled),
    )
    underWay.add(settled)
    return work
  }

  return {
    queue(name, { running, waiting, timeoutMs }) {
      let free = running
      const line: (() => void)[] = []

      async function turn(): Promise<void> {
        if (end.signal.aborted) throw new DomainError('busy', { part: name })
        if (free > 0) return void free--
        if (line.length >= waiting) throw new DomainError('busy', { part: name })
        await new Promise<void>((resolve) => line.push(resolve))
      }
      function leave(): void {
        const next = line.shift()
        if (next) next()
        else free++
      }
      return async (work) => {
        await turn()
        const signal = AbortSignal.any([end.signal, AbortSignal.timeout(timeoutMs)])
        // The place is free again when the work has really stopped, not when its caller gave up.
        const done = follow((async () => work(signal))().finally(leave))
        return unlessAborted(done, signal, name)
      }
    },
    every(name, ms, work) {
      let running = false
      const timer = setInterval(() => {
        if (running) return
        running = true
        const round = work()
          .catch((error: unknown) =>
            log.warn({ err: error, job: name }, 'job failed; it runs again as planned'),
          )
          .finally(() => (running = false))
        void follow(round)
      }, ms)
      timers.add(timer.unref())
    },
    async close() {
      end.abort()
      for (const timer of timers) clearInterval(timer)
      await Promise.all(underWay)
    },
  }
}

function unlessAborted<T>(work: Promise<T>, signal: AbortSignal, name: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(new DomainError('busy', { part: name }))
    signal.addEventListener('abort', abort, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}
