import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { onRunEnd } from './run-end.ts'
import { waitFor } from './wait-for.ts'

const root = join(import.meta.dirname, '../..')

export type Program = {
  child: ChildProcess
  /** All that it has printed so far. */
  text(): string
  /** Its exit code; null when a signal ended it. */
  ended(): Promise<number | null>
}

/** Starts a file of ours as people do, in a process of its own with this environment and no other. */
export function startProgram(
  file: string,
  env: Record<string, string>,
  args: readonly string[] = [],
): Program {
  const child = spawn(process.execPath, [join(root, file), ...args], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onRunEnd(async () => void child.kill('SIGKILL'))
  const output: string[] = []
  child.stdout.setEncoding('utf8').on('data', (text: string) => output.push(text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => output.push(text))
  const exited = once(child, 'exit')
  return {
    child,
    text: () => output.join(''),
    async ended() {
      const [code] = (await exited) as [number | null]
      return code
    },
  }
}

/** Waits until a server that was started says where it is. */
export function addressOfReady(server: Program, timeoutMs: number): Promise<string> {
  return waitFor(
    'the server says that it is ready',
    () => {
      if (server.child.exitCode !== null) throw new Error(server.text())
      return /ready: (http:\S+)/.exec(server.text())?.[1] ?? ''
    },
    timeoutMs,
  )
}
