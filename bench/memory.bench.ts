import { spawn } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { findWorkerBin } from '#scripts/worker/find.ts'
import { waitFor } from '#test/support/wait-for.ts'
import { bounded, type BenchResult } from './result.ts'

const limitMb = 300
const settleMs = 10_000
const readings = 7

/** The embedded product with its demo clinic and one media worker, nobody there: resident memory of all its processes. */
export async function run(): Promise<BenchResult[]> {
  const dataDir = await mkdtemp(join(tmpdir(), 'bedside-memory-'))
  const server = spawn(process.execPath, [join(import.meta.dirname, '../server/main.ts')], {
    env: {
      PORT: '0',
      DATA_DIR: dataDir,
      BEDSIDE_DEMO: '1',
      MEDIASOUP_WORKERS: '1',
      MEDIASOUP_WORKER_BIN: await findWorkerBin(),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  server.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
  try {
    await waitFor('the server is ready', () => output.includes('ready:'), 60_000)
    const sums: number[] = []
    for (let reading = 0; reading < readings; reading++) {
      await pause(reading === 0 ? settleMs : 1_000)
      sums.push((await residentKb(server.pid ?? 0)) / 1024)
    }
    return [bounded('Idle memory, server and one media worker', 'MB', sums, limitMb)]
  } finally {
    server.kill('SIGTERM')
    await new Promise((resolve) => server.once('exit', resolve))
    await rm(dataDir, { recursive: true, force: true })
  }
}

/** VmRSS of a process and all below it. Pages that they share are counted for each. */
async function residentKb(root: number): Promise<number> {
  const statuses = new Map<number, { parent: number; rss: number }>()
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue
    // A process may end between the listing and the reading.
    const status = await readFile(`/proc/${name}/status`, 'utf8').catch(() => '')
    const field = (key: string) => Number(new RegExp(`^${key}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0)
    statuses.set(Number(name), { parent: field('PPid'), rss: field('VmRSS') })
  }
  const sum = (pid: number): number =>
    (statuses.get(pid)?.rss ?? 0) +
    [...statuses].filter(([, { parent }]) => parent === pid).reduce((total, [child]) => total + sum(child), 0)
  return sum(root)
}
