import { eachChannel } from './channels.ts'
import { grey } from './grey.ts'
import { lightness, moveLightness } from './lightness.ts'

/** Makes new 8-bit samples from others of the same size; it may change and give back those it was given. */
type Change = (samples: Uint8Array, width: number, height: number) => Uint8Array

/**
 * The picture between two steps: interleaved 8-bit sRGB. Steps that only change lightness work on its plane; the change
 * is carried back into the colours when a step, or the encoder, asks for them, so that neighbours share one conversion.
 */
export class Picture {
  readonly width: number
  readonly height: number
  #rgb: Uint8Array
  #lightness: { before: Uint8Array; now: Uint8Array } | null = null
  /** What red, green and blue all are, while they are one and not written out. */
  #grey: Uint8Array | null = null

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
    if (this.#grey) {
      writeGrey(this.#grey, this.#rgb)
      this.#grey = null
    }
    return this.#rgb
  }

  /** Puts other samples, made from the present ones, in their place. */
  change(change: Change): void {
    this.#rgb = change(this.rgb(), this.width, this.height)
  }

  /** Changes red, green and blue, each as a plane of its own. */
  changeChannels(change: Change): void {
    if (this.#grey) this.#grey = change(this.#grey, this.width, this.height)
    else this.#rgb = eachChannel(this.rgb(), (plane) => change(plane, this.width, this.height))
  }

  /** Puts a new lightness, made from the present one, in its place; it may not be changed in place. */
  changeLightness(change: Change): void {
    const before = this.#lightness?.before ?? lightness(this.rgb())
    const now = change(this.#lightness?.now ?? before, this.width, this.height)
    this.#lightness = { before, now }
  }

  /** Puts one plane, made from the luma, in the place of all three. */
  becomeGrey(change: Change): void {
    // The luma of a grey is that grey.
    this.#grey = change(this.#grey ?? grey(this.rgb()), this.width, this.height)
  }
}

function writeGrey(plane: Uint8Array, rgb: Uint8Array): void {
  for (let i = 0, at = 0; i < plane.length; i++, at += 3) rgb[at] = rgb[at + 1] = rgb[at + 2] = plane[i]!
}
