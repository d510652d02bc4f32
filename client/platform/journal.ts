/**
 * What happened in this browser that people need not know but who looks for a fault does: the last lines are kept in
 * memory and shown in the console. Ids and error codes only; never a name, a note or a picture.
 */
export function journal(sentence: string, cause?: unknown): void {
  lines.push({ at: Math.round(performance.now()), sentence, cause: inShort(cause) })
  if (lines.length > keep) lines.shift()
  console.info(sentence, cause ?? '')
}

interface Line {
  /** Milliseconds since the page was opened. */
  readonly at: number
  readonly sentence: string
  readonly cause: string
}

const keep = 200
const lines: Line[] = []

function inShort(cause: unknown): string {
  if (cause === undefined) return ''
  if (!(cause instanceof Error)) return typeof cause === 'string' ? cause : JSON.stringify(cause)
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.name
}
