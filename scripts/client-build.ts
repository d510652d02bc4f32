import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { glob, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress } from 'node:zlib'
import { mustRun } from './run.ts'
import { step, type Progress } from './steps.ts'

const brotli = promisify(brotliCompress)

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
  await step('web client: compress', (progress) => compressAssets(join(root, 'dist/client/assets'), progress))
  await writeFile(stamp, sources)
}

/** Puts `name.br` beside each text file, once and as small as can be; the server sends it to browsers that take it. */
async function compressAssets(folder: string, progress: Progress): Promise<void> {
  const names = (await readdir(folder)).filter((name) => /\.(js|css|svg|json)$/.test(name))
  let done = 0
  await Promise.all(
    names.map(async (name) => {
      const bytes = await brotli(await readFile(join(folder, name)))
      await writeFile(join(folder, `${name}.br`), bytes)
      progress(++done, names.length)
    }),
  )
}

/** Changes with everything the client is built of: its files, the wire contract, the pixel kernels, the locked packages, and how. */
async function sourceHash(root: string): Promise<string> {
  const patterns = [
    'client/**/*',
    'shared/**/*',
    'server/imaging/pipeline/kernels/**/*',
    'package-lock.json',
    'package.json',
    'scripts/client-build.ts',
  ]
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
