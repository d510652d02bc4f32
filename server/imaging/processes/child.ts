import { fork, type ChildProcess } from 'node:child_process'
import { closeSync, readFileSync } from 'node:fs'
import { ProcessFailed } from './errors.ts'
import { collect, openMemoryFile, place } from './memory-file.ts'
import type { FromChild, Job, Placed, ToChild } from './protocol.ts'
import type { ProcessLog } from './log.ts'

const memoryCheckMs = 100

export type ChildLimits = { startTimeoutMs: number; jobTimeoutMs: number; memoryLimitMb: number }

/** What a process runs, and with what. */
export type Program = {
  /** For logs and errors: `media`, `recognition`. */
  name: string
  entry: string
  /** All of its environment: nothing of the server's, so there are no secrets to steal. */
  env: Record<string, string>
  execArgv: readonly string[]
  /** What to throw when it refuses what it was given. */
  refused: (code: string, reason: string) => Error
}

type End = { code: ProcessFailed['code']; reason: string }
type Waiting = { resolve: (message: FromChild) => void; reject: (error: ProcessFailed) => void }

/** One child process and its life: start, one job at a time, and an end that is final. */
export class Child {
  readonly #process: ChildProcess
  readonly #program: Program
  readonly #limits: ChildLimits
  readonly #log: ProcessLog
  readonly #exited: Promise<void>
  readonly ready: Promise<void>
  #waiting: Waiting | null = null
  #end: End | null = null
  #started = false
  /** Large bytes go this way instead of the channel, which copies them several times and wakes both sides for each piece. */
  #memoryFile = openMemoryFile()

  constructor(program: Program, limits: ChildLimits, log: ProcessLog) {
    this.#program = program
    this.#limits = limits
    this.#log = log
    this.#process = fork(program.entry, [], {
      serialization: 'advanced',
      env: program.env,
      execArgv: [...program.execArgv],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc', ...(this.#memoryFile === null ? [] : [this.#memoryFile])],
    })
    this.#process.stderr?.setEncoding('utf8').on('data', (text: string) => {
      log.warn({ ...this.#who, text: text.slice(0, 500) }, 'child process wrote to stderr')
    })
    this.#exited = new Promise((resolve) => {
      this.#process.once('close', () => {
        if (this.#memoryFile !== null) closeSync(this.#memoryFile)
        // The number may be another file's from now on.
        this.#memoryFile = null
        resolve()
      })
    })
    this.#process.on('message', (message: FromChild) => this.#settle(message))
    this.#process.once('exit', (code, signal) => {
      this.#fail({ code: 'crashed', reason: `the ${program.name} process ended (${signal ?? code})` })
    })
    this.#process.once('error', (error) => {
      this.#fail({
        code: 'unavailable',
        reason: `the ${program.name} process did not start: ${error.message}`,
      })
    })
    this.ready = this.#wait(limits.startTimeoutMs, 'unavailable').then(() => {
      this.#started = true
    })
    // Whoever waits is told; a child that fails before anyone waits must not bring the server down.
    this.ready.catch((error: unknown) => log.error({ ...this.#who, err: error }, 'child process not ready'))
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

  /** Does one job. @throws what the program makes of a refusal; ProcessFailed for our faults. */
  async run(job: Job): Promise<object> {
    await this.ready
    const message = this.#toChild(job)
    const answer = this.#wait(this.#limits.jobTimeoutMs, 'timed_out')
    this.#process.send(message, (error) => {
      if (error) this.#fail({ code: 'crashed', reason: `the process is gone: ${error.message}` })
    })
    const watch = setInterval(() => this.#checkMemory(), memoryCheckMs)
    try {
      return this.#answerOf(await answer)
    } finally {
      clearInterval(watch)
    }
  }

  /** Ends the process at once, whatever it does. Resolves when it is gone; may be called again. */
  async close(end: End): Promise<void> {
    this.#fail(end)
    await this.#exited
  }

  get #who() {
    return { process: this.#program.name, pid: this.pid }
  }

  #toChild(job: Job): ToChild {
    if (this.#memoryFile === null) return { ...job, placed: null }
    const { rest, placed } = place(this.#memoryFile, job.ask)
    return { ...job, ask: rest, placed }
  }

  #answerOf(message: FromChild): object {
    switch (message.state) {
      case 'done':
        return message.placed.length === 0 ? message.answer : this.#collect(message)
      case 'refused':
        throw this.#program.refused(message.code, message.reason)
      case 'failed':
        throw new ProcessFailed('internal', message.reason)
      case 'ready':
        throw new ProcessFailed('internal', 'the process started twice')
    }
  }

  #collect({ answer, placed }: { answer: object; placed: readonly Placed[] }): object {
    try {
      if (this.#memoryFile === null) throw new Error('its memory is gone')
      return collect(this.#memoryFile, answer, placed)
    } catch (error) {
      const end = {
        code: 'internal',
        reason: `the ${this.#program.name} process answered: ${String(error)}`,
      } as const
      this.#fail(end)
      throw new ProcessFailed(end.code, end.reason)
    }
  }

  #wait(timeoutMs: number, code: ProcessFailed['code']): Promise<FromChild> {
    return new Promise<FromChild>((resolve, reject) => {
      if (this.#end) return reject(new ProcessFailed(this.#end.code, this.#end.reason))
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
    this.#log.info({ ...this.#who, ...end }, 'child process ends')
    this.#process.kill('SIGKILL')
    this.#waiting?.reject(new ProcessFailed(end.code, end.reason))
  }

  #checkMemory(): void {
    const rss = this.rssBytes
    const limit = this.#limits.memoryLimitMb
    if (rss !== null && rss > limit * 1024 * 1024) {
      this.#fail({
        code: 'out_of_memory',
        reason: `the ${this.#program.name} process grew beyond ${limit} MB`,
      })
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
