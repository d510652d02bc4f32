import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import type { Express, NextFunction, Request, Response } from 'express'
import type { Logger } from 'pino'
import type { z } from 'zod'
import type { Endpoint } from '#shared/endpoint.ts'
import { DomainError } from '#shared/errors.ts'
import { RecordId } from '#shared/ids.ts'
import type { Clock } from './clock.ts'
import type { Actor, Context } from './context.ts'
import { readCookies, writeCookie } from './cookies.ts'
import type { CookieOptions } from './cookies.ts'
import { newId } from './ids.ts'
import type { LimitClass, Limiter } from './limit.ts'
import { networkOf } from './network.ts'
import type { Policy } from './policy.ts'
import { toDomainError, toProblem } from './problem.ts'
import { refuseForeignOrigin, securityHeaders } from './web-security.ts'

/** A request's context; cookies are set here and nowhere else. */
export type HttpContext = Context & {
  cookie(name: string): string | null
  setCookie(name: string, value: string, options: CookieOptions): void
  clearCookie(name: string, options: CookieOptions): void
  header(name: string): string | null
}

/** Bytes instead of JSON; like all of the API's answers they are not kept by browsers. */
export type BinaryReply = { bytes: Uint8Array; contentType: string }

export type Input<E extends Endpoint> = {
  params: z.output<E['params']>
  query: z.output<E['query']>
  body: z.output<E['body']>
  bytes: Buffer
}
export type Reply<E extends Endpoint> = z.input<E['reply']> | BinaryReply | undefined
export type Handler<E extends Endpoint> = (ctx: HttpContext, input: Input<E>) => Promise<Reply<E>>

export type RouteOptions = { policy: Policy; limit: LimitClass }
/** What the policy test reads. */
export type RouteRow = { method: string; path: string; policy: Policy; limit: LimitClass }

export type Http = {
  readonly app: Express
  readonly server: Server
  readonly routes: readonly RouteRow[]
  route<E extends Endpoint>(endpoint: E, options: RouteOptions, handler: Handler<E>): void
  /** Resolves with the port; 0 asks the system for a free one. */
  listen(host: string, port: number): Promise<number>
  /** Stops accepting, ends idle connections, waits for the running requests. */
  close(): Promise<void>
}

export type HttpNeeds = {
  clock: Clock
  log: Logger
  limiter: Limiter
  /** Finds out who calls; anonymous when nobody is signed in. Throws only when it cannot know (database away). */
  authenticate(cookie: (name: string) => string | null): Promise<Actor>
  /** Origins that may send unsafe requests; read at each request because tests learn their port late. */
  origins(): readonly string[]
  trustedProxies: number
  observe(route: string, status: number, ms: number): void
}

const jsonLimit = 256 * 1024
/** Fifteen megabytes: the largest picture that is accepted. */
const bytesLimit = 15 * 1024 * 1024
/** A picture over a slow line; browsers give up a little sooner. Strangers' bodies are not read at all. */
const requestMs = 150_000

export function createHttp(needs: HttpNeeds): Http {
  const app = express()
  const server = createServer(
    { requestTimeout: requestMs, headersTimeout: 10_000, maxHeaderSize: 16 * 1024 },
    app,
  )
  const routes: RouteRow[] = []

  app.disable('x-powered-by')
  app.disable('etag')
  app.set('trust proxy', needs.trustedProxies)
  app.set('query parser', 'simple')
  app.use(securityHeaders())
  app.use('/api', (_request, response, next) => {
    response.setHeader('Cache-Control', 'no-store')
    next()
  })
  const parseJson = express.json({ limit: jsonLimit, strict: true, type: 'application/json' })
  const parseBytes = express.raw({ limit: bytesLimit, type: () => true })

  function route<E extends Endpoint>(
    endpoint: E,
    { policy, limit }: RouteOptions,
    handler: Handler<E>,
  ): void {
    const { method, path } = endpoint
    routes.push({ method, path, policy, limit })
    const register = { GET: 'get', POST: 'post', PUT: 'put', PATCH: 'patch', DELETE: 'delete' } as const

    app[register[method]](path, async (request: Request, response: Response) => {
      const started = performance.now()
      const requestId: string = newId(RecordId, needs.clock)
      const log = needs.log.child({ requestId })
      response.setHeader('X-Request-Id', requestId)
      try {
        const cookies = readCookies(request.headers.cookie)
        const cookie = (name: string) => cookies.get(name) ?? null
        if (method !== 'GET') refuseForeignOrigin(request, needs.origins())
        const ip = request.ip ?? ''
        if (limit === 'auth') needs.limiter.spend(limit, networkOf(ip))
        const actor = await needs.authenticate(cookie)
        const ctx: HttpContext = {
          requestId,
          actor,
          ip,
          log,
          cookie,
          setCookie: (name, value, options) =>
            response.append('Set-Cookie', writeCookie(name, value, options)),
          clearCookie: (name, options) =>
            response.append('Set-Cookie', writeCookie(name, '', { ...options, maxAgeMs: 0 })),
          header: (name) => request.get(name) ?? null,
        }
        if (limit !== 'auth') needs.limiter.spend(limit, callerOf(actor, ip))
        if (!policy.allows(actor))
          throw new DomainError(actor.kind === 'anonymous' ? 'unauthenticated' : 'not_found')
        // Bodies are read only after the caller is known to be allowed: strangers cannot make us hold megabytes.
        if (method !== 'GET')
          await readBody(endpoint.binary === 'body' ? parseBytes : parseJson, request, response)
        const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
        const input: Input<E> = {
          params: endpoint.params.parse(request.params) as Input<E>['params'],
          query: endpoint.query.parse({ ...request.query }) as Input<E>['query'],
          body: (endpoint.binary === 'body'
            ? {}
            : endpoint.body.parse(request.body ?? {})) as Input<E>['body'],
          bytes,
        }
        const reply = await handler(ctx, input)
        response.status(endpoint.status)
        if (endpoint.binary === 'reply') sendBytes(response, reply as BinaryReply)
        else response.json(parseReply(endpoint, reply))
      } catch (error) {
        sendProblem(error, requestId, log, response)
      } finally {
        needs.observe(`${method} ${path}`, response.statusCode, performance.now() - started)
        log.info(
          {
            route: `${method} ${path}`,
            status: response.statusCode,
            ms: Math.round(performance.now() - started),
          },
          'request',
        )
      }
    })
  }

  return {
    app,
    server,
    routes,
    route,
    listen: (host, port) =>
      new Promise((resolve, reject) => {
        app.use('/api', (_request, response) => {
          const requestId: string = newId(RecordId, needs.clock)
          sendProblem(new DomainError('not_found'), requestId, needs.log, response)
        })
        // What fails outside our handlers: an undecodable path, a missing asset, or a mistake of ours.
        app.use((error: unknown, _request: Request, response: Response, _next: NextFunction) => {
          const requestId: string = newId(RecordId, needs.clock)
          const status = statusOf(error)
          const code = status === 404 ? 'not_found' : status === 400 ? 'invalid_request' : 'internal'
          sendProblem(new DomainError(code, undefined, error), requestId, needs.log, response)
        })
        server.once('error', reject)
        server.listen(port, host, () => {
          server.removeListener('error', reject)
          resolve((server.address() as AddressInfo).port)
        })
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeIdleConnections()
        setTimeout(() => server.closeAllConnections(), 2_000).unref()
      }),
  }
}

function callerOf(actor: Actor, ip: string): string {
  return actor.kind === 'user' || actor.kind === 'guest' ? actor.sessionId : networkOf(ip)
}

function readBody(
  parse: ReturnType<typeof express.json>,
  request: Request,
  response: Response,
): Promise<void> {
  return new Promise((resolve, reject) => {
    parse(request, response, (error?: unknown) => {
      if (!error) return resolve()
      const type = typeof error === 'object' && 'type' in error ? error.type : ''
      reject(new DomainError(type === 'entity.too.large' ? 'payload_too_large' : 'invalid_request'))
    })
  })
}

function parseReply(endpoint: Endpoint, reply: unknown): unknown {
  const parsed = endpoint.reply.safeParse(reply ?? {})
  if (parsed.success) return parsed.data
  // Our own mistake, not the caller's: it must not read as a bad request.
  throw new Error(`reply of ${endpoint.method} ${endpoint.path} does not fit its schema`, {
    cause: parsed.error,
  })
}

function sendBytes(response: Response, { bytes, contentType }: BinaryReply): void {
  response.setHeader('Content-Security-Policy', "default-src 'none'; sandbox")
  response.setHeader('Content-Type', contentType)
  response.end(bytes)
}

function sendProblem(error: unknown, requestId: string, log: Logger, response: Response): void {
  const fact = toDomainError(error)
  if (fact.code === 'internal') log.error({ err: fact.cause ?? error }, 'request failed')
  const problem = toProblem(fact, requestId)
  if (response.headersSent) return void response.destroy()
  const retryAfterMs = fact.params?.['retryAfterMs']
  if (typeof retryAfterMs === 'number')
    response.setHeader('Retry-After', String(Math.ceil(retryAfterMs / 1000)))
  response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem))
}

function statusOf(error: unknown): number | null {
  return typeof error === 'object' && error !== null && 'status' in error && typeof error.status === 'number'
    ? error.status
    : null
}
