import { measureCapture, measuredEdge, movement, reasonsAgainst } from '#kernels/capture-quality.ts'
import { pixelsOf } from './measure.ts'

/** What the person can do now for a better picture; `ready`: nothing is in the way. Distance cannot be measured. */
export type Advice = 'dark' | 'bright' | 'glare' | 'moving' | 'blurred' | 'ready'

/** Every second frame of a camera that films 30 a second, and each of one that films in poor light. */
const restMs = 45
/** An advice that changes back at once would only flicker. */
const looksUntilSaid = 6
const movesFrom = 8

/** Looks at the frames of a video that plays, as long as it is open, and says what is in the way. */
export class LiveJudge {
  readonly #video: HTMLVideoElement
  readonly #say: (advice: Advice, looks: number) => void
  readonly #canvas = document.createElement('canvas')
  #before: Uint8Array | null = null
  #lastLook = -restMs
  #looks = 0
  #said: Advice | null = null
  #next: { advice: Advice; times: number } | null = null
  #handle: number | null = null

  /** `say` hears each look with the advice that stands, and how many looks there were. */
  constructor(video: HTMLVideoElement, say: (advice: Advice, looks: number) => void) {
    this.#video = video
    this.#say = say
    this.#wait()
  }

  close(): void {
    if (this.#handle !== null) this.#video.cancelVideoFrameCallback(this.#handle)
    this.#handle = null
  }

  #wait(): void {
    this.#handle = this.#video.requestVideoFrameCallback((now) => {
      this.#wait()
      if (now - this.#lastLook < restMs) return
      this.#lastLook = now
      this.#look()
    })
  }

  #look(): void {
    const size = { width: this.#video.videoWidth, height: this.#video.videoHeight }
    if (size.width === 0) return
    const { rgb, width, height } = pixelsOf(this.#video, size, measuredEdge, this.#canvas)
    const before = this.#before?.length === rgb.length ? this.#before : rgb
    this.#before = rgb
    const against = reasonsAgainst(measureCapture(rgb, width, height))
    const light = against.find((reason) => reason === 'dark' || reason === 'bright' || reason === 'glare')
    const still: Advice = against.includes('blurred') ? 'blurred' : 'ready'
    this.#settle(light ?? (movement(before, rgb) > movesFrom ? 'moving' : still))
  }

  #settle(advice: Advice): void {
    this.#looks++
    this.#next =
      this.#next?.advice === advice ? { advice, times: this.#next.times + 1 } : { advice, times: 1 }
    if (this.#said === null || this.#next.times >= looksUntilSaid) this.#said = advice
    this.#say(this.#said, this.#looks)
  }
}
