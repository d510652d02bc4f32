import { lightness, moveLightness } from './lightness.ts'

/** Makes a new plane of 8-bit samples from one of the same size. */
type PlaneChange = (plane: Uint8Array, width: number, height: number) => Uint8Array

/**
 * The picture between two steps: interleaved 8-bit sRGB. Steps that only change lightness work on its plane; the change
 * is carried back into the colours when a step, or the encoder, asks for them, so that neighbours share one conversion.
 */
export class Picture {
  readonly width: number
  readonly height: number
  readonly #rgb: Uint8Array
  #lightness: { before: Uint8Array; now: Uint8Array } | null = null

  constructor(rgb: Uint8Array, width: number, height: number) {
    this.#rgb = rgb
    this.width = width
    this.height = height
  }

  /** The samples, red, green, blue; may be changed in place before the next call. */
  rgb(): Uint8Array {
    if (this.#lightness) {
      moveLightness(this.#rgb, this.#lightness.before, this.#lightness.now)
      this.#lightness = null
    }
    return this.#rgb
  }

  /** Puts a new lightness, made from the present one, in its place. */
  changeLightness(change: PlaneChange): void {
    const before = this.#lightness?.before ?? lightness(this.#rgb)
    const now = change(this.#lightness?.now ?? before, this.width, this.height)
    this.#lightness = { before, now }
  }

  /** Changes red, green and blue, each as a plane of its own. */
  changeChannels(change: PlaneChange): void {
    const rgb = this.rgb()
    const plane = new Uint8Array(rgb.length / 3)
    for (let channel = 0; channel < 3; channel++) {
      for (let i = 0, at = channel; i < plane.length; i++, at += 3) plane[i] = rgb[at]!
      const changed = change(plane, this.width, this.height)
      for (let i = 0, at = channel; i < plane.length; i++, at += 3) rgb[at] = changed[i]!
    }
  }
}
