import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { signIn } from '#shared/identity.ts'
import { setSwitch, type RecognitionSwitch } from '#shared/imaging-recognition.ts'
import { cancelAppointment, readSchedule } from '#shared/scheduling.ts'
import { hourMs } from '#shared/time.ts'
import { buildClient } from '#scripts/client-build.ts'
import { findWorkerBin } from '#scripts/worker/find.ts'
import { createServer } from '#server/compose.ts'
import type { House, RunningServer } from '#server/compose.ts'
import { parseConfig } from '#server/config.ts'
import { demoPassword } from '#server/demo/cast.ts'
import { createLog } from '#server/platform/log.ts'
import { openChannel } from '#sfu/channel.ts'
import { Client } from './client.ts'
import { sharedMariadb } from './mariadb.ts'
import { addressOfReady, startProgram } from './program.ts'
import { sharedRedis } from './redis.ts'
import { aSfu, quiet } from './sfu.ts'
import { tempFolder } from './temp.ts'

/** `embedded`: one process with SQLite. `spread`: two servers, two media servers, MariaDB and Redis. */
export type Shape = 'embedded' | 'spread'

/** Where people meet. */
export type Venue = {
  /** Where the scheduler and the patient go. */
  url: string
  /** Where the doctor goes: another server in the spread shape. */
  doctorsUrl: string
  /** Cancels what is booked with this doctor in the next hour, so that a visit can be booked that is due now. */
  freesTheNextHour(doctor: string): Promise<void>
  close(): Promise<void>
}

/** The demo clinic as a product: the built pages, real servers, the present time. */
export type DemoClinic = Venue & {
  houses: readonly House[]
  log: readonly string[]
  /** The administrator lets the computer do this in the whole hospital. */
  switchesOn(...names: RecognitionSwitch[]): Promise<void>
  /** Kills every process that carries media for this clinic right now, as the kernel would. */
  killMediaWorkers(): Promise<void>
}

const sfuSecret = 'q8Zr2LmXv5TnJd7WsYk3HbPf9CgRaEuNtVoKiMxD'

/** `further`: settings by their names in the environment. */
export async function openDemoClinic(
  shape: Shape,
  further: Record<string, string> = {},
): Promise<DemoClinic> {
  await buildClient(join(import.meta.dirname, '../..'))
  const others = new Set(await mediaWorkers())
  const log: string[] = []
  const closing: (() => Promise<unknown>)[] = []
  const settings: Record<string, string> = {
    ...(await usualSettings()),
    LOG_LEVEL: 'debug',
    ...(shape === 'spread' ? await spreadSettings(closing) : {}),
    ...further,
  }
  const servers: RunningServer[] = []
  for (let count = 0; count < (shape === 'spread' ? 2 : 1); count++) {
    servers.push(
      await createServer(parseConfig(settings), {
        log: createLog({ level: 'debug' }, { write: (line) => void log.push(line) }),
        demoZone: zoneOfMorning(),
      }),
    )
  }
  const [first, second = first] = servers
  if (!first || !second) throw new Error('a clinic has at least one server')
  return {
    url: first.url,
    doctorsUrl: second.url,
    houses: servers.map(({ house }) => house),
    log,
    freesTheNextHour: (doctor) => freesTheNextHour(first.url, doctor),
    async switchesOn(...names) {
      const office = new Client(first.url)
      const { organization } = await office.call(signIn, {
        body: { email: 'admin@demo.bedside.example', password: demoPassword },
      })
      for (const name of names)
        await office.call(setSwitch, {
          params: { organizationId: organization.id, name },
          body: { on: true },
        })
    },
    async killMediaWorkers() {
      for (const pid of await mediaWorkers()) if (!others.has(pid)) process.kill(pid, 'SIGKILL')
    },
    async close() {
      for (const server of servers) await server.close()
      for (const close of closing) await close()
    },
  }
}

async function usualSettings() {
  return {
    NODE_ENV: 'test',
    PORT: '0',
    DATA_DIR: await tempFolder('demo'),
    BEDSIDE_DEMO: '1',
    BEDSIDE_SECRET: 'b3X9wq7LrT2uVn5Zk8PmJd4HsFy6CgEaNiQoRtUv',
    MEDIASOUP_WORKER_BIN: await findWorkerBin(),
    MEDIASOUP_WORKERS: '1',
  }
}

/** The embedded demo clinic as a program of its own: what is timed does not share a thread with who times it. */
export async function startDemoProgram(): Promise<Venue> {
  await buildClient(join(import.meta.dirname, '../..'))
  const path = process.env['PATH'] ?? ''
  const server = startProgram('server/main.ts', {
    ...(await usualSettings()),
    PATH: path,
    TZ: zoneOfMorning(),
  })
  const url = await addressOfReady(server, 30_000)
  return {
    url,
    doctorsUrl: url,
    freesTheNextHour: (doctor) => freesTheNextHour(url, doctor),
    async close() {
      server.child.kill('SIGTERM')
      await server.ended()
    },
  }
}

/** Of a demo clinic at this address; see DemoClinic. */
export async function freesTheNextHour(url: string, doctor: string): Promise<void> {
  const desk = new Client(url)
  await desk.call(signIn, { body: { email: 'scheduler@demo.bedside.example', password: demoPassword } })
  const from = Date.now()
  const { appointments } = await desk.call(readSchedule, { query: { from, to: from + hourMs } })
  for (const { id, version, status, practitioner } of appointments) {
    if (status !== 'booked' || practitioner.displayName !== doctor) continue
    await desk.call(cancelAppointment, {
      params: { appointmentId: id },
      body: { version, reason: '' },
    })
  }
}

async function spreadSettings(closing: (() => Promise<unknown>)[]) {
  const urls: string[] = []
  for (let count = 0; count < 2; count++) {
    const sfu = await aSfu()
    const channel = await openChannel({
      sfu,
      host: '127.0.0.1',
      port: 0,
      secret: sfuSecret,
      log: quiet,
      now: Date.now,
    })
    urls.push(`http://127.0.0.1:${channel.port}`)
    closing.push(() => sfu.close(), () => channel.close()) // prettier-ignore
  }
  return {
    DATABASE_URL: await (await sharedMariadb()).createDatabase('demo'),
    REDIS_URL: (await sharedRedis()).url,
    SFU_URLS: urls.join(','),
    SFU_SECRET: sfuSecret,
  }
}

/** A zone in which it is ten in the morning now, so that the clinic's day does not end during a test. */
export function zoneOfMorning(): string {
  const ahead = 10 - new Date().getUTCHours()
  const west = ahead < -12 ? -(ahead + 24) : -ahead
  return `Etc/GMT${west < 0 ? west : `+${west}`}`
}

/** The media workers that this process has started, by process id. */
async function mediaWorkers(): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const workers = await Promise.all(
    pids.map(async (pid) => {
      const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
      const ours = new RegExp(`^PPid:\\s+${process.pid}$`, 'm').test(status)
      return ours && /^Name:\s+mediasoup/m.test(status) ? [Number(pid)] : []
    }),
  )
  return workers.flat()
}
