import { journal } from '../platform/journal.ts'

/** Frequencies in Hz and when they begin, in s. */
type Melody = readonly (readonly [hertz: number, at: number])[]

const melodies = {
  /** The doctor is ready; also the arrival of a patient on the doctor's board. */
  ready: [
    [523.25, 0],
    [659.25, 0.16],
    [783.99, 0.32],
  ],
  message: [[880, 0]],
  /** Long and loud enough to find the volume key. */
  test: [
    [523.25, 0],
    [587.33, 0.35],
    [659.25, 0.7],
    [783.99, 1.05],
    [1046.5, 1.4],
  ],
} satisfies Record<string, Melody>

const noteSeconds = 0.5

/** Plays a short melody made in the browser. Resolves when it is over; false when the browser is silent. */
export async function chime(name: keyof typeof melodies): Promise<boolean> {
  const melody: Melody = melodies[name]
  const context = new AudioContext()
  try {
    await context.resume()
    const start = context.currentTime + 0.03
    let last: OscillatorNode | null = null
    for (const [hertz, at] of melody) {
      const tone = context.createOscillator()
      const volume = context.createGain()
      tone.frequency.value = hertz
      volume.gain.setValueAtTime(0, start + at)
      volume.gain.linearRampToValueAtTime(0.25, start + at + 0.02)
      volume.gain.exponentialRampToValueAtTime(0.001, start + at + noteSeconds)
      tone.connect(volume).connect(context.destination)
      tone.start(start + at)
      tone.stop(start + at + noteSeconds)
      last = tone
    }
    await new Promise((resolve) => last?.addEventListener('ended', resolve))
    return true
  } catch (error) {
    journal('The browser played no sound', error)
    return false
  } finally {
    await context.close()
  }
}
