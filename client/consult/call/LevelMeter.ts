import { journal } from '../../platform/journal.ts'
import { levelOf } from './device-state.ts'

const everyMs = 80

/** Measures how loud a microphone is, for people to see. Costs nothing while nobody listens. */
export class LevelMeter {
  readonly #listeners = new Set<(level: number) => void>()
  #context: AudioContext | null = null
  #analyser: AnalyserNode | null = null
  #source: MediaStreamAudioSourceNode | null = null
  #timer: ReturnType<typeof setInterval> | null = null
  #track: MediaStreamTrack | null = null

  /** The track to listen to; null for none. */
  follow(track: MediaStreamTrack | null): void {
    this.#track = track
    if (this.#listeners.size > 0) this.#wire()
  }

  /** Levels from 0 to 1, about twelve a second. Returns the remover. */
  on(listener: (level: number) => void): () => void {
    this.#listeners.add(listener)
    if (this.#listeners.size === 1) this.#wire()
    return () => {
      this.#listeners.delete(listener)
      if (this.#listeners.size === 0) this.#unwire()
    }
  }

  close(): void {
    this.#listeners.clear()
    this.#unwire()
    const context = this.#context
    this.#context = null
    context?.close().catch((error: unknown) => {
      journal('The level meter did not close:', error)
    })
  }

  #wire(): void {
    this.#unwire()
    if (!this.#track || this.#track.readyState === 'ended') {
      this.#tell(0)
      return
    }
    const context = (this.#context ??= new AudioContext())
    this.#analyser = context.createAnalyser()
    this.#analyser.fftSize = 1024
    this.#source = context.createMediaStreamSource(new MediaStream([this.#track]))
    this.#source.connect(this.#analyser)
    const samples = new Float32Array(this.#analyser.fftSize)
    this.#timer = setInterval(() => {
      // Browsers start it suspended until the page has been touched.
      if (context.state === 'suspended') {
        context.resume().catch((error: unknown) => {
          journal('The level meter waits for a touch:', error)
        })
      }
      this.#analyser?.getFloatTimeDomainData(samples)
      this.#tell(levelOf(samples))
    }, everyMs)
  }

  #unwire(): void {
    if (this.#timer !== null) clearInterval(this.#timer)
    this.#timer = null
    this.#source?.disconnect()
    this.#source = null
    this.#analyser = null
  }

  #tell(level: number): void {
    for (const listener of this.#listeners) listener(level)
  }
}
