import { isIP } from 'node:net'
import { availableParallelism } from 'node:os'
import { z } from 'zod'
import type { MediaConfig } from './index.ts'

/** Settings of an SFU that runs on its own. Inside a server the server's settings hold. */
export interface SfuConfig {
  /** Where servers connect. */
  control: { host: string; port: number; secret: string }
  media: MediaConfig
  /** How long open rooms may go on after SIGTERM. */
  drainMs: number
  logLevel: string
}

/** Everything that is wrong with the settings at once; `message` is meant to be printed as it is. */
export class SfuConfigError extends Error {
  constructor(problems: readonly string[]) {
    super(`The SFU cannot start with these settings:\n${problems.map((line) => `  - ${line}`).join('\n')}`)
    this.name = 'SfuConfigError'
  }
}

/**
 * Reads the settings of this process, and takes the secret out of the environment: the media workers inherit that, and
 * have no need of it. Throws SfuConfigError.
 */
export function takeConfig(): SfuConfig {
  const config = parseConfig(process.env)
  delete process.env['SFU_SECRET']
  return config
}

/** Makes settings of an environment; an empty value counts as not set. Throws SfuConfigError with all that is wrong. */
export function parseConfig(env: Readonly<Record<string, string | undefined>>): SfuConfig {
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
  if (!settings.success || problems.length > 0) throw new SfuConfigError(problems)
  const set = settings.data
  return {
    control: { ...set.SFU_LISTEN, secret: set.SFU_SECRET },
    media: {
      workerBin: set.MEDIASOUP_WORKER_BIN ?? null,
      workers: set.MEDIASOUP_WORKERS ?? availableParallelism(),
      listenIp: set.RTC_LISTEN_IP ?? (set.RTC_ANNOUNCED_ADDRESS ? '0.0.0.0' : '127.0.0.1'),
      announcedAddress: set.RTC_ANNOUNCED_ADDRESS ?? null,
      port: set.RTC_PORT,
    },
    drainMs: set.SFU_DRAIN_SECONDS * 1000,
    logLevel: set.LOG_LEVEL,
  }
}

const wholeNumber = (from: number, to: number) => {
  const message = `must be a whole number from ${from} to ${to}`
  return z
    .string()
    .regex(/^\d{1,6}$/, message)
    .transform(Number)
    .refine((number) => number >= from && number <= to, message)
}

const Settings = z.object({
  SFU_LISTEN: z
    .string()
    .regex(/^(\[[0-9a-fA-F:]+\]|[^:\s]+):\d{1,5}$/, 'must be a host and a port, such as 0.0.0.0:4443')
    .default('127.0.0.1:4443')
    .transform(hostAndPort),
  SFU_SECRET: z
    .string(
      'is missing: set it to a random value, the same on all servers and SFUs, from: openssl rand -base64 48',
    )
    .min(32, 'is too short: 32 characters or more, for example from: openssl rand -base64 48'),
  MEDIASOUP_WORKER_BIN: z.string().optional(),
  MEDIASOUP_WORKERS: wholeNumber(1, 256).optional(),
  RTC_LISTEN_IP: z
    .string()
    .refine((value) => isIP(value) !== 0, 'must be an IP address of this machine, such as 0.0.0.0')
    .optional(),
  RTC_ANNOUNCED_ADDRESS: z.string().optional(),
  RTC_PORT: wholeNumber(0, 65_535).default(0),
  SFU_DRAIN_SECONDS: wholeNumber(0, 86_400).default(30),
  LOG_LEVEL: z
    .enum(
      ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
      'must be a level such as info or warn',
    )
    .default('info'),
})

/** What single settings cannot tell. */
function contradictions(env: Record<string, string | undefined>): string[] {
  const anyAddress = env['RTC_LISTEN_IP'] === '0.0.0.0' || env['RTC_LISTEN_IP'] === '::'
  const problems: string[] = []
  if (anyAddress && !env['RTC_ANNOUNCED_ADDRESS'])
    problems.push(
      'RTC_ANNOUNCED_ADDRESS is missing: with RTC_LISTEN_IP open to all, set the address browsers reach',
    )
  if (env['NODE_ENV'] === 'production' && env['SFU_SECRET'] && new Set(env['SFU_SECRET']).size < 8)
    problems.push('SFU_SECRET looks like a sample: set it to a random value, from: openssl rand -base64 48')
  return problems
}

function hostAndPort(listen: string): { host: string; port: number } {
  const colon = listen.lastIndexOf(':')
  return { host: listen.slice(0, colon).replace(/^\[|\]$/g, ''), port: Number(listen.slice(colon + 1)) }
}
