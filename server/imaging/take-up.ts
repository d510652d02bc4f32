import { DomainError } from '#shared/errors.ts'
import { minuteMs } from '#shared/time.ts'
import type { Coordination } from '../platform/coordination.ts'

/** Longer than the media process takes for a picture, with its second try. */
const leaseMs = 2 * minuteMs

/**
 * Takes up what another server may have left, unless one is at it already. While the coordination store is away each server
 * does it: that costs time only, because the first result counts.
 */
export async function takeUpAlone(
  coordination: Pick<Coordination, 'setIfAbsent' | 'delete'>,
  id: string,
  work: () => Promise<void>,
): Promise<void> {
  const key = `take-up:${id}`
  if (!(await isFree(coordination, key))) return
  try {
    await work()
  } finally {
    await unlessAway(() => coordination.delete(key))
  }
}

async function isFree(coordination: Pick<Coordination, 'setIfAbsent'>, key: string): Promise<boolean> {
  return (await unlessAway(() => coordination.setIfAbsent(key, 'taken', leaseMs))) ?? true
}

/** Undefined: the store does not answer. */
async function unlessAway<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask()
  } catch (error) {
    if (error instanceof DomainError && error.code === 'unavailable') return undefined
    throw error
  }
}
