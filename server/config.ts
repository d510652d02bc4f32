import { isIP } from 'node:net'
import { availableParallelism } from 'node:os'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import type { ArchiveSettings } from './imaging/index.ts'
import type { S3Settings } from './platform/object-store.ts'

/** All that Bedside's server can be told from outside. Made once at the start; frozen; nothing else reads the environment. */
export type Config = Readonly<{
  production: boolean
  demo: boolean
  http: Readonly<{
    host: string
    /** 0 lets the system choose. */
    port: number
    /** The origin that people type, without a trailing slash; null: the loopback address with the port in use. */
    publicUrl: string | null
    /** How many reverse proxies in front may be believed about the caller's address. */
    trustedProxies: number
  }>
  /** On 127.0.0.1 only; 0: no metrics. */
  metricsPort: number
  /** Absolute. Holds the SQLite file, encrypted pictures and the generated secret. */
  dataDir: string
  database: Readonly<{ engine: 'sqlite'; file: string } | { engine: 'mysql'; url: string }>
  redisUrl: string | null
  /** The root secret, of which all keys are derived; null: generate one and keep it in the data folder. */
  secret: string | null
  /** Remote media servers; with none, the SFU runs inside this process. */
  sfu: Readonly<{ urls: readonly string[]; secret: string | null }>
  /** For the SFU inside this process. */
  media: Readonly<{
    workerBin: string | null
    workers: number
    listenIp: string
    announcedAddress: string | null
    /** UDP and TCP port of the first worker, the next has the next one; 0 lets the system choose. */
    port: number
  }>
  turn: Readonly<{ urls: readonly string[]; secret: string }> | null
  /** Letters to patients about their visits; null: none are written. */
  mail: Readonly<{ smtpUrl: string; from: string }> | null
  /** Where several servers keep pictures; null: in the data folder. */
  s3: S3Settings | null
  /** The DICOMweb archive to which doctors send pictures; null: there is none. */
  archive: ArchiveSettings | null
  /** Where a clinic puts its own models, a folder each. Absolute. */
  ownModelsDir: string
  logLevel: LogLevel
}>

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

/** Everything that is wrong with the settings at once; `message` is meant to be printed as it is. */
export class ConfigError extends Error {
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(`Bedside cannot start with these settings:\n${problems.map((line) => `  - ${line}`).join('\n')}`)
    this.name = 'ConfigError'
    this.problems = problems
  }
}

/**
 * Reads the settings of this process, and takes the secrets out of the environment: media workers and the picture
 * worker inherit that, and have no need of them. @throws ConfigError
 */
export function takeConfig(): Config {
  const config = parseConfig(process.env)
  for (const name of secretSettings) delete process.env[name]
  return config
}

const secretSettings = [
  'BEDSIDE_SECRET',
  'DATABASE_URL',
  'DICOM_STOW_TOKEN',
  'DICOM_STOW_PASSWORD',
  'REDIS_URL',
  'S3_SECRET_ACCESS_KEY',
  'SFU_SECRET',
  'SMTP_URL',
  'MAIL_FROM',
  'TURN_SECRET',
]

/**
 * Makes the settings of an environment; an empty value counts as not set. @throws ConfigError with all that is wrong.
 */
export function parseConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  )
  const settings = Settings.safeParse(given)
  const problems = [
    ...(settings.success
      ? []
      : settings.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`)),
    ...contradictions(given),
  ]
  if (!settings.success || problems.length > 0) throw new ConfigError(problems)
  return deepFreeze(toConfig(settings.data))
}

const text = z.string()
const port = text
  .regex(/^\d{1,5}$/, 'must be a port number: 0 to 65535')
  .transform(Number)
  .refine((number) => number <= 65_535, 'must be a port number: 0 to 65535')
const count = (from: number, to: number) =>
  text
    .regex(/^\d{1,4}$/, `must be a whole number from ${from} to ${to}`)
    .transform(Number)
    .refine((number) => number >= from && number <= to, `must be a whole number from ${from} to ${to}`)
const flag = text
  .refine((value) => ['0', '1', 'true', 'false'].includes(value), 'must be 1 (on) or 0 (off)')
  .transform((value) => value === '1' || value === 'true')
const url = (schemes: readonly string[], example: string) =>
  text.refine((value) => isUrl(value, schemes), `must be an address such as ${example}`)
const list = (schemes: readonly string[], example: string) =>
  text
    .transform((value) => value.split(',').map((part) => part.trim()))
    .refine(
      (parts) => parts.every((part) => isUrl(part, schemes)),
      `must be addresses with commas between them, such as ${example}`,
    )

const Settings = z.object({
  NODE_ENV: z
    .enum(
      ['production', 'development', 'test'],
      'must be production, development or test; leave it unset to try things',
    )
    .default('development'),
  HOST: text.default('127.0.0.1'),
  PORT: port.default(8080),
  PUBLIC_URL: text
    .refine(isOrigin, 'must be the address people type, without a path, such as https://bedside.example.org')
    .transform((value) => new URL(value).origin)
    .optional(),
  TRUSTED_PROXIES: count(0, 10).default(0),
  METRICS_PORT: port.default(0),
  DATA_DIR: text.default('data'),
  OWN_MODELS_DIR: text.optional(),
  DATABASE_URL: url(['mysql:', 'mariadb:', 'sqlite:'], 'mysql://bedside:password@db:3306/bedside').optional(),
  REDIS_URL: url(['redis:', 'rediss:'], 'redis://redis:6379').optional(),
  BEDSIDE_SECRET: text.optional(),
  BEDSIDE_DEMO: flag.default(false),
  SFU_URLS: list(['http:', 'https:', 'ws:', 'wss:'], 'http://sfu-1:4443,http://sfu-2:4443').default([]),
  SFU_SECRET: text.optional(),
  MEDIASOUP_WORKER_BIN: text.optional(),
  MEDIASOUP_WORKERS: count(1, 256).optional(),
  RTC_LISTEN_IP: text
    .refine((value) => isIP(value) !== 0, 'must be an IP address of this machine, such as 0.0.0.0')
    .optional(),
  RTC_ANNOUNCED_ADDRESS: text.optional(),
  RTC_PORT: port.default(0),
  TURN_URLS: list(
    ['turn:', 'turns:', 'stun:'],
    'turn:turn.example.org:3478,turns:turn.example.org:5349',
  ).optional(),
  TURN_SECRET: text.optional(),
  S3_ENDPOINT: url(['http:', 'https:'], 'https://store.example.org').optional(),
  S3_BUCKET: text.default('bedside'),
  S3_REGION: text.default('us-east-1'),
  S3_ACCESS_KEY_ID: text.optional(),
  S3_SECRET_ACCESS_KEY: text.optional(),
  SMTP_URL: url(['smtp:', 'smtps:'], 'smtps://user:password@mail.example.org').optional(),
  MAIL_FROM: text
    .regex(
      /^[^<>@\r\n]*<?[^<>@\s]+@[^<>@\s]+>?$/,
      'must be an address such as Bedside <visits@clinic.example>',
    )
    .optional(),
  DICOM_STOW_URL: url(['http:', 'https:'], 'https://archive.example.org/dicom-web')
    .transform((value) => value.replace(/\/+$/, ''))
    .optional(),
  DICOM_STOW_TOKEN: text
    .regex(/^[\x21-\x7e]+$/, 'must be of letters, digits and signs only: no spaces and no line breaks')
    .optional(),
  // RFC 7617: what comes after the first colon would be read as the password.
  DICOM_STOW_USER: text
    .regex(/^[^:\p{Cc}]+$/u, 'must be a name without a colon and without line breaks')
    .optional(),
  DICOM_STOW_PASSWORD: text.regex(/^\P{Cc}+$/u, 'must be without line breaks').optional(),
  LOG_LEVEL: z.enum(logLevels, `must be one of ${logLevels.join(', ')}`).optional(),
})
type Settings = z.infer<typeof Settings>

/** The names of all settings there are. */
export const settingNames: readonly string[] = Object.keys(Settings.shape)

const secretLength = 32
/** Words that samples and manuals use for a secret; a real one is random. */
const sampleSecret =
  /change.?me|changeit|secret|password|passw0rd|example|default|bedside|placeholder|(.)\1{7}|0123456|qwerty/i

/** What single settings cannot tell: settings that need, exclude or weaken each other. */
function contradictions(env: Record<string, string | undefined>): string[] {
  const production = env['NODE_ENV'] === 'production'
  const problems: string[] = []
  const demo = env['BEDSIDE_DEMO'] === '1' || env['BEDSIDE_DEMO'] === 'true'
  const shared = ['DATABASE_URL', 'REDIS_URL', 'SFU_URLS'].filter((name) => env[name] && !isSqlite(env[name]))

  if (production && demo)
    problems.push('BEDSIDE_DEMO must be off in production: its passwords are printed on the screen; unset it')
  if (production && !env['PUBLIC_URL'])
    problems.push(
      'PUBLIC_URL is missing: set the https address people type, such as https://bedside.example.org',
    )
  if (!env['BEDSIDE_SECRET'] && (production || shared.length > 0)) {
    const why = production
      ? 'is missing'
      : `is missing and ${shared.join(', ')} may be shared with other servers`
    problems.push(`BEDSIDE_SECRET ${why}: ${makeSecret}`)
  }
  if (!env['SFU_SECRET'] && env['SFU_URLS'])
    problems.push(`SFU_SECRET is missing while SFU_URLS is set: ${makeSecret}, the same on every SFU`)
  for (const name of ['BEDSIDE_SECRET', 'SFU_SECRET', 'TURN_SECRET']) {
    const weakness = env[name] && weaknessOf(env[name], production)
    if (weakness) problems.push(`${name} ${weakness}: ${makeSecret}`)
  }
  if (env['SFU_SECRET'] && env['SFU_SECRET'] === env['BEDSIDE_SECRET'])
    problems.push(
      'SFU_SECRET must differ from BEDSIDE_SECRET: an SFU must not be able to derive the keys of the data',
    )
  if (Boolean(env['TURN_URLS']) !== Boolean(env['TURN_SECRET']))
    problems.push('TURN_URLS and TURN_SECRET belong together: set both or neither')
  if (
    new Set(['S3_ENDPOINT', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'].map((name) => Boolean(env[name])))
      .size > 1
  )
    problems.push('S3_ENDPOINT, S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY belong together: set all or none')

  problems.push(...archiveProblems(env, production))

  const publicUrl = env['PUBLIC_URL']
  if (publicUrl && isOrigin(publicUrl) && !isSafeOrigin(publicUrl))
    problems.push(
      'PUBLIC_URL must begin with https: browsers give no camera, and no safe cookie, to http outside this machine',
    )
  if (publicUrl && isOrigin(publicUrl) && !isLoopback(new URL(publicUrl).hostname)) {
    if (!env['SFU_URLS'] && !env['RTC_ANNOUNCED_ADDRESS'])
      problems.push(
        'RTC_ANNOUNCED_ADDRESS is missing: set the address at which browsers reach the media port of this machine',
      )
  }
  if (!publicUrl && env['HOST'] && !isLoopback(env['HOST']))
    problems.push('HOST opens Bedside to other machines: set PUBLIC_URL to the https address people type')
  return problems
}

/** What goes there are pictures of patients under their names. */
function archiveProblems(env: Record<string, string | undefined>, production: boolean): string[] {
  const problems: string[] = []
  const archive = URL.parse(env['DICOM_STOW_URL'] ?? '')
  const [token, user, password] = ['TOKEN', 'USER', 'PASSWORD'].map((name) =>
    Boolean(env[`DICOM_STOW_${name}`]),
  )
  if ((token || user || password) && !env['DICOM_STOW_URL'])
    problems.push('DICOM_STOW_URL is missing while a login for the archive is set')
  if (user !== password || (token && user))
    problems.push(
      'DICOM_STOW_TOKEN, or DICOM_STOW_USER and DICOM_STOW_PASSWORD together: set one login for the archive, or none',
    )
  if (archive && (archive.username || archive.password || archive.search || archive.hash))
    problems.push(
      'DICOM_STOW_URL must be the plain root of the services: put a login into DICOM_STOW_USER and DICOM_STOW_PASSWORD',
    )
  if (production && archive?.protocol === 'http:' && !isLoopback(archive.hostname))
    problems.push('DICOM_STOW_URL must begin with https in production: pictures go there under their names')
  return problems
}

const makeSecret = 'set it to a random value, for example from: openssl rand -base64 48'

function weaknessOf(secret: string, production: boolean): string | null {
  if (secret.length < secretLength)
    return `is too short (${secret.length} characters, ${secretLength} are needed)`
  if (production && (sampleSecret.test(secret) || new Set(secret).size < 8)) return 'looks like a sample'
  return null
}

function toConfig(env: Settings): Config {
  const dataDir = resolve(env.DATA_DIR)
  return {
    production: env.NODE_ENV === 'production',
    demo: env.BEDSIDE_DEMO,
    http: {
      host: env.HOST,
      port: env.PORT,
      publicUrl: env.PUBLIC_URL ?? null,
      trustedProxies: env.TRUSTED_PROXIES,
    },
    metricsPort: env.METRICS_PORT,
    dataDir,
    database: toDatabase(env.DATABASE_URL, dataDir),
    redisUrl: env.REDIS_URL ?? null,
    secret: env.BEDSIDE_SECRET ?? null,
    sfu: { urls: env.SFU_URLS, secret: env.SFU_SECRET ?? null },
    media: {
      workerBin: env.MEDIASOUP_WORKER_BIN ?? null,
      workers: env.MEDIASOUP_WORKERS ?? availableParallelism(),
      listenIp: env.RTC_LISTEN_IP ?? (env.RTC_ANNOUNCED_ADDRESS ? '0.0.0.0' : '127.0.0.1'),
      announcedAddress: env.RTC_ANNOUNCED_ADDRESS ?? null,
      port: env.RTC_PORT,
    },
    turn: env.TURN_URLS && env.TURN_SECRET ? { urls: env.TURN_URLS, secret: env.TURN_SECRET } : null,
    mail: env.SMTP_URL && env.MAIL_FROM ? { smtpUrl: env.SMTP_URL, from: env.MAIL_FROM } : null,
    s3: toS3(env),
    archive: toArchive(env),
    ownModelsDir: resolve(env.OWN_MODELS_DIR ?? join(dataDir, 'models')),
    // Who tries Bedside on a terminal should see the welcome, not every request.
    logLevel: env.LOG_LEVEL ?? (env.NODE_ENV === 'production' ? 'info' : 'warn'),
  }
}

function toS3(env: Settings): S3Settings | null {
  const { S3_ENDPOINT: endpoint, S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = env
  if (!endpoint || !accessKeyId || !secretAccessKey) return null
  return { endpoint, bucket: env.S3_BUCKET, region: env.S3_REGION, accessKeyId, secretAccessKey }
}

function toArchive(env: Settings): Config['archive'] {
  const { DICOM_STOW_TOKEN: token, DICOM_STOW_USER: user, DICOM_STOW_PASSWORD: password } = env
  if (!env.DICOM_STOW_URL) return null
  if (token) return { url: env.DICOM_STOW_URL, login: { kind: 'bearer', token } }
  return { url: env.DICOM_STOW_URL, login: user && password ? { kind: 'basic', user, password } : null }
}

function toDatabase(databaseUrl: string | undefined, dataDir: string): Config['database'] {
  if (databaseUrl === undefined) return { engine: 'sqlite', file: resolve(dataDir, 'bedside.sqlite') }
  if (isSqlite(databaseUrl))
    return { engine: 'sqlite', file: resolve(decodeURIComponent(databaseUrl.replace(/^sqlite:(\/\/)?/, ''))) }
  return { engine: 'mysql', url: databaseUrl.replace(/^mariadb:/, 'mysql:') }
}

function isSqlite(databaseUrl: string | undefined): boolean {
  return databaseUrl?.startsWith('sqlite:') ?? false
}

function isUrl(value: string, schemes: readonly string[]): boolean {
  const parsed = URL.parse(value)
  return parsed !== null && schemes.includes(parsed.protocol)
}

function isOrigin(value: string): boolean {
  const parsed = URL.parse(value)
  if (parsed === null || !['http:', 'https:'].includes(parsed.protocol)) return false
  return parsed.pathname === '/' && !parsed.search && !parsed.hash && !parsed.username
}

function isSafeOrigin(origin: string): boolean {
  const { protocol, hostname } = new URL(origin)
  return protocol === 'https:' || isLoopback(hostname)
}

/** Whether a host name can only be this machine. */
export function isLoopback(host: string): boolean {
  return /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|::1|\[::1\])$/i.test(host)
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(deepFreeze)
  return value
}
