import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { SetupError } from '#scripts/run.ts'
import { mediaEnvironment } from '#server/imaging/pipeline/media-program.ts'

type Command =
  { load: string; name: string; width: number; height: number } | { job: string; name: string; hash: boolean }

/** Debian's OpenCV in a process of its own that stays. */
export type OpenCv = {
  /** One command, one answer: how long the call took, and the hash of what it made if that was asked for. */
  ask(command: Command): Promise<{ ms: number; sha256: string | null }>
  close(): void
}

/** @throws SetupError when it is not on this machine. */
export async function openCv(): Promise<OpenCv> {
  // The system's own Python: another one on the path would not have the system's packages.
  const child = spawn('/usr/bin/python3', [join(import.meta.dirname, 'opencv_worker.py')], {
    env: Object.fromEntries(Object.entries(process.env).filter(([name]) => !(name in mediaEnvironment))),
  })
  let complaints = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaints += text))
  child.once('error', (error) => (complaints += error.message))
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const next = async (): Promise<unknown> => {
    const { value, done } = await lines.next()
    if (done !== true) return JSON.parse(value)
    throw new SetupError(
      `Measuring the kernels needs OpenCV for Python: sudo apt-get install python3-opencv\n${complaints}`,
    )
  }
  await next()
  return {
    async ask(command) {
      child.stdin.write(`${JSON.stringify(command)}\n`)
      return (await next()) as { ms: number; sha256: string | null }
    },
    close: () => child.stdin.end(),
  }
}
