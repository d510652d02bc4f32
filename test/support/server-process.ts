import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { findProgram } from '#scripts/system-packages.ts'
import { waitFor } from './wait-for.ts'

export interface ServerProgram {
  /** As people call it, for messages. */
  name: string
  /** The program to look for on the path. */
  program: string
  args: string[]
  /** Resolves when it answers; is called again and again until then. */
  answers: () => Promise<unknown>
}

/** A server of somebody else's, such as a database, that tests start, stop, kill and start again. */
export class ServerProcess {
  readonly #server: ServerProgram
  #child: ChildProcess | undefined
  #output: string[] = []

  constructor(server: ServerProgram) {
    this.#server = server
  }

  /** The process id while it runs. */
  get pid(): number | undefined {
    return this.#child?.pid
  }

  /** Starts it and waits until it answers. Does nothing when it runs already. */
  async start(): Promise<void> {
    if (this.#child !== undefined) return
    const program = findProgram(this.#server.program)
    if (program === undefined)
      throw new Error(`${this.#server.program} is not installed; npm test installs it`)
    const [command, args] = endingWithUs(program, this.#server.args)
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    this.#child = child
    this.#output = []
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => this.#output.push(text))
    }
    child.once('error', (error) => this.#output.push(error.message))
    child.once('exit', () => {
      if (this.#child === child) this.#child = undefined
    })
    const endedEarly = (): boolean => this.#child !== child
    await waitFor(
      `${this.#server.name} answers`,
      async () => endedEarly() || (await this.#server.answers().then(() => true)),
      30_000,
    )
    if (endedEarly())
      throw new Error(`${this.#server.name} ended early:\n${this.#output.join('').slice(-4000)}`)
  }

  /** Ends it in an orderly way; what it stores on disk stays. */
  stop(): Promise<void> {
    return this.kill('SIGTERM')
  }

  /** Sends a signal and waits until the process is gone, except for SIGSTOP and SIGCONT, which only pause and resume it. */
  async kill(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child
    if (child === undefined) return
    const gone = once(child, 'exit')
    child.kill(signal)
    if (signal === 'SIGSTOP' || signal === 'SIGCONT') return
    await gone
  }

  async restart(): Promise<void> {
    await this.stop()
    await this.start()
  }
}

/** Where the system can do it, the server is ended with the test process even when that is killed outright. */
function endingWithUs(program: string, args: string[]): [string, string[]] {
  const setpriv = findProgram('setpriv')
  return setpriv === undefined ? [program, args] : [setpriv, ['--pdeathsig', 'TERM', program, ...args]]
}
