/** Tells how far a step is; call it as often as you like. */
export type Progress = (done: number, total: number) => void

const redrawMs = 200
/** How often a long step shows a sign of life where lines cannot be redrawn (logs, CI). */
const plainLineMs = 10_000

/**
 * Runs one named piece of work and shows its name, its progress and its time.
 * On a terminal the line is redrawn; elsewhere plain lines are printed. Errors pass through unchanged.
 */
export async function step<T>(name: string, work: (progress: Progress) => Promise<T>): Promise<T> {
  const startedAt = performance.now()
  const elapsedMs = (): number => performance.now() - startedAt
  const terminal = process.stdout.isTTY
  let count = ''
  const show = (): void => {
    const line = stepLine('…', name, count, elapsedMs())
    process.stdout.write(terminal ? `\r\x1b[K${line}` : `${line}\n`)
  }
  const timer = setInterval(show, terminal ? redrawMs : plainLineMs)
  const finish = (mark: string): void => {
    clearInterval(timer)
    const line = stepLine(mark, name, mark === '✔' ? '' : count, elapsedMs())
    process.stdout.write(terminal ? `\r\x1b[K${line}\n` : `${line}\n`)
  }
  try {
    const result = await work((done, total) => {
      count = `${done} of ${total}`
    })
    finish('✔')
    return result
  } catch (error) {
    finish('✘')
    throw error
  }
}

/** One line of a step: mark, name, count where there is one, time. */
export function stepLine(mark: string, name: string, count: string, elapsedMs: number): string {
  return [mark, name, count && `· ${count}`, `· ${duration(elapsedMs)}`].filter(Boolean).join(' ')
}

/** `0.4 s`, `12 s`, `2 min 50 s`. */
export function duration(ms: number): string {
  const seconds = ms / 1000
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`
  const whole = Math.round(seconds)
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`
}
