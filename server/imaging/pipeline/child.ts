import { fork, type ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { ImageRejected, PipelineFailed } from './errors.ts'
import type { Derived } from './derive.ts'
import type { FromChild, Job } from './protocol.ts'
import type { PipelineLog } from './log.ts'

const entry = fileURLToPath(new URL('worker.ts', import.meta.url))
const memoryCheckMs = 100

// The malloc settings give freed pictures back to the system: 145 MB instead of 190 MB after 4K snapshots. Large pages
// make it three times cheaper to take the next picture's room from the system (glibc; others do not read it).
export const mediaEnvironment = {
  GLIBC_TUNABLES: 'glibc.malloc.hugetlb=1',
  MALLOC_ARENA_MAX: '1',
  MALLOC_MMAP_THRESHOLD_: '262144',
  MALLOC_TRIM_THRESHOLD_: '131072',
  UV_THREADPOOL_SIZE: '2',
  VIPS_BLOCK_UNTRUSTED: '1',
}

export type ChildLimits = { startTimeoutMs: number; jobTimeoutMs: number; memoryLimitMb: number }

type End = { code: PipelineFailed['code']; reason: string }
type Waiting = { resolve: (message: FromChild) => void; reject: (error: PipelineFailed) => void }

/** One media process and its life: start, one job at a time, and an end that is final. */
export class Child {
  readonly #process: ChildProcess
  readonly #limits: ChildLimits
  readonly #log: PipelineLog
  readonly #exited: Promise<void>
  readonly ready: Promise<void>
  #waiting: Waiting | null = null
  #end: End | null = null
  #started = false

  constructor(limits: ChildLimits, log: PipelineLog) {
    this.#limits = limits
    this.#log = log
    this.#process = fork(entry, [], {
      serialization: 'advanced',
      // Nothing of the server's environment: no secrets to steal, and these settings whatever it was started with.
      env: mediaEnvironment,
      execArgv: ['--max-old-space-size=96', '--max-semi-space-size=1'],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    })
    this.#process.stderr?.setEncoding('utf8').on('data', (text: string) => {
      log.warn({ pid: this.pid, text: text.slice(0, 500) }, 'media process wrote to stderr')
    })
    this.#exited = new Promise((resolve) => this.#process.once('close', resolve))
    this.#process.on('message', (message: FromChild) => this.#settle(message))
    this.#process.once('exit', (code, signal) => {
      this.#fail({ code: 'crashed', reason: `the media process ended (${signal ?? code})` })
    })
    this.#process.once('error', (error) => {
      this.#fail({ code: 'unavailable', reason: `the media process did not start: ${error.message}` })
    })
    this.ready = this.#wait(limits.startTimeoutMs, 'unavailable').then(() => {
      this.#started = true
    })
    // Whoever waits is told; a child that fails before anyone waits must not bring the server down.
    this.ready.catch((error: unknown) => log.error({ pid: this.pid, err: error }, 'media process not ready'))
  }

  get pid(): number | null {
    return this.#process.pid ?? null
  }

  get alive(): boolean {
    return this.#end === null
  }

  get started(): boolean {
    return this.#started
  }

  /** Resident memory in bytes; null where the system does not tell (anything but Linux). */
  get rssBytes(): number | null {
    return this.pid === null ? null : residentBytes(this.pid)
  }

  /** Does one job. @throws ImageRejected for the picture's faults, PipelineFailed for ours. */
  async run(job: Job): Promise<Derived> {
    await this.ready
    const answer = this.#wait(this.#limits.jobTimeoutMs, 'timed_out')
    this.#process.send(job, (error) => {
      if (error) this.#fail({ code: 'crashed', reason: `the media process is gone: ${error.message}` })
    })
    const watch = setInterval(() => this.#checkMemory(), memoryCheckMs)
    try {
      const message = await answer
      switch (message.state) {
        case 'done':
          return { ...message.outcome, recipe: job.recipe }
        case 'rejected':
          throw new ImageRejected(message.code, message.reason)
        case 'failed':
          throw new PipelineFailed('internal', message.reason)
        case 'ready':
          throw new PipelineFailed('internal', 'the media process started twice')
      }
    } finally {
      clearInterval(watch)
    }
  }

  /** Ends the process at once, whatever it does. Resolves when it is gone; may be called again. */
  async close(end: End): Promise<void> {
    this.#fail(end)
    await this.#exited
  }

  #wait(timeoutMs: number, code: PipelineFailed['code']): Promise<FromChild> {
    return new Promise<FromChild>((resolve, reject) => {
      if (this.#end) return reject(new PipelineFailed(this.#end.code, this.#end.reason))
      const timer = setTimeout(
        () => this.#fail({ code, reason: `no answer within ${timeoutMs} ms` }),
        timeoutMs,
      )
      const done = () => {
        clearTimeout(timer)
        this.#waiting = null
      }
      this.#waiting = {
        resolve: (message) => (done(), resolve(message)),
        reject: (error) => (done(), reject(error)),
      }
    })
  }

  #settle(message: FromChild): void {
    this.#waiting?.resolve(message)
  }

  /** The first reason is the one that counts: the exit that follows a kill is not a crash. */
  #fail(end: End): void {
    if (this.#end) return
    this.#end = end
    this.#log.info({ pid: this.pid, ...end }, 'media process ends')
    this.#process.kill('SIGKILL')
    this.#waiting?.reject(new PipelineFailed(end.code, end.reason))
  }

  #checkMemory(): void {
    const rss = this.rssBytes
    const limit = this.#limits.memoryLimitMb
    if (rss !== null && rss > limit * 1024 * 1024) {
      this.#fail({ code: 'out_of_memory', reason: `the media process grew beyond ${limit} MB` })
    }
  }
}

function residentBytes(pid: number): number | null {
  if (process.platform !== 'linux') return null
  try {
    const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1]
    return kilobytes === undefined ? null : Number(kilobytes) * 1024
  } catch (error) {
    // The process may end between the question and the answer.
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH'))
      return null
    throw error
  }
}
