import type { ConsultRequests, Quality } from '#shared/consult.ts'
import type { SendRequest } from '../../platform/socket.ts'
import { journal } from '../../platform/journal.ts'
import { measure, readCounters, SteadyQuality, type Counters } from './quality.ts'

const firstAfterMs = 2000
const everyMs = 5000

interface Needs {
  read: () => Promise<RTCStatsReport[]>
  connected: () => boolean
  request: SendRequest<ConsultRequests>
  changed: (facts: { quality: Quality; soundOnlyAdvised: boolean }) => void
}

/** Measures the line each 5 s, says it in a word, and tells the other side. */
export class QualityWatch {
  readonly #needs: Needs
  readonly #steady = new SteadyQuality()
  #before: Counters | null = null
  #connectedOnce = false
  #firstFrameMs: number | null = null
  #timer: ReturnType<typeof setTimeout> | null = null

  constructor(needs: Needs) {
    this.#needs = needs
  }

  start(): void {
    this.#timer ??= this.#later(firstAfterMs)
  }

  /** From the wish for a picture to the first one of the other side, in ms. The first call counts. */
  firstFrame(ms: number): void {
    this.#firstFrameMs ??= Math.round(ms)
  }

  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
  }

  #later(ms: number): ReturnType<typeof setTimeout> {
    return setTimeout(() => {
      void this.#measure().finally(() => {
        if (this.#timer !== null) this.#timer = this.#later(everyMs)
      })
    }, ms)
  }

  async #measure(): Promise<void> {
    try {
      const connected = this.#needs.connected()
      // What has never been there cannot be interrupted.
      if (!connected && !this.#connectedOnce) return
      this.#connectedOnce = true
      const counters = readCounters(await this.#needs.read())
      const { quality, roundTripMs, lossPercent } = measure(this.#before, counters, connected)
      this.#before = counters
      const word = this.#steady.add(quality)
      this.#needs.changed({ quality: word, soundOnlyAdvised: this.#steady.soundOnlyAdvised })
      await this.#needs.request('media:report', {
        quality: word,
        roundTripMs,
        lossPercent,
        firstFrameMs: this.#firstFrameMs,
      })
    } catch (error) {
      journal('This measurement of the line did not get through:', error)
    }
  }
}
