import { createServer, type House, type RunningServer } from '#server/compose.ts'
import { parseConfig } from '#server/config.ts'
import type { OrganizationRow, PersonInput, UserRow } from '#server/identity/index.ts'
import { systemContext } from '#server/platform/context.ts'
import { createLog } from '#server/platform/log.ts'
import { signIn } from '#shared/identity.ts'
import type { SfuControl } from '#shared/sfu.ts'
import { findWorkerBin } from '#scripts/worker/find.ts'
import { Client } from './client.ts'
import { sharedMariadb } from './mariadb.ts'
import { sharedRedis } from './redis.ts'
import { tempFolder } from './temp.ts'
import { TestClock } from './test-clock.ts'

export type WorldOptions = {
  engine?: 'sqlite' | 'mariadb'
  redis?: boolean
  servers?: 1 | 2
  /** How far the second server's clock is behind the first one's. */
  behindMs?: number
  /** Whether a media worker is needed; without one, consults have no place to go. */
  media?: boolean
  /** Media servers of the caller's own, by name. */
  sfus?: ReadonlyMap<string, SfuControl>
  /** Further settings, by their names in the environment. */
  settings?: Record<string, string>
}

/** Who works at the hospital of every world; `otherDoctor` is in a second clinic of it. */
export type Somebody = 'scheduler' | 'doctor' | 'otherDoctor' | 'administrator'

export const password = 'correct-horse-battery-staple'

/** A small hospital with two clinics on real servers, with nobody's visit booked. The caller closes it. */
export class World {
  readonly clock: TestClock
  /** Everything the servers wrote to their logs, line by line. */
  readonly log: readonly string[]
  readonly servers: readonly RunningServer[]
  readonly hospital: OrganizationRow
  readonly clinic: OrganizationRow
  readonly otherClinic: OrganizationRow
  readonly people: Readonly<Record<Somebody, UserRow>>

  constructor(
    parts: Pick<World, 'clock' | 'servers' | 'log' | 'hospital' | 'clinic' | 'otherClinic' | 'people'>,
  ) {
    this.clock = parts.clock
    this.log = parts.log
    this.servers = parts.servers
    this.hospital = parts.hospital
    this.clinic = parts.clinic
    this.otherClinic = parts.otherClinic
    this.people = parts.people
  }

  /** The domains of the first server. */
  get house(): House {
    return this.server().house
  }

  server(index = 0): RunningServer {
    const server = this.servers[index]
    if (!server) throw new Error(`this world has ${this.servers.length} servers`)
    return server
  }

  /** A browser in which nobody is signed in. */
  stranger(server = 0): Client {
    return new Client(this.server(server).url)
  }

  /** A browser in which this person is signed in. */
  async signIn(who: Somebody | { email: string }, server = 0): Promise<Client> {
    const client = this.stranger(server)
    const { email } = typeof who === 'string' ? this.people[who] : who
    await client.call(signIn, { body: { email, password } })
    return client
  }

  async close(): Promise<void> {
    for (const server of this.servers) await server.close()
  }
}

export async function startWorld(options: WorldOptions = {}): Promise<World> {
  const clock = new TestClock()
  const log: string[] = []
  const config = parseConfig(await settingsOf(options))
  const servers: RunningServer[] = []
  for (let count = 0; count < (options.servers ?? 1); count++) {
    servers.push(
      await createServer(config, {
        clock: count === 0 ? clock : { now: () => clock.now() - (options.behindMs ?? 0) },
        log: createLog({ level: config.logLevel }, { write: (line) => void log.push(line) }),
        clientDir: null,
        ...(options.media ? {} : { sfus: options.sfus ?? new Map() }),
      }),
    )
  }
  const [first] = servers
  if (!first) throw new Error('a world has at least one server')
  return new World({ clock, servers, log, ...(await settle(first.house)) })
}

async function settingsOf({ engine, redis, servers, media, settings }: WorldOptions) {
  const mariadb = engine === 'mariadb' ? await sharedMariadb() : null
  return {
    NODE_ENV: 'test',
    PORT: '0',
    DATA_DIR: await tempFolder('world'),
    LOG_LEVEL: 'trace',
    ...(mariadb ? { DATABASE_URL: await mariadb.createDatabase('world') } : {}),
    ...(redis || servers === 2 ? { REDIS_URL: (await sharedRedis()).url } : {}),
    BEDSIDE_SECRET: 'b3X9wq7LrT2uVn5Zk8PmJd4HsFy6CgEaNiQoRtUv',
    ...(media ? { MEDIASOUP_WORKER_BIN: await findWorkerBin(), MEDIASOUP_WORKERS: '1' } : {}),
    ...settings,
  }
}

/** Founds the hospital: its two clinics and the people who work there. */
async function settle({ identity, log }: House) {
  const ctx = systemContext('test', log)
  const place = { zone: 'Europe/Berlin', telecom: '+49 30 0000 100', address: 'Am Ufer 1' }
  const hospital = await identity.addOrganization(ctx, {
    ...place,
    name: 'Riverside Hospital',
    kind: 'hospital',
    parentId: null,
  })
  const [clinic, otherClinic] = await Promise.all(
    ['Riverside Clinic', 'Hillside Clinic'].map((name) =>
      identity.addOrganization(ctx, { ...place, name, kind: 'clinic', parentId: hospital.id }),
    ),
  )
  if (!clinic || !otherClinic) throw new Error('both clinics were just founded')

  const add = (input: Omit<PersonInput, 'password' | 'email'>) =>
    identity.addPerson(ctx, { ...input, password, email: `${input.displayName.split(' ')[1]}@example.org` })
  const [scheduler, doctor, otherDoctor, administrator] = await Promise.all([
    add({ role: 'scheduler', displayName: 'Sam Scheduler', organizationId: clinic.id }),
    add({
      role: 'practitioner',
      displayName: 'Dr. Doctor',
      organizationId: clinic.id,
      specialty: 'Cardiology',
    }),
    add({
      role: 'practitioner',
      displayName: 'Dr. Other',
      organizationId: otherClinic.id,
      specialty: 'Dermatology',
    }),
    add({ role: 'administrator', displayName: 'Ada Administrator', organizationId: hospital.id }),
  ])
  return { hospital, clinic, otherClinic, people: { scheduler, doctor, otherDoctor, administrator } }
}
