import { pino, type ChildLoggerOptions, type DestinationStream, type Logger } from 'pino'
import { DomainError } from '#shared/errors.ts'
import type { LogLevel } from '../config.ts'

export type { Logger }

/**
 * The log: constant sentences and fields that are known to carry no health data. Numbers and flags pass. Words pass
 * only under a listed field (or one that ends in Id) and only when they look like an identifier; everything else is
 * replaced by a mark, so that a field that was not thought about leaks nothing.
 */
export function createLog(
  { level, bindings = {} }: { level: LogLevel; bindings?: Record<string, string | number> },
  destination?: DestinationStream,
): Logger {
  const options = {
    level,
    base: bindings,
    timestamp: pino.stdTimeFunctions.epochTime,
    formatters: {
      level: (label: string) => ({ level: label }),
      bindings: onlyListed,
      log: onlyListed,
    },
    // formatters.log has made plain objects of errors; pino's own serialiser would print messages.
    serializers: { err: (value: unknown) => value, error: (value: unknown) => value },
  }
  const log = destination ? pino(options, destination) : pino(options)
  // pino formats the bindings of the first logger only; children inherit this method from it.
  const { child } = log as unknown as { child: Child }
  log.child = function (this: Logger, fields: object, more?: ChildLoggerOptions) {
    return child.call(this, onlyListed(fields), more)
  } as unknown as typeof log.child
  return log
}

type Child = (this: Logger, fields: object, options?: ChildLoggerOptions) => Logger

const listedFields = new Set([
  'action', 'code', 'dependency', 'domain', 'engine', 'event', 'from', 'host', 'job', 'kind', 'limit', 'method', 'migration',
  'outcome', 'part', 'policy', 'queue', 'reason', 'role', 'room', 'route', 'sfu', 'signal', 'state', 'step', 'system', 'table',
  'to', 'transport', 'version', 'worker', 'level',
]) // prettier-ignore
/** An id, a code, a host, or a route such as `GET /api/slots/:id`. */
const identifier = /^([A-Z]{3,6} )?[\w:./@-]{1,100}$/
const withheld = '[withheld]'

function onlyListed(fields: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, presentField(name, value)]))
}

function presentField(name: string, value: unknown): unknown {
  if (value === null || value === undefined || typeof value === 'number' || typeof value === 'boolean')
    return value
  if (typeof value === 'bigint') return Number(value)
  if (value instanceof Error) return presentError(value)
  const listed = listedFields.has(name) || /Ids?$/.test(name)
  if (listed && typeof value === 'string') return identifier.test(value) ? value : withheld
  if (listed && Array.isArray(value)) return value.slice(0, 20).map((item) => presentField(name, item))
  return withheld
}

type PresentedError = {
  name: string
  message?: string
  code?: string | number
  frames: string[]
  cause?: unknown
}

/**
 * What an error may say: its name, its code and where it came from. Its message only when no library put values into
 * it: those of databases, mail servers, parsers and argument checks quote what they were given.
 */
function presentError(error: Error, depth = 0): PresentedError {
  const code = 'code' in error && isCode(error.code) ? { code: error.code } : {}
  const cause =
    error.cause instanceof Error && depth < 4 ? { cause: presentError(error.cause, depth + 1) } : {}
  const inner =
    'driverError' in error && error.driverError instanceof Error && depth < 4
      ? { cause: presentError(error.driverError, depth + 1) }
      : {}
  return {
    name: error.name,
    ...(quotesValues(error) ? {} : { message: error.message.slice(0, 300) }),
    ...code,
    frames: framesOf(error),
    ...inner,
    ...cause,
  }
}

const quotingErrors = new Set([
  'SyntaxError',
  'ZodError',
  '$ZodError',
  'SqliteError',
  'AggregateError',
  'URIError',
])
const quotingFields = [
  'sql', 'sqlMessage', 'query', 'parameters', 'driverError', 'issues', 'input', 'body',
  // A mail server names whom it refuses a letter for.
  'response', 'rejected',
] // prettier-ignore

function quotesValues(error: Error): boolean {
  if (error instanceof DomainError) return false
  if (quotingErrors.has(error.name) || quotingFields.some((field) => field in error)) return true
  return 'code' in error && typeof error.code === 'string' && /^(ER_|ERR_|SQLITE_|PROTOCOL_)/.test(error.code)
}

function framesOf(error: Error): string[] {
  const lines = (error.stack ?? '').split('\n').map((line) => line.trim())
  return lines.filter((line) => /^at .*(:\d+:\d+\)?|\(native\)|<anonymous>\)?)$/.test(line)).slice(0, 20)
}

function isCode(code: unknown): code is string | number {
  return typeof code === 'number' || (typeof code === 'string' && /^\w{1,60}$/.test(code))
}
