import { fileURLToPath } from 'node:url'
import type { Program } from '../processes/child.ts'
import { quietLog, type ProcessLog } from '../processes/log.ts'
import { Pool, type PoolOptions, type PoolStats } from '../processes/pool.ts'
import type { RecognitionTasks } from './tasks.ts'

export type { RecognitionTasks } from './tasks.ts'

const program: Program = {
  name: 'recognition',
  entry: fileURLToPath(new URL('worker.ts', import.meta.url)),
  env: { MALLOC_ARENA_MAX: '2' },
  execArgv: ['--max-old-space-size=512'],
  refused: (code, reason) => new Error(`a recognition process refused (${code}): ${reason}`),
}

export type Recognition = {
  /**
   * Has a task done in a recognition process, one at a time.
   * @throws ProcessesBusy, ProcessFailed.
   */
  run<K extends keyof RecognitionTasks>(
    task: K,
    ask: RecognitionTasks[K]['ask'],
  ): Promise<RecognitionTasks[K]['answer']>
  /** Starts the process and opens the models ahead of need. @throws ProcessFailed. */
  warm(): Promise<void>
  stats(): PoolStats
  /** Ends the process. May be called again. */
  close(): Promise<void>
}

/** Builds the models' pool. Nothing is started, and no memory taken, until `warm` or the first task. */
export function createRecognition({
  log = quietLog,
  ...options
}: Partial<PoolOptions> & { log?: ProcessLog } = {}): Recognition {
  const pool = new Pool<RecognitionTasks>(
    program,
    {
      size: 1,
      startTimeoutMs: 60_000,
      jobTimeoutMs: 15_000,
      memoryLimitMb: 1536,
      queueLength: 16,
      queueBytes: 96 * 1024 * 1024,
      idleMs: 10 * 60_000,
      ...options,
    },
    log,
  )
  return {
    run: async (task, ask) => pool.run({ task, ask, bytes: bytesIn(ask), turn: 'first' }),
    warm: () => pool.warm(),
    stats: () => pool.stats(),
    close: () => pool.close(),
  }
}

/** Samples are all that weighs: those of the pictures in it. */
function bytesIn(ask: object): number {
  return Object.values<unknown>(ask as Record<string, unknown>).reduce<number>((sum, value) => {
    if (value instanceof Uint8Array) return sum + value.length
    return typeof value === 'object' && value !== null ? sum + bytesIn(value) : sum
  }, 0)
}
