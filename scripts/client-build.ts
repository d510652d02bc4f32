import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { glob, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { mustRun } from './run.ts'
import { step } from './steps.ts'

/** Builds the web client into dist/client, unless the last build was made of the same files. */
export async function buildClient(root: string): Promise<void> {
  const stamp = join(root, 'dist/client.sha256')
  const sources = await sourceHash(root)
  const last = existsSync(stamp) ? await readFile(stamp, 'utf8') : ''
  if (last === sources && existsSync(join(root, 'dist/client/index.html'))) return
  await step('web client: build', async (progress) => {
    const vite = join(root, 'node_modules/vite/bin/vite.js')
    await mustRun(
      process.execPath,
      [vite, 'build', '--config', 'client/vite.config.ts', '--logLevel', 'warn'],
      {
        cwd: root,
      },
    )
    progress(1, 1)
  })
  await writeFile(stamp, sources)
}

/** Changes with everything the client is built of: its files, the wire contract, the locked packages. */
async function sourceHash(root: string): Promise<string> {
  const patterns = ['client/**/*', 'shared/**/*', 'package-lock.json', 'package.json']
  const files = []
  for await (const entry of glob(patterns, { cwd: root, withFileTypes: true })) {
    if (entry.isFile() && !/\.test\.tsx?$/.test(entry.name)) files.push(join(entry.parentPath, entry.name))
  }
  const hash = createHash('sha256')
  for (const file of files.sort())
    hash
      .update(file.slice(root.length))
      .update('\0')
      .update(await readFile(file))
  return hash.digest('hex')
}
