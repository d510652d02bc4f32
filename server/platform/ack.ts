import type { Ack } from '#shared/endpoint.ts'
import type { Logger } from 'pino'
import { toDomainError } from './problem.ts'

/** A use case's result, or the fact it refused on, as a socket acknowledgement. */
export async function acknowledge<T>(work: () => Promise<T>, log: Logger): Promise<Ack<T>> {
  try {
    return { ok: true, value: await work() }
  } catch (error) {
    const fact = toDomainError(error)
    if (fact.code === 'internal') log.error({ err: fact.cause ?? error }, 'socket request failed')
    return { ok: false, error: fact.toWire() }
  }
}
