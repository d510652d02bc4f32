import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer, type House } from '#server/compose.ts'
import { parseConfig } from '#server/config.ts'
import type { DemoInfo } from '#server/identity/index.ts'
import { createLog } from '#server/platform/log.ts'

/** A demo clinic of its own in a temporary folder, in the middle of its working morning. */
export interface DemoClinic {
  url: string
  zone: string
  house: House
  info: DemoInfo
  /** Ends the server and removes the folder. */
  close(): Promise<void>
}

/** A city for every hour, so that it is ten in the morning somewhere. */
const cities = [
  'Pacific/Honolulu',
  'America/Anchorage',
  'America/Los_Angeles',
  'America/Denver',
  'America/Chicago',
  'America/New_York',
  'America/Halifax',
  'America/Sao_Paulo',
  'Atlantic/South_Georgia',
  'Atlantic/Azores',
  'Europe/London',
  'Europe/Berlin',
  'Europe/Athens',
  'Europe/Istanbul',
  'Asia/Dubai',
  'Asia/Karachi',
  'Asia/Dhaka',
  'Asia/Bangkok',
  'Asia/Singapore',
  'Asia/Tokyo',
  'Australia/Brisbane',
  'Pacific/Noumea',
  'Pacific/Auckland',
  'Pacific/Tongatapu',
] as const
const morningHour = 10

/** Where it is now as near to ten in the morning as can be. */
export function zoneInItsMorning(now: Date): string {
  const hourIn = (zone: string): number =>
    Number(
      new Intl.DateTimeFormat('en-GB', { hour: '2-digit', hourCycle: 'h23', timeZone: zone }).format(now),
    )
  return cities.reduce<string>(
    (best, zone) =>
      Math.abs(hourIn(zone) - morningHour) < Math.abs(hourIn(best) - morningHour) ? zone : best,
    cities[0],
  )
}

/** Starts Bedside with the demo clinic inside this process, on a free port. `workerBin` is the media worker. */
export async function startDemoClinic(workerBin: string): Promise<DemoClinic> {
  const folder = await mkdtemp(join(tmpdir(), 'bedside-screens-'))
  const zone = zoneInItsMorning(new Date())
  const config = parseConfig({
    NODE_ENV: 'test',
    BEDSIDE_DEMO: '1',
    PORT: '0',
    DATA_DIR: folder,
    LOG_LEVEL: 'error',
    MEDIASOUP_WORKER_BIN: workerBin,
    MEDIASOUP_WORKERS: '1',
  })
  const log = createLog({ level: config.logLevel })
  const server = await inZone(zone, () => createServer(config, { log }))
  const { demo } = server.house
  if (demo === null) throw new Error('the demo clinic is switched off')
  return {
    url: server.url,
    zone,
    house: server.house,
    info: await demo.info(),
    close: async () => {
      await server.close()
      await rm(folder, { recursive: true, force: true, maxRetries: 3 })
    },
  }
}

/** The demo clinic stands in the zone of the machine that founds it. */
async function inZone<T>(zone: string, work: () => Promise<T>): Promise<T> {
  const own = process.env['TZ']
  process.env['TZ'] = zone
  try {
    return await work()
  } finally {
    if (own === undefined) delete process.env['TZ']
    else process.env['TZ'] = own
  }
}
