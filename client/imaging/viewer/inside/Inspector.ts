import type { PictureRect } from '#shared/imaging-viewer.ts'
import { journal } from '../../../platform/journal.ts'
import type { FromPage, FromWorker, Given, Inside, Source } from './protocol.ts'

interface Wish {
  readonly source: Source
  /** Null: all of it. */
  readonly part: PictureRect | null
  /** Multiplies the edges. */
  readonly strength: number
}

interface Listeners {
  onSeen: (inside: Inside) => void
  onFailed: () => void
}

/** Looks into pictures, in a worker of its own: the last wish counts, older ones are dropped. */
export class Inspector {
  readonly #worker = new Worker(new URL('inside.worker.ts', import.meta.url), { type: 'module' })
  readonly #listeners: Listeners
  #answer: ((reply: FromWorker) => void) | null = null
  #wanted: Wish | null = null
  #opened: Source | null = null
  #busy = false
  #broken = false
  #closed = false

  constructor(listeners: Listeners) {
    this.#listeners = listeners
    this.#worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => {
      this.#answer?.(data)
    })
    this.#worker.addEventListener('error', ({ message }) => {
      this.#break(`The worker broke: ${message}`)
    })
    this.#worker.addEventListener('messageerror', () => {
      this.#break('An answer of the worker cannot be read')
    })
  }

  /** Looks as soon as may be. */
  look(wish: Wish): void {
    this.#wanted = wish
    if (!this.#busy && !this.#broken) void this.#run()
  }

  /** May be called again. */
  close(): void {
    this.#closed = true
    this.#wanted = null
    this.#worker.terminate()
  }

  async #run(): Promise<void> {
    this.#busy = true
    for (let done: Wish | null = null; this.#wanted && this.#wanted !== done;) {
      done = this.#wanted
      // A preview is closed when the next one comes, which will be wished for too.
      if (isGone(done.source)) continue
      try {
        const inside = await this.#see(done)
        if (!this.#closed) this.#listeners.onSeen(inside)
      } catch (error) {
        this.#opened = null
        if (this.#closed || this.#wanted !== done || isGone(done.source)) continue
        journal('The picture cannot be looked into', error)
        this.#listeners.onFailed()
      }
    }
    this.#busy = false
  }

  async #see({ source, part, strength }: Wish): Promise<Inside> {
    if (source !== this.#opened) {
      const given = await givenOf(source)
      this.#send({ kind: 'open', given }, given instanceof ImageBitmap ? [given] : [])
      this.#opened = source
    }
    const answered = new Promise<FromWorker>((resolve) => {
      this.#answer = resolve
    })
    this.#send({ kind: 'look', part, strength })
    const reply = await answered
    if (reply.inside === null) throw new Error(reply.reason)
    return reply.inside
  }

  #break(reason: string): void {
    if (this.#closed) return
    this.#broken = true
    this.#answer?.({ inside: null, reason })
    this.#listeners.onFailed()
  }

  #send(message: FromPage, transfer: Transferable[] = []): void {
    this.#worker.postMessage(message, transfer)
  }
}

async function givenOf(source: Source): Promise<Given> {
  if (typeof source !== 'string') return createImageBitmap(source)
  const response = await fetch(source, { credentials: 'same-origin' })
  if (!response.ok) throw new Error(`The picture cannot be read (${response.status})`)
  return response.blob()
}

/** Closed pictures have no size. */
function isGone(source: Source): boolean {
  return typeof source !== 'string' && source.width === 0
}
