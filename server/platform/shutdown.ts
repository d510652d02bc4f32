import type { Logger } from './log.ts'

export type Shutdown = {
  /**
   * Steps run one after another, what was opened last first; one that fails or is late does not stop the next.
   */
  add(step: string, work: () => void | Promise<void>, timeoutMs?: number): void
  /** True from the first call of `run` on. */
  readonly begun: boolean
  /** Runs every step once; a second call waits for the first. */
  run(): Promise<void>
}

const defaultStepMs = 5_000

export function createShutdown(log: Logger): Shutdown {
  const steps: { step: string; work: () => void | Promise<void>; timeoutMs: number }[] = []
  let running: Promise<void> | undefined

  async function runAll(): Promise<void> {
    for (const { step, work, timeoutMs } of steps.toReversed()) {
      try {
        await inTime(work, timeoutMs)
      } catch (error) {
        log.warn({ err: error, step }, 'a step of the shutdown failed; going on with the next')
      }
    }
  }

  return {
    add: (step, work, timeoutMs = defaultStepMs) => void steps.push({ step, work, timeoutMs }),
    get begun() {
      return running !== undefined
    },
    run: () => (running ??= runAll()),
  }
}

async function inTime(work: () => void | Promise<void>, timeoutMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done after ${timeoutMs} ms`)), timeoutMs)
  })
  try {
    await Promise.race([work(), late])
  } finally {
    clearTimeout(timer)
  }
}
