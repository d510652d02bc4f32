import type { z } from 'zod'
import type { Endpoint } from '#shared/endpoint.ts'
import { Problem } from '#shared/errors.ts'

type Part<T extends z.ZodType> =
  Record<never, never> extends z.input<T>
    ? { required: false; value: z.input<T> }
    : { required: true; value: z.input<T> }
type Inputs<E extends Endpoint> = {
  [K in 'params' | 'query' | 'body' as Part<E[K]>['required'] extends true ? K : never]: z.input<E[K]>
} & {
  [K in 'params' | 'query' | 'body' as Part<E[K]>['required'] extends true ? never : K]?: z.input<E[K]>
} & { bytes?: Uint8Array; headers?: Record<string, string> }
type Args<E extends Endpoint> =
  Record<never, never> extends Inputs<E> ? [input?: Inputs<E>] : [input: Inputs<E>]

/** The server refused; `problem` is what it said. */
export class Refused extends Error {
  readonly status: number
  readonly problem: Problem

  constructor(endpoint: Endpoint, problem: Problem) {
    super(
      `${endpoint.method} ${endpoint.path}: ${problem.status} ${problem.code} ${JSON.stringify(problem.params ?? {})}`,
    )
    this.name = 'Refused'
    this.status = problem.status
    this.problem = problem
  }
}

/** One person's browser as far as HTTP goes: it keeps cookies and comes from our own pages. */
export class Client {
  readonly cookies = new Map<string, string>()
  /** The server it talks to; a person may be moved to another one. */
  origin: string

  constructor(origin: string) {
    this.origin = origin
  }

  /** Calls an endpoint and returns its reply. @throws Refused */
  async call<E extends Endpoint>(endpoint: E, ...[input]: Args<E>): Promise<z.output<E['reply']>> {
    const response = await this.send(endpoint, input)
    if (!response.ok) throw new Refused(endpoint, Problem.parse(await response.json()))
    return endpoint.reply.parse(await response.json()) as z.output<E['reply']>
  }

  /** For endpoints that answer with bytes. @throws Refused */
  async bytes<E extends Endpoint>(endpoint: E, ...[input]: Args<E>): Promise<Buffer> {
    const response = await this.send(endpoint, input)
    if (!response.ok) throw new Refused(endpoint, Problem.parse(await response.json()))
    return Buffer.from(await response.arrayBuffer())
  }

  /** Calls an endpoint that must refuse, and returns how it did. */
  async refusal<E extends Endpoint>(endpoint: E, ...args: Args<E>): Promise<Problem> {
    try {
      await this.call(endpoint, ...args)
    } catch (error) {
      if (error instanceof Refused) return error.problem
      throw error
    }
    throw new Error(`${endpoint.method} ${endpoint.path} should have been refused`)
  }

  /** The bare exchange; unlike `call` it lets wrong input through, to try what a stranger would. */
  async send(
    endpoint: Pick<Endpoint, 'method' | 'path'>,
    input: {
      params?: unknown
      query?: unknown
      body?: unknown
      bytes?: Uint8Array
      headers?: Record<string, string>
    } = {},
  ): Promise<Response> {
    const path = endpoint.path.replace(/:(\w+)/g, (_, name: string) =>
      encodeURIComponent(textOf(input.params, name)),
    )
    const query = new URLSearchParams(
      Object.entries(input.query ?? {}).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, String(value)]],
      ),
    )
    const body = input.bytes
      ? new Uint8Array(input.bytes)
      : input.body === undefined
        ? undefined
        : JSON.stringify(input.body)
    const response = await fetch(`${this.origin}${path}${query.size > 0 ? `?${query.toString()}` : ''}`, {
      method: endpoint.method,
      redirect: 'manual',
      headers: {
        'X-Bedside': '1',
        Origin: this.origin,
        Cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(body === undefined
          ? {}
          : { 'Content-Type': input.bytes ? 'application/octet-stream' : 'application/json' }),
        ...input.headers,
      },
      ...(body === undefined ? {} : { body }),
    })
    for (const cookie of response.headers.getSetCookie()) this.#keep(cookie)
    return response
  }

  #keep(cookie: string): void {
    const [pair = '', ...attributes] = cookie.split(';').map((part) => part.trim())
    const [name = '', value = ''] = pair.split('=')
    if (attributes.includes('Max-Age=0')) this.cookies.delete(name)
    else this.cookies.set(name, value)
  }
}

function textOf(params: unknown, name: string): string {
  const value: unknown = typeof params === 'object' && params !== null ? Reflect.get(params, name) : undefined
  return String(value)
}
