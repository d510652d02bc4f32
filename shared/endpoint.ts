import { z } from 'zod'
import type { WireError } from './errors.ts'

/**
 * One HTTP operation as both ends know it. `path` uses `:name` parameters; the three inputs are strict objects, so
 * unknown keys are refused. `reply` is parsed on the way out too: a column that is not in it cannot leak.
 * `binary` marks a reply (or body) of bytes instead of JSON.
 */
export type Endpoint<
  P extends z.ZodType = z.ZodType,
  Q extends z.ZodType = z.ZodType,
  B extends z.ZodType = z.ZodType,
  R extends z.ZodType = z.ZodType,
> = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly params: P
  readonly query: Q
  readonly body: B
  readonly reply: R
  readonly status: number
  readonly binary: 'reply' | 'body' | null
}

const Nothing = z.strictObject({})
type Nothing = typeof Nothing

type Shape<P, Q, B, R> = {
  method: Endpoint['method']
  path: string
  params?: P
  query?: Q
  body?: B
  reply?: R
  status?: number
  binary?: 'reply' | 'body'
}

export function endpoint<
  P extends z.ZodType = Nothing,
  Q extends z.ZodType = Nothing,
  B extends z.ZodType = Nothing,
  R extends z.ZodType = Nothing,
>(shape: Shape<P, Q, B, R>): Endpoint<P, Q, B, R> {
  return {
    method: shape.method,
    path: shape.path,
    params: shape.params ?? (Nothing as unknown as P),
    query: shape.query ?? (Nothing as unknown as Q),
    body: shape.body ?? (Nothing as unknown as B),
    reply: shape.reply ?? (Nothing as unknown as R),
    status: shape.status ?? 200,
    binary: shape.binary ?? null,
  }
}

/** One socket request: what the client sends and what the acknowledgement's `value` holds. */
export type SocketRequest<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> = {
  readonly input: I
  readonly reply: O
}

export function socketRequest<I extends z.ZodType, O extends z.ZodType = Nothing>(
  input: I,
  reply?: O,
): SocketRequest<I, O> {
  return { input, reply: reply ?? (Nothing as unknown as O) }
}

/** Every acknowledgement of a socket request or SFU command. */
export type Ack<T> = { ok: true; value: T } | { ok: false; error: WireError }

export const nothing = Nothing
