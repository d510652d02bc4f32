import { createHash } from 'node:crypto'
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Context } from 'mocha'
import { findProgram } from '#scripts/system-packages.ts'
import { skipBecause } from './skip.ts'

/** Where packages can be installed a missing tool is a failure; elsewhere the tests are skipped, counted and printed. */
export function needsDicomTools(context: Context): void {
  const missing = ['dciodvfy', 'dcmdump', 'dcmdjpeg'].filter((name) => findProgram(name) === undefined)
  if (missing.length === 0) return
  const reason = `${missing.join(', ')} missing: install the Debian packages dicom3tools and dcmtk`
  if (process.getuid?.() === 0) throw new Error(reason)
  skipBecause(context, reason)
}

export type Judged = {
  /** As dciodvfy calls it, such as VLPhotographicImage. */
  iod: string
  /** Every error and warning. */
  complaints: string[]
}

/** What David Clunie's dciodvfy says of a file. */
export async function judge(dicom: Uint8Array): Promise<Judged> {
  const said = await withFile(dicom, (file) => output('dciodvfy', [file]))
  const lines = said.split('\n').filter((line) => line.trim() !== '')
  const complaints = lines.filter((line) => /error|warning/i.test(line))
  return { iod: lines.find((line) => !complaints.includes(line)) ?? '', complaints }
}

/** What dcmtk reads: each attribute on a line, in UTF-8. */
export function dump(dicom: Uint8Array): Promise<string> {
  return withFile(dicom, (file) => output('dcmdump', ['+L', '-q', file]))
}

/** The value of an attribute at the top level, by its keyword; null when it is not there. */
export function valueIn(dumped: string, keyword: string): string | null {
  const line = dumped.split('\n').find((text) => text.startsWith('(') && text.endsWith(` ${keyword}`))
  if (line === undefined) return null
  const value = /^\(\w{4},\w{4}\) \w\w (?:\[(.*?)\] *|(.*?)) +# /.exec(line)
  return (value?.[1] ?? value?.[2] ?? '').trim()
}

/** The fragments of the encapsulated pixels, as dcmtk takes them out: the offset table first. */
export async function fragmentsOf(dicom: Uint8Array): Promise<{ bytes: Buffer; sha256: string }[]> {
  const folder = await mkdtemp(join(tmpdir(), 'bedside-dicom-'))
  try {
    const file = join(folder, 'picture.dcm')
    await writeFile(file, dicom)
    await output('dcmdump', ['-q', '+W', folder, file])
    const fragments: { bytes: Buffer; sha256: string }[] = []
    for (let index = 0; ; index++) {
      const bytes = await readIfThere(join(folder, `picture.dcm.${index}.raw`))
      if (!bytes) return fragments
      fragments.push({ bytes, sha256: createHash('sha256').update(bytes).digest('hex') })
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function readIfThere(file: string): Promise<Buffer | null> {
  try {
    return await readFile(file)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

async function withFile<T>(bytes: Uint8Array, work: (file: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'bedside-dicom-'))
  try {
    const file = join(folder, 'picture.dcm')
    await writeFile(file, bytes)
    return await work(file)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Both streams: dciodvfy complains on either. */
function output(program: string, args: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(program, args, { maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      // dciodvfy leaves with 1 when it has something to say.
      if (error && typeof error.code === 'string')
        reject(new Error(`${program} did not run`, { cause: error }))
      else resolve(`${stderr}\n${stdout}`)
    })
  })
}
