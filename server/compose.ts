import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DomainError } from '#shared/errors.ts'
import type { AppointmentId } from '#shared/ids.ts'
import { hourMs } from '#shared/time.ts'
import type { SfuControl } from '#shared/sfu.ts'
import { startSfu } from '#sfu/index.ts'
import { auditEntities, createAudit, type Audit } from './audit/index.ts'
import type { Config } from './config.ts'
import { consultEntities, createConsult, type Consult } from './consult/index.ts'
import { connectSfu } from './consult/sfu-remote.ts'
import { openDemo, type Demo } from './demo/index.ts'
import { createIdentity, identityEntities, organizationsOfUsers, type Identity } from './identity/index.ts'
import { visitForLetter } from './letters.ts'
import { createNotify, writeNoLetters } from './notify/index.ts'
import { openMigrated } from './migrate.ts'
import {
  createImaging,
  createModels,
  createPipeline,
  createRecognition,
  createSwitches,
  imagingEntities,
  type Imaging,
} from './imaging/index.ts'
import { createBlobStore } from './platform/blob.ts'
import { systemClock, type Clock } from './platform/clock.ts'
import { createMemoryCoordination, createRedisCoordination } from './platform/coordination.ts'
import { deriveKeys, keptSecret } from './platform/crypto.ts'
import type { Database } from './platform/db.ts'
import { createHttp, type Http } from './platform/http.ts'
import { forgetOldKeys, idempotencyEntity } from './platform/idempotency.ts'
import { createJobs } from './platform/jobs.ts'
import { watchLeftOvers } from './platform/left-over-blobs.ts'
import { createLimiter } from './platform/limit.ts'
import { createLog, type Logger } from './platform/log.ts'
import { createMetrics, type Metrics } from './platform/metrics.ts'
import { createFolderStore, createS3Store } from './platform/object-store.ts'
import { createOutbox, outboxEntity } from './platform/outbox.ts'
import { servePages } from './platform/pages.ts'
import { createRealtime, type Realtime } from './platform/realtime.ts'
import { createShutdown, type Shutdown } from './platform/shutdown.ts'
import {
  createRecords,
  describePatient,
  isKnownIn,
  namesOf,
  organizationsOfPatients,
  recordsEntities,
  type Records,
} from './records/index.ts'
import { createScheduling, schedulingEntities, type Scheduling } from './scheduling/index.ts'
import { addOperations } from './operations.ts'

/** What tests set differently; a product is started with none of these. */
export type ServerOptions = {
  clock?: Clock
  log?: Logger
  /** Media servers of the caller's own, by name. */
  sfus?: ReadonlyMap<string, SfuControl>
  /** Where the built client is; null: serve no pages. */
  clientDir?: string | null
  /** Where the demo clinic stands; left out: where this machine does. */
  demoZone?: string
}

export type RunningServer = {
  /** The origin that people type. */
  url: string
  port: number
  /** Null when metrics are off. */
  metricsPort: number | null
  house: House
  /** Ends everything in order; may be called again. */
  close(): Promise<void>
}

/** The domains, for the demo clinic's seed and for tests. */
export type House = {
  config: Config
  clock: Clock
  log: Logger
  db: Database
  metrics: Metrics
  http: Http
  realtime: Realtime
  audit: Audit
  identity: Identity
  scheduling: Scheduling
  records: Records
  /** Null in a real clinic. */
  demo: Demo | null
  consult: Consult
  imaging: Imaging
}

const root = join(import.meta.dirname, '..')
export const entities = [
  outboxEntity,
  idempotencyEntity,
  ...auditEntities,
  ...identityEntities,
  ...schedulingEntities,
  ...recordsEntities,
  ...consultEntities,
  ...imagingEntities,
]

/** Builds and starts a whole server. When a part cannot start, those that did are ended before it throws. */
export async function createServer(config: Config, options: ServerOptions = {}): Promise<RunningServer> {
  const log = options.log ?? createLog({ level: config.logLevel })
  const shutdown = createShutdown(log)
  try {
    return await start(config, options, log, shutdown)
  } catch (error) {
    await shutdown.run()
    throw error
  }
}

async function start(
  config: Config,
  options: ServerOptions,
  log: Logger,
  shutdown: Shutdown,
): Promise<RunningServer> {
  const clock = options.clock ?? systemClock
  const keys = deriveKeys(config.secret ?? keptSecret(config.dataDir))
  const version = readVersion()
  let origins: readonly string[] = []

  const metrics = createMetrics()
  shutdown.add('metrics', () => metrics.close())
  const db = await openMigrated(config.database, entities, log)
  shutdown.add('database', () => db.close())
  const ownCoordination = createMemoryCoordination(() => clock.now())
  shutdown.add('memory', () => ownCoordination.close())
  const coordination = config.redisUrl ? await createRedisCoordination(config.redisUrl, log) : ownCoordination
  shutdown.add('redis', () => coordination.close())
  const sfus = options.sfus ?? (await openSfus(config, clock, log, shutdown))
  const outbox = createOutbox({ db, clock, log })
  shutdown.add('outbox', () => outbox.close())
  const jobs = createJobs({ log })
  shutdown.add('jobs', () => jobs.close())

  jobs.every('old-keys', hourMs, () => db.write((tx) => forgetOldKeys(tx, clock.now())))

  const limiter = createLimiter(clock)
  const http = createHttp({
    clock,
    log,
    limiter,
    authenticate: (cookie) => identity.authenticate(cookie),
    origins: () => origins,
    trustedProxies: config.http.trustedProxies,
    observe: (...answer) => metrics.httpAnswered(...answer),
  })
  let closing: Promise<void> | undefined
  shutdown.add('pictures', () => imaging.close(), 10_000)
  shutdown.add('requests', () => closing)
  shutdown.add('consults', () => consult.close())
  const realtime = await createRealtime({
    server: http.server,
    clock,
    log,
    limiter,
    origins: () => origins,
    trustedProxies: config.http.trustedProxies,
    redisUrl: config.redisUrl,
    observe: (...answer) => metrics.socketAnswered(...answer),
  })
  shutdown.add('sockets', () => realtime.close())

  const audit = createAudit({
    db,
    clock,
    keys,
    custodians: { ofPatients: organizationsOfPatients, ofUsers: organizationsOfUsers },
  })
  const identity = await createIdentity({
    db,
    clock,
    log,
    audit,
    jobs,
    coordination,
    ownCoordination,
    keys,
    secureCookies: config.http.publicUrl?.startsWith('https:') ?? false,
    version,
    demo: async () => (demo ? demo.info() : null),
    describePatient: async (patientId) => {
      const patient = await db.read((tx) => describePatient(tx, patientId))
      if (!patient) throw new DomainError('not_found')
      return patient
    },
  })
  const scheduling = createScheduling({
    db,
    clock,
    audit,
    outbox,
    identity,
    patients: { namesOf, isKnownIn: (tx, ...patient) => isKnownIn(tx, identity, ...patient) },
  })
  const records = createRecords({ db, clock, audit, identity, scheduling })
  const consult = createConsult({
    db,
    clock,
    log,
    audit,
    outbox,
    jobs,
    realtime,
    coordination,
    sfus,
    linkKey: keys.link,
    publicUrl: () => origins[0] ?? '',
    secureCookies: config.http.publicUrl?.startsWith('https:') ?? false,
    turn: config.turn,
    identity,
    appointments: scheduling,
    charts: { ...records, namesOf, describePatient },
  })
  const objects = config.s3 ? createS3Store(config.s3) : createFolderStore(join(config.dataDir, 'pictures'))
  const blobs = createBlobStore({ objects, keys, clock })
  watchLeftOvers({ db, entities, objects, blobs, clock, log, jobs, coordination })
  const pipeline = createPipeline({ log })
  const switches = createSwitches({
    db,
    clock,
    audit,
    organization: (tx, id) => identity.organization(tx, id),
    organizationsUnder: (tx, id) => identity.organizationsUnder(tx, id),
  })
  const models = createModels({ log, folder: config.ownModelsDir })
  const imaging = createImaging({
    db,
    clock,
    log,
    audit,
    jobs,
    coordination,
    blobs,
    realtime,
    consult,
    pipeline,
    charts: records,
    recognition: createRecognition({ log }),
    models,
    switches,
    outbox,
    pseudonymKey: keys.export,
    archive: config.archive,
    organization: (tx, id) => identity.organization(tx, id),
    practitionerName: async (tx, id) => (await identity.practitioners(tx, [id]))[0]?.displayName ?? null,
    hasCareRelationship: (...pair) => scheduling.hasCareRelationship(...pair),
  })
  if (config.mail) {
    const visitOf = (id: AppointmentId) => visitForLetter({ db, scheduling, identity, consult }, id)
    const notify = createNotify({ outbox, clock, log, ...config.mail, visitOf })
    shutdown.add('letters', () => notify.close())
  } else writeNoLetters(outbox)
  const demo = config.demo
    ? await openDemo({
        db,
        clock,
        log,
        audit,
        identity,
        switches,
        keepEarlierPicture: (ctx, picture) => imaging.keepEarlier(ctx, picture),
        zone: options.demoZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
        joinAddressOf: (tx, id) => consult.joinAddressOf(tx, id),
      })
    : null
  identity.addRoutes(http)
  scheduling.addRoutes(http)
  records.addRoutes(http)
  consult.addRoutes(http)
  imaging.addRoutes(http)
  addOperations({
    http,
    clock,
    log,
    db,
    coordination,
    redis: config.redisUrl !== null,
    models: () => models.list(),
    sfus,
    consults: () => consult.count(),
    version,
    stopping: () => shutdown.begun,
  })

  metrics.gauge(
    'bedside_patients_waiting',
    'Patients in waiting rooms',
    async () => (await consult.count()).waiting,
  )
  metrics.gauge('bedside_consults_live', 'Consults under way', async () => (await consult.count()).live)

  const clientDir = options.clientDir === undefined ? join(root, 'dist/client') : options.clientDir
  if (clientDir !== null) servePages(http.app, clientDir)
  outbox.start()
  const port = await http.listen(config.http.host, config.http.port)
  shutdown.add('new connections', () => void (closing = http.close()))
  const metricsPort = config.metricsPort === 0 ? null : await metrics.listen(config.metricsPort)
  // Without a public address people come from this machine, by either of its names.
  origins = config.http.publicUrl
    ? [config.http.publicUrl]
    : [`http://localhost:${port}`, `http://127.0.0.1:${port}`]

  const house = {
    config,
    clock,
    log,
    db,
    metrics,
    http,
    realtime,
    audit,
    identity,
    scheduling,
    records,
    demo,
    consult,
    imaging,
  }
  return { url: origins[0] ?? '', port, metricsPort, house, close: () => shutdown.run() }
}

/** The media servers that this server uses: remote ones, or one inside this process. */
async function openSfus(
  config: Config,
  clock: Clock,
  log: Logger,
  shutdown: Shutdown,
): Promise<ReadonlyMap<string, SfuControl>> {
  const { urls, secret } = config.sfu
  if (urls.length === 0) {
    const sfu = await startSfu({ media: config.media, log })
    shutdown.add('media', () => sfu.close())
    return new Map([['local', sfu.control]])
  }
  const serverId = randomUUID()
  const sfus = new Map(
    urls.map((url) => [new URL(url).host, connectSfu({ url, secret: secret ?? '', serverId, clock, log })]),
  )
  for (const sfu of sfus.values()) shutdown.add('media link', () => sfu.close())
  return sfus
}

function readVersion(): string {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
  return version
}
