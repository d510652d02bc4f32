import { DomainError } from '#shared/errors.ts'
import type { Unkept } from './custodians.ts'

const rowsPerBatch = 200
const maxWaiting = 2_000

/**
 * Keeps entries that have no transaction of their own. While one batch is being written, those that come meanwhile
 * gather for the next: many reads at once cost a few commits, not one each.
 */
export function createRecorder(write: (rows: Unkept[]) => Promise<void>) {
  type Waiting = { row: Unkept; resolve: () => void; reject: (error: unknown) => void }
  let waiting: Waiting[] = []
  let writing = false

  async function writeAll(): Promise<void> {
    writing = true
    while (waiting.length > 0) {
      const batch = waiting.slice(0, rowsPerBatch)
      waiting = waiting.slice(rowsPerBatch)
      try {
        await write(batch.map(({ row }) => row))
        for (const { resolve } of batch) resolve()
      } catch (error) {
        for (const { reject } of batch) reject(error)
      }
    }
    writing = false
  }

  return {
    /** Resolves after the commit. @throws DomainError `busy` when too many wait already. */
    async keep(row: Unkept): Promise<void> {
      if (waiting.length >= maxWaiting) throw new DomainError('busy', { part: 'audit' })
      const kept = new Promise<void>((resolve, reject) => waiting.push({ row, resolve, reject }))
      if (!writing) queueMicrotask(() => void (writing || writeAll()))
      await kept
    },
  }
}
