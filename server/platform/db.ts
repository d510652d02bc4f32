import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import Sqlite from 'better-sqlite3'
import { DataSource, QueryFailedError } from 'typeorm'
import type {
  DataSourceOptions,
  EntityManager,
  EntitySchema,
  Logger as TypeormLogger,
  MigrationInterface,
  QueryRunner,
} from 'typeorm'
import type { Logger } from 'pino'
import { DomainError } from '#shared/errors.ts'

export type Engine = 'sqlite' | 'mysql'

/** One unit of work. Only the database belongs inside it: no network, no images, no waiting for people. */
export type Tx = {
  readonly manager: EntityManager
  readonly engine: Engine
  /** Runs once for each key, after the work and before the commit: the place for what must be locked last and shortly. */
  beforeCommit(key: string, hook: () => Promise<void>): void
  /** Runs after a successful commit; never after a rollback. */
  afterCommit(hook: () => void): void
}

export type Database = {
  readonly engine: Engine
  /** Reads see one consistent state. On SQLite they use their own read-only connection and never wait for the writer. */
  read<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  /**
   * Writes are all or nothing. SQLite has one serial writer; on MySQL a deadlock or lock timeout repeats the whole work
   * up to three times, so `work` must not have effects outside `tx`. Throws DomainError `unavailable` when the database
   * does not answer.
   */
  write<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  /**
   * Only one server at a time is at work of this name; the others wait for their turn. For what takes several transactions
   * at the start. Throws DomainError `unavailable` when the turn does not come. Nothing to wait for on SQLite, where no
   * second server has the file.
   */
  inTurn<T>(name: string, work: () => Promise<T>): Promise<T>
  ping(timeoutMs: number): Promise<void>
  close(): Promise<void>
}

export type DatabaseNeeds = {
  /** mysql://user:password@host:port/name, or null for the embedded SQLite file. */
  url: string | null
  sqliteFile: string
  entities: EntitySchema[]
  migrations: (new () => MigrationInterface)[]
  log: Logger
}

const queryTimeoutMs = 5_000
const writeAttempts = 4
const maxQueuedWrites = 500
/** Below the limit of a query, so that each asks again and none is cut off while it waits. */
const askForTurnSeconds = 2
const mostAsksForTurn = 60

export async function openDatabase(needs: DatabaseNeeds): Promise<Database> {
  return needs.url === null ? openSqlite(needs) : openMysql(needs, needs.url)
}

/** True when a write lost against a unique key, on either engine. */
export function isUniqueViolation(error: unknown): boolean {
  const { code, errno } = driverError(error)
  return (
    code === 'ER_DUP_ENTRY' ||
    errno === 1062 ||
    code === 'SQLITE_CONSTRAINT_UNIQUE' ||
    code === 'SQLITE_CONSTRAINT_PRIMARYKEY'
  )
}

/**
 * Keeps a second server away from an SQLite file, until this process ends, however it ends. Patients of one would wait where
 * the doctors of the other do not see them. Throws when another has it.
 */
export function holdSqliteFile(file: string): void {
  mkdirSync(dirname(file), { recursive: true })
  const lock = new Sqlite(`${file}.lock`, { timeout: 0 })
  try {
    lock.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    lock.close()
    if (driverError(error).code !== 'SQLITE_BUSY') throw error
    throw new Error(
      `another Bedside is at work in ${dirname(file)}. Stop it first, or set DATA_DIR and PORT to others for a second clinic.`,
      { cause: error },
    )
  }
  heldFiles.add(lock)
}
/** A connection that nobody refers to would be closed. */
const heldFiles = new Set<Sqlite.Database>()

async function openSqlite({ sqliteFile, entities, migrations }: DatabaseNeeds): Promise<Database> {
  mkdirSync(dirname(sqliteFile), { recursive: true })
  const common = {
    type: 'better-sqlite3' as const,
    database: sqliteFile,
    entities,
    synchronize: false,
    timeout: queryTimeoutMs,
  }
  const writer = new DataSource({
    ...common,
    migrations,
    migrationsTransactionMode: 'each',
    enableWAL: true,
    prepareDatabase: (driver: { pragma(text: string): unknown }) => {
      // Medical rows survive a power cut: the write-ahead log is synced at every commit.
      driver.pragma('synchronous = FULL')
      driver.pragma('foreign_keys = ON')
    },
  })
  await writer.initialize()
  await writer.runMigrations()
  const reader = new DataSource({ ...common, readonly: true })
  await reader.initialize()
  // TypeORM shares one SQLite connection and loses concurrent transactions: writes queue here, one after another.
  const writes = serialQueue(maxQueuedWrites)
  const readTx: Tx = {
    manager: reader.manager,
    engine: 'sqlite',
    beforeCommit: refuseHooks,
    afterCommit: refuseHooks,
  }
  return {
    engine: 'sqlite',
    read: (work) => answered(() => work(readTx)),
    write: (work) => writes(() => answered(() => transaction(writer, 'sqlite', work))),
    inTurn: (_name, work) => work(),
    ping: async () => {
      await reader.query('SELECT 1')
    },
    close: async () => {
      await writes(async () => {})
      await reader.destroy()
      await writer.destroy()
    },
  }
}

async function openMysql({ entities, migrations, log }: DatabaseNeeds, url: string): Promise<Database> {
  const options = {
    type: 'mysql' as const,
    url,
    entities,
    migrations,
    migrationsTransactionMode: 'each' as const,
    synchronize: false,
    // A host that vanishes silently must not hold the pool: each query has its own limit.
    maxQueryExecutionTime: queryTimeoutMs,
    enableQueryTimeout: true,
    // TypeORM's own loggers print statements with their parameters.
    logger: silentLogger,
    timezone: 'Z',
    charset: 'utf8mb4_bin',
    supportBigNumbers: true,
    bigNumberStrings: false,
    poolSize: 10,
    connectTimeout: 3_000,
    extra: { waitForConnections: true, queueLimit: 200, enableKeepAlive: true },
  }
  // To fill or index a large table takes longer than any other statement may.
  await migrate({ ...options, enableQueryTimeout: false, poolSize: 2 })
  const source = new DataSource(options)
  await source.initialize()
  const readTx: Tx = {
    manager: source.manager,
    engine: 'mysql',
    beforeCommit: refuseHooks,
    afterCommit: refuseHooks,
  }
  return {
    engine: 'mysql',
    read: (work) => answered(() => within(queryTimeoutMs, work(readTx))),
    write: async (work) => {
      for (let attempt = 1; ; attempt++) {
        try {
          return await answered(() => within(queryTimeoutMs * 2, transaction(source, 'mysql', work)))
        } catch (error) {
          if (attempt === writeAttempts || !isLockConflict(error)) throw error
          log.warn({ attempt }, 'write repeated after a lock conflict')
          await pause(10 * attempt + Math.random() * 30)
        }
      }
    },
    inTurn: (name, work) => answered(() => inTurn(source, name, work)),
    ping: (timeoutMs) =>
      answered(() =>
        within(
          timeoutMs,
          source.query('SELECT 1').then(() => undefined),
        ),
      ),
    close: () => source.destroy(),
  }
}

async function migrate(options: DataSourceOptions): Promise<void> {
  const source = new DataSource(options)
  await source.initialize()
  try {
    await inTurn(source, 'migrations', () => source.runMigrations())
  } finally {
    await source.destroy()
  }
}

async function transaction<T>(source: DataSource, engine: Engine, work: (tx: Tx) => Promise<T>): Promise<T> {
  const before = new Map<string, () => Promise<void>>()
  const after: (() => void)[] = []
  const result = await source.transaction(async (manager) => {
    const tx: Tx = {
      manager,
      engine,
      beforeCommit: (key, hook) => void (before.has(key) || before.set(key, hook)),
      afterCommit: (hook) => void after.push(hook),
    }
    const value = await work(tx)
    for (const hook of before.values()) await hook()
    return value
  })
  for (const hook of after) hook()
  return result
}

/** The lock is the connection's: a server that dies gives it back. */
async function inTurn<T>(source: DataSource, name: string, work: () => Promise<T>): Promise<T> {
  const runner = source.createQueryRunner()
  const lock = `bedside-${name}`
  try {
    await waitForTurn(runner, lock)
    try {
      return await work()
    } finally {
      await runner.query('SELECT RELEASE_LOCK(?)', [lock])
    }
  } finally {
    await runner.release()
  }
}

async function waitForTurn(runner: QueryRunner, lock: string): Promise<void> {
  for (let asked = 0; asked < mostAsksForTurn; asked++) {
    const query = 'SELECT GET_LOCK(?, ?) AS turn'
    const rows = (await runner.query(query, [lock, askForTurnSeconds])) as { turn: unknown }[]
    // The driver gives it as a number or as its digits; null is a lock that could not be asked for.
    if (Number(rows[0]?.turn) === 1) return
  }
  throw new DomainError('unavailable', { part: 'database' })
}

/** Connection loss, a full pool and timeouts are one fact for the caller: the database does not answer now. */
async function answered<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (isUnreachable(error)) throw new DomainError('unavailable', { part: 'database' }, error)
    throw error
  }
}

function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new DomainError('unavailable', { part: 'database' })), ms)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}

function serialQueue(limit: number): <T>(work: () => Promise<T>) => Promise<T> {
  let tail: Promise<unknown> = Promise.resolve()
  let queued = 0
  return (work) => {
    if (queued >= limit) return Promise.reject(new DomainError('busy', { part: 'database' }))
    queued++
    const result = tail.then(work).finally(() => queued--)
    // The next write runs whatever became of this one; its own caller gets this one's error.
    tail = result.then(
      () => undefined,
      () => undefined,
    )
    return result
  }
}

const silentLogger: TypeormLogger = {
  logQuery: () => {},
  logQueryError: () => {},
  logQuerySlow: () => {},
  logSchemaBuild: () => {},
  logMigration: () => {},
  log: () => {},
}

const unreachableCodes = new Set([
  'ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'PROTOCOL_CONNECTION_LOST', 'PROTOCOL_SEQUENCE_TIMEOUT',
  'ER_CON_COUNT_ERROR', 'ER_SERVER_SHUTDOWN', 'ECONNABORTED', 'SQLITE_BUSY', 'SQLITE_FULL', 'SQLITE_IOERR',
]) // prettier-ignore

function isUnreachable(error: unknown): boolean {
  const { code, fatal } = driverError(error)
  return fatal === true || (code !== undefined && unreachableCodes.has(code))
}

function isLockConflict(error: unknown): boolean {
  const { errno } = driverError(error)
  return errno === 1213 || errno === 1205
}

function driverError(error: unknown): { code?: string; errno?: number; fatal?: boolean } {
  if (error instanceof DomainError) return {}
  const inner: unknown = error instanceof QueryFailedError ? error.driverError : error
  return typeof inner === 'object' && inner !== null ? inner : {}
}

function refuseHooks(): never {
  throw new Error('a read has no commit to hook on; use write')
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
