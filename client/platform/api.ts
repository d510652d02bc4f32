import type { z } from 'zod'
import type { Endpoint } from '#shared/endpoint.ts'
import { errorCodes, Problem, type ErrorCode, type ErrorParams } from '#shared/errors.ts'

/** What the server may answer, and what can go wrong before it answers. */
export type ApiErrorCode = ErrorCode | 'offline' | 'unexpected_reply'

/** A refused or failed request. People's words for it come from `describe-error.ts`. */
export class ApiError extends Error {
  readonly code: ApiErrorCode
  /** HTTP status; 0 when no answer came. */
  readonly status: number
  readonly retryable: boolean
  /** The code to quote to support; null when no answer came. */
  readonly requestId: string | null
  /** Facts to recover with, such as `nextFree` for `slot_taken`. */
  readonly params: ErrorParams
  /** Milliseconds the server asks to wait; null when it does not say. */
  readonly retryAfterMs: number | null

  constructor(facts: {
    code: ApiErrorCode
    title: string
    status?: number
    retryable: boolean
    requestId?: string | null
    params?: ErrorParams | undefined
    retryAfterMs?: number | null
    cause?: unknown
  }) {
    super(facts.title, facts.cause === undefined ? undefined : { cause: facts.cause })
    this.name = 'ApiError'
    this.code = facts.code
    this.status = facts.status ?? 0
    this.retryable = facts.retryable
    this.requestId = facts.requestId ?? null
    this.params = facts.params ?? {}
    this.retryAfterMs = facts.retryAfterMs ?? null
  }

  get title(): string {
    return this.message
  }
}

type Part<Name extends string, T extends z.ZodType> = [z.input<T>] extends [Record<string, never>]
  ? { [name in Name]?: undefined }
  : object extends z.input<T>
    ? { [name in Name]?: z.input<T> }
    : { [name in Name]: z.input<T> }

/** The inputs an endpoint needs; parts it does not have cannot be passed. `bytes` is the body of binary endpoints. */
export type CallInput<E extends Endpoint> = Part<'params', E['params']> &
  Part<'query', E['query']> &
  Part<'body', E['body']> & { bytes?: Blob; signal?: AbortSignal }

type CallArguments<E extends Endpoint> =
  object extends CallInput<E> ? [input?: CallInput<E>] : [input: CallInput<E>]

const safeMethods: readonly string[] = ['GET']
const timeoutMs = 20_000
const uploadTimeoutMs = 120_000

/**
 * Calls an endpoint of `shared/` and returns its reply, parsed by the endpoint's own schema.
 * Throws ApiError, or an AbortError when `signal` aborts.
 */
export async function call<E extends Endpoint>(
  endpoint: E,
  ...[input]: CallArguments<E>
): Promise<z.output<E['reply']>> {
  const response = await send(endpoint, input ?? {})
  if (response.status === 204) return endpoint.reply.parse({}) as z.output<E['reply']>
  const body = await readJson(response)
  const reply = endpoint.reply.safeParse(body)
  if (!reply.success) throw unexpected(response, reply.error)
  return reply.data as z.output<E['reply']>
}

/** The same for endpoints that answer with bytes. */
export async function callForBytes<E extends Endpoint>(
  endpoint: E,
  ...[input]: CallArguments<E>
): Promise<Blob> {
  return (await send(endpoint, input ?? {})).blob()
}

/** The address of an endpoint with its parameters filled in, for pictures and downloads. */
export function addressOf<E extends Endpoint>(
  endpoint: E,
  input: Pick<LooseInput, 'params' | 'query'>,
): string {
  const path = endpoint.path.replaceAll(/:(\w+)/g, (_, name: string) => {
    const value = (input.params as Record<string, unknown> | undefined)?.[name]
    if (typeof value !== 'string') throw new TypeError(`${endpoint.path} needs ${name}`)
    return encodeURIComponent(value)
  })
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries((input.query ?? {}) as Record<string, unknown>)) {
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
      query.set(name, `${value}`)
  }
  const search = query.toString()
  return search === '' ? path : `${path}?${search}`
}

interface LooseInput {
  params?: unknown
  query?: unknown
  body?: unknown
  bytes?: Blob
  signal?: AbortSignal
}

async function send(endpoint: Endpoint, input: LooseInput): Promise<Response> {
  const timeout = AbortSignal.timeout(input.bytes ? uploadTimeoutMs : timeoutMs)
  const headers = new Headers({ accept: 'application/json' })
  // A custom header cannot be sent by a foreign page without our consent: the server's defence against forged requests.
  if (!safeMethods.includes(endpoint.method)) headers.set('x-bedside', '1')
  let body: BodyInit | null = null
  if (input.bytes) {
    body = input.bytes
    headers.set('content-type', input.bytes.type || 'application/octet-stream')
  } else if (!safeMethods.includes(endpoint.method)) {
    body = JSON.stringify(input.body ?? {})
    headers.set('content-type', 'application/json')
  }
  let response: Response
  try {
    response = await fetch(addressOf(endpoint, input), {
      method: endpoint.method,
      headers,
      body,
      credentials: 'same-origin',
      cache: 'no-store',
      signal: input.signal ? AbortSignal.any([input.signal, timeout]) : timeout,
    })
  } catch (cause) {
    if (input.signal?.aborted) throw cause
    throw new ApiError({ code: 'offline', title: 'The service cannot be reached', retryable: true, cause })
  }
  if (!response.ok) throw await problemOf(response)
  return response
}

async function problemOf(response: Response): Promise<ApiError> {
  const problem = Problem.safeParse(await readJson(response))
  if (!problem.success) return unexpected(response, problem.error)
  const { code, title, retryable, instance, params } = problem.data
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN)
  return new ApiError({
    code,
    title,
    status: response.status,
    retryable,
    requestId: instance,
    params,
    retryAfterMs: Number.isFinite(seconds) ? seconds * 1000 : null,
  })
}

async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json()
  } catch (cause) {
    throw unexpected(response, cause)
  }
}

/** Not one of ours: a proxy's page, or a server of another version. */
function unexpected(response: Response, cause: unknown): ApiError {
  const gateway = response.status === 502 || response.status === 503 || response.status === 504
  return new ApiError({
    code: gateway ? 'unavailable' : 'unexpected_reply',
    title: gateway ? errorCodes.unavailable.title : 'The answer is not one this page understands',
    status: response.status,
    retryable: response.status >= 500,
    requestId: response.headers.get('x-request-id'),
    cause,
  })
}
