/** The own screen, while it is shared. It ends by our button or by the browser's. */
export class ScreenShare {
  readonly #changed: (track: MediaStreamTrack | null) => void
  #track: MediaStreamTrack | null = null

  constructor(changed: (track: MediaStreamTrack | null) => void) {
    this.#changed = changed
  }

  /** False when the person chose nothing. Throws when the browser cannot share. */
  async start(): Promise<boolean> {
    if (this.#track) return true
    let stream: MediaStream
    try {
      stream = await navigator.mediaDevices.getDisplayMedia({
        video: { frameRate: { max: 15 } },
        audio: false,
      })
    } catch (error) {
      if (error instanceof DOMException && error.name === 'NotAllowedError') return false
      throw error
    }
    const track = stream.getVideoTracks()[0]
    if (!track) return false
    // Letters before motion.
    track.contentHint = 'detail'
    track.addEventListener('ended', () => {
      if (this.#track === track) this.stop()
    })
    this.#track = track
    this.#changed(track)
    return true
  }

  stop(): void {
    const track = this.#track
    if (!track) return
    this.#track = null
    this.#changed(null)
    track.stop()
  }
}
