import { readSnapshotImage, type Snapshot } from '#shared/imaging.ts'
import { recipeOf, type Area, type Step } from '#shared/imaging-recipe.ts'
import { addressOf } from '../../platform/api.ts'
import { journal } from '../../platform/journal.ts'
import type { JudgedPatch } from './judge-patch.ts'
import type { FromPage, FromWorker, Tried } from './preview-protocol.ts'

/** Made while a slider moves: small enough to follow it. */
const liveEdge = 960
/** Made when the slider rests. */
const fineEdge = 1280
const restMs = 200
const thumbnailEdge = 160

export type PreviewProblem = 'nothing_to_balance' | 'failed'

const measureName = 'preview'

interface Listeners {
  onMade: (picture: ImageBitmap) => void
  onProblem: (problem: PreviewProblem) => void
}

/** Null: there will be no answer. */
type Waiting = (reply: FromWorker | null) => void

/** Tries steps on the original of one snapshot, in a worker of its own: the last wish counts, older ones are dropped. */
export class Preview {
  readonly #worker = new Worker(new URL('preview.worker.ts', import.meta.url), { type: 'module' })
  readonly #listeners: Listeners
  readonly #waiting = new Map<number, Waiting>()
  /** Resolves with whether there is a picture to try on. */
  readonly #ready: Promise<boolean>
  /** Why the worker answers no more; null while it does. */
  #broken: string | null = null
  #nextId = 1
  #wanted: readonly Step[] | null = null
  #wantedAt = 0
  #busy = false
  #rest: ReturnType<typeof setTimeout> | null = null
  #closed = false

  /** Begins to load the picture. `onProblem('failed')` when it cannot be had. */
  constructor(snapshot: Snapshot, listeners: Listeners) {
    this.#listeners = listeners
    this.#worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => {
      const waiting = this.#waiting.get(data.id)
      this.#waiting.delete(data.id)
      waiting?.(data)
    })
    this.#worker.addEventListener('error', ({ message }) => {
      this.#fail(`The worker broke: ${message}`)
    })
    this.#worker.addEventListener('messageerror', () => {
      this.#fail('An answer of the worker cannot be read')
    })
    this.#ready = this.#open(snapshot).then(
      () => true,
      (error: unknown) => {
        journal('The original cannot be tried on', error)
        if (!this.#closed) listeners.onProblem('failed')
        return false
      },
    )
  }

  /** Shows these steps as soon as may be; null shows nothing any more. */
  show(steps: readonly Step[] | null): void {
    this.#wanted = steps
    this.#wantedAt = performance.now()
    if (this.#rest) clearTimeout(this.#rest)
    if (steps && !this.#busy) void this.#live()
  }

  /** A small picture of these steps, for a choice; null when they cannot be tried. */
  async thumbnail(steps: readonly Step[]): Promise<ImageBitmap | null> {
    return (await this.#ready) ? (await this.#try(steps, thumbnailEdge)).made : null
  }

  /** Whether this place may stand for white or grey; null when that cannot be told. */
  async judge(patch: Area): Promise<JudgedPatch | null> {
    if (!(await this.#ready)) return null
    const reply = await this.#ask({ kind: 'judge', id: this.#nextId++, patch })
    return reply && 'judged' in reply ? reply.judged : null
  }

  /** May be called again. */
  close(): void {
    this.#closed = true
    this.#wanted = null
    if (this.#rest) clearTimeout(this.#rest)
    this.#worker.terminate()
  }

  async #open(snapshot: Snapshot): Promise<void> {
    const address = addressOf(readSnapshotImage, {
      params: { snapshotId: snapshot.id, variant: 'original' },
    })
    const response = await fetch(address, { credentials: 'same-origin' })
    if (!response.ok) throw new Error(`The original cannot be read (${response.status})`)
    const picture = await createImageBitmap(await response.blob(), { imageOrientation: 'from-image' })
    const serverEdge = Math.min(recipeOf([]).display.maxEdge, Math.max(picture.width, picture.height))
    this.#send({ kind: 'open', picture, serverEdge }, [picture])
  }

  /** Follows the wish until it rests, then makes the fine picture once. */
  async #live(): Promise<void> {
    this.#busy = true
    try {
      if (!(await this.#ready)) return
      for (let shown: readonly Step[] | null = null; this.#wanted && this.#wanted !== shown;) {
        shown = this.#wanted
        const since = this.#wantedAt
        this.#hand(await this.#try(shown, liveEdge))
        tellHowLong(since)
      }
      const rested = this.#wanted
      if (rested) this.#rest = setTimeout(() => void this.#fine(rested), restMs)
    } finally {
      this.#busy = false
    }
  }

  async #fine(steps: readonly Step[]): Promise<void> {
    const reply = await this.#try(steps, fineEdge)
    if (this.#wanted === steps) this.#hand(reply)
    else reply.made?.close()
  }

  #hand(reply: Tried): void {
    if (this.#closed || this.#wanted === null) reply.made?.close()
    else if (reply.made) this.#listeners.onMade(reply.made)
    else {
      journal('The steps cannot be tried', reply.reason)
      this.#listeners.onProblem(reply.problem)
    }
  }

  async #try(steps: readonly Step[], edge: number): Promise<Tried> {
    const id = this.#nextId++
    const reply = await this.#ask({ kind: 'try', id, steps: [...steps], edge })
    if (reply && 'made' in reply) return reply
    return { id, made: null, problem: 'failed', reason: this.#broken ?? 'Another answer came' }
  }

  #ask(message: Exclude<FromPage, { kind: 'open' }>): Promise<FromWorker | null> {
    return new Promise((resolve) => {
      if (this.#broken !== null) {
        resolve(null)
        return
      }
      this.#waiting.set(message.id, resolve)
      this.#send(message)
    })
  }

  /** Every question gets an answer, or the panel would wait for ever. */
  #fail(reason: string): void {
    if (this.#closed) return
    this.#broken = reason
    journal('Nothing can be tried any more', reason)
    this.#listeners.onProblem('failed')
    for (const waiting of this.#waiting.values()) waiting(null)
    this.#waiting.clear()
  }

  #send(message: FromPage, transfer: Transferable[] = []): void {
    this.#worker.postMessage(message, transfer)
  }
}

/** For who looks at the page's timeline: from the wish to its picture. */
function tellHowLong(since: number): void {
  performance.clearMeasures(measureName)
  performance.measure(measureName, { start: since })
}
