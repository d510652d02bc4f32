import { collect, inheritedMemoryFile, place } from './memory-file.ts'
import type { Answer, FromChild, TaskMap, ToChild } from './protocol.ts'

/** How each task is done. */
export type Workers<T extends TaskMap> = {
  [K in keyof T]: (ask: T[K]['ask']) => Promise<T[K]['answer']>
}

type Refusal = { code: string; reason: string }

/**
 * Makes this process one of a pool: it prepares itself, says that it is ready, and answers one job at a time. It ends by
 * itself when the server goes away. `refusal` tells the faults of what was given from ours.
 */
export async function serve<T extends TaskMap>(
  workers: Workers<T>,
  prepare: () => Promise<void>,
  refusal: (error: unknown) => Refusal | null = () => null,
): Promise<void> {
  process.on('disconnect', () => process.exit(0))
  process.on('message', (job: ToChild) => {
    void answerTo(job).then(send)
  })
  await prepare()
  send({ state: 'ready' })

  async function answerTo({ id, task, ask, placed }: ToChild): Promise<Answer> {
    try {
      const worker = workers[task]
      if (!worker) return { id, state: 'failed', reason: `there is no task ${task}` }
      if (placed === null) return { id, state: 'done', answer: await worker(ask), placed: [] }
      const answer = place(inheritedMemoryFile, await worker(collect(inheritedMemoryFile, ask, placed)))
      return { id, state: 'done', answer: answer.rest, placed: answer.placed }
    } catch (error) {
      const refused = refusal(error)
      if (refused) return { id, state: 'refused', ...refused }
      return { id, state: 'failed', reason: error instanceof Error ? error.message : String(error) }
    }
  }
}

function send(message: FromChild): void {
  process.send?.(message)
}
