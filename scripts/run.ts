import { spawn, type SpawnOptions } from 'node:child_process'
import { createInterface } from 'node:readline'

export interface RunOptions {
  cwd?: string
  env?: NodeJS.ProcessEnv
  /** The program is stopped and the run fails when it takes longer. */
  timeoutMs?: number
  /** Called with every line of output as it comes. */
  onLine?: (line: string) => void
}

export interface RunResult {
  /** The exit code; 1 when the program was ended by a signal or could not be started. */
  code: number
  /** Standard output and error as they came, without the final line break. */
  output: string
}

/** Runs a program to its end and collects what it said. A program that cannot be started is a result, not an error. */
export function run(command: string, args: string[], options: RunOptions = {}): Promise<RunResult> {
  const { promise, resolve } = Promise.withResolvers<RunResult>()
  const spawnOptions: SpawnOptions = { stdio: ['ignore', 'pipe', 'pipe'] }
  if (options.cwd !== undefined) spawnOptions.cwd = options.cwd
  if (options.env !== undefined) spawnOptions.env = options.env
  if (options.timeoutMs !== undefined) spawnOptions.timeout = options.timeoutMs
  const child = spawn(command, args, spawnOptions)
  const lines: string[] = []
  for (const stream of [child.stdout, child.stderr]) {
    if (stream === null) continue
    createInterface({ input: stream }).on('line', (line) => {
      lines.push(line)
      options.onLine?.(line)
    })
  }
  child.once('error', (error) => resolve({ code: 1, output: error.message }))
  child.once('close', (code) => resolve({ code: code ?? 1, output: lines.join('\n') }))
  return promise
}

/** Like {@link run}, for a program that must succeed: throws with its last lines otherwise. */
export async function mustRun(command: string, args: string[], options: RunOptions = {}): Promise<string> {
  const { code, output } = await run(command, args, options)
  if (code === 0) return output
  throw new SetupError(`${command} ${args.slice(0, 3).join(' ')} failed (${code}):\n${lastLines(output, 25)}`)
}

function lastLines(text: string, count: number): string {
  return text.split('\n').slice(-count).join('\n')
}

/** Something the person at the keyboard can act on; shown without a stack. */
export class SetupError extends Error {
  override name = 'SetupError'
}

/** Runs the body of a script; what a person can act on is shown without a stack, and the exit code is 1. */
export async function runScript(body: () => Promise<void>): Promise<void> {
  try {
    await body()
  } catch (error) {
    process.stderr.write(`\n${explain(error)}\n`)
    process.exitCode = 1
  }
}

/** What a person can act on without a stack, everything else with it. */
export function explain(error: unknown): string {
  if (error instanceof SetupError) return error.message
  return String(error instanceof Error ? error.stack : error)
}
