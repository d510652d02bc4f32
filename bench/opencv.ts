import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { run, SetupError } from '#scripts/run.ts'
import { findProgram, missingMessage } from '#scripts/system-packages.ts'
import { mediaEnvironment } from '#server/imaging/pipeline/media-program.ts'

// The system's own: another one on the path would not have the system's packages.
const python = '/usr/bin/python3'

type Command =
  { load: string; name: string; width: number; height: number } | { job: string; name: string; hash: boolean }

/** Debian's OpenCV in a process of its own that stays. */
export type OpenCv = {
  /** One command, one answer: how long the call took, and the hash of what it made if that was asked for. */
  ask(command: Command): Promise<{ ms: number; sha256: string | null }>
  close(): void
}

/** @throws SetupError with the command to install it, when it is not on this machine. */
export async function mustHaveOpenCv(): Promise<void> {
  const { code, output } = await run(python, ['-c', 'import cv2, numpy'])
  if (code !== 0) throw missing(output)
}

function missing(complaints: string): SetupError {
  const what = missingMessage(
    'Measuring against OpenCV',
    ['python3-opencv'],
    '',
    findProgram('apt-get') !== undefined,
  )
  return new SetupError(`${what}\n${complaints.trim().split('\n').at(-1) ?? ''}`)
}

/** @throws SetupError when it is not on this machine. */
export async function openCv(): Promise<OpenCv> {
  const child = spawn(python, [join(import.meta.dirname, 'opencv_worker.py')], {
    env: Object.fromEntries(Object.entries(process.env).filter(([name]) => !(name in mediaEnvironment))),
  })
  let complaints = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaints += text))
  child.once('error', (error) => (complaints += error.message))
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const next = async (): Promise<unknown> => {
    const { value, done } = await lines.next()
    if (done !== true) return JSON.parse(value)
    throw missing(complaints)
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
