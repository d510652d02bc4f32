import type { SfuControl } from '#shared/sfu.ts'
import { createSfuEvents } from '#shared/sfu-events.ts'
import { createControl } from './control.ts'
import type { SfuLog } from './log.ts'
import { Probes } from './probes.ts'
import { Rooms } from './rooms.ts'
import { WorkerPool } from './workers.ts'

export interface SfuOptions {
  media: MediaConfig
  log: SfuLog
}

export interface MediaConfig {
  /** The mediasoup worker program; null: where mediasoup keeps its own. */
  workerBin: string | null
  workers: number
  listenIp: string
  /** What browsers are told to send to; null: listenIp. */
  announcedAddress: string | null
  /** UDP and TCP port of the first worker, the next has the next one; 0: free ones. */
  port: number
}

export interface Sfu {
  readonly control: SfuControl
  /** Whether servers are connected that could end the rooms; without any, rooms end after two minutes. */
  steered: boolean
  count(): { rooms: number; peers: number }
  /** Whether every media worker answers and new rooms are taken. */
  ready(): Promise<boolean>
  /** Takes no new rooms; settles when the last one has ended, or was ended at the deadline. */
  drain(deadlineMs: number): Promise<void>
  /** Ends all rooms and all worker processes. */
  close(): Promise<void>
}

/** Starts the media workers. Throws when one of them cannot start. */
export async function startSfu({ media, log }: SfuOptions): Promise<Sfu> {
  const { workerBin, listenIp, announcedAddress } = media
  const pool = await WorkerPool.start({
    media: { workerBin, listenIp, announcedAddress },
    count: media.workers,
    basePort: media.port,
    log,
  })
  const events = createSfuEvents((event, error) =>
    log.error({ event, err: error }, 'a listener of an SFU event failed'),
  )
  const rooms = new Rooms({ pool, emit: events.emit, log })
  const probes = new Probes(pool)
  return {
    control: createControl({ rooms, probes, pool, events, log }),
    get steered() {
      return rooms.steered
    },
    set steered(steered) {
      rooms.steered = steered
    },
    count: () => rooms.count(),
    ready: async () => !rooms.draining && (await pool.answers(500)),
    drain: (deadlineMs) => rooms.drain(deadlineMs),
    async close() {
      rooms.stop()
      probes.closeAll()
      await pool.close()
    },
  }
}
