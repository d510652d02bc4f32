import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onRunEnd } from './run-end.ts'

/** A new empty folder, removed with all it holds at the end of the run. */
export async function tempFolder(name: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `bedside-${name}-`))
  onRunEnd(() => rm(folder, { recursive: true, force: true, maxRetries: 3 }))
  return folder
}
