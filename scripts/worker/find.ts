/**
 * Where the mediasoup worker comes from. `npm ci` runs no install scripts, so mediasoup fetches nothing by itself:
 *   1. MEDIASOUP_WORKER_BIN, when given;
 *   2. the user's cache, by mediasoup version, platform and architecture, shared by all checkouts;
 *   3. the official prebuilt program, by mediasoup's own script;
 *   4. a build from the source in the npm package, against the distribution's libraries (some minutes, once).
 */
import { copyFile, mkdir, readFile, rename } from 'node:fs/promises'
import { arch, homedir, platform } from 'node:os'
import { dirname, join } from 'node:path'
import { existsSync } from 'node:fs'
import { run, SetupError } from '../run.ts'
import { step } from '../steps.ts'
import { buildWorker } from './build.ts'

const mediasoup = join(import.meta.dirname, '../../node_modules/mediasoup')
/** What the worker answers when it starts without a version to talk to, on purpose: it runs on this machine. */
const startsExitCode = 41
const reachableMs = 5_000
const downloadMs = 120_000

/** The path of a worker that starts on this machine; finds, downloads or builds it. Throws SetupError with what to do. */
export async function findWorkerBin(): Promise<string> {
  const given = process.env['MEDIASOUP_WORKER_BIN']
  if (given !== undefined && given !== '') {
    if (await starts(given)) return given
    throw new SetupError(
      `MEDIASOUP_WORKER_BIN=${given} is not a mediasoup worker that starts on this machine.`,
    )
  }
  const { version } = JSON.parse(await readFile(join(mediasoup, 'package.json'), 'utf8')) as {
    version: string
  }
  const cached = cachedWorker(process.env, homedir(), `${version}-${platform()}-${arch()}`)
  if (existsSync(cached)) {
    if (await starts(cached)) return cached
    process.stdout.write(`  ${cached} does not start on this machine any more; getting another\n`)
  }
  if (!(await downloadPrebuilt(cached))) await buildWorker(mediasoup, cached)
  await step('mediasoup worker: first start', () => startOnce(cached))
  return cached
}

/** Where a worker is kept for all checkouts of this user. */
export function cachedWorker(env: NodeJS.ProcessEnv, home: string, key: string): string {
  const cache = env['XDG_CACHE_HOME'] || join(home, '.cache')
  return join(cache, 'bedside/mediasoup-worker', key, 'mediasoup-worker')
}

async function starts(path: string): Promise<boolean> {
  const { code } = await run(path, [], { env: {}, timeoutMs: 5_000 })
  return code === startsExitCode
}

async function downloadPrebuilt(target: string): Promise<boolean> {
  const source = process.env['MEDIASOUP_WORKER_PREBUILT_DOWNLOAD_BASE_URL'] || 'https://github.com'
  const reached = await step(`mediasoup worker: ask ${new URL(source).host} for the official program`, () =>
    answers(source),
  )
  if (!reached) {
    process.stdout.write('  it cannot be reached from here; building from source instead\n')
    return false
  }
  const built = join(mediasoup, 'worker/out/Release/mediasoup-worker')
  const { code } = await step('mediasoup worker: download', () =>
    run(process.execPath, ['npm-scripts.mjs', 'postinstall'], {
      cwd: mediasoup,
      // Without a Python that works, mediasoup's script ends here instead of starting its own build.
      env: { ...process.env, PYTHON: 'false' },
      timeoutMs: downloadMs,
    }),
  )
  if (code !== 0 || !(await starts(built))) {
    process.stdout.write('  no official program for this machine; building from source instead\n')
    return false
  }
  await mkdir(dirname(target), { recursive: true })
  const copy = `${target}.${process.pid}`
  await copyFile(built, copy)
  await rename(copy, target)
  return true
}

/** Whether anything at all answers at this address, be it a refusal. */
async function answers(url: string): Promise<boolean> {
  try {
    await fetch(url, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(reachableMs) })
    return true
  } catch (error) {
    if (error instanceof TypeError || error instanceof DOMException) return false
    throw error
  }
}

/** The real thing: mediasoup starts it, talks to it over its channel and makes a router. */
async function startOnce(workerBin: string): Promise<void> {
  const { createWorker } = await import('mediasoup')
  const worker = await createWorker({ workerBin, logLevel: 'error' })
  await worker.createRouter()
  worker.close()
}
