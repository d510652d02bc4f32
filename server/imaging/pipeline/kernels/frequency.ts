import { padded } from './fourier.ts'
import { transformer } from './fourier-transform.ts'
import { saturate } from './rounding.ts'
import { type ColumnGains, fastFilter } from './simd/fourier.ts'

/** Frequencies in cycles a sample, 0 (even) to 0.5 (every other sample), 0.71 along the diagonal. */
export type Band = { pass: 'low' | 'high'; cutoff: number } | { pass: 'band'; from: number; to: number }

/**
 * How the gain falls off at distance d from even, for a cutoff c: `ideal` 1 up to c and 0 beyond; `gaussian`
 * exp(-d^2 / 2 c^2); `butterworth` 1 / (1 + (d / c)^2n), n = `order`, a half at c.
 */
export type RollOff = { shape: 'ideal' | 'gaussian' } | { shape: 'butterworth'; order: number }

/**
 * Lets a band of frequencies of an 8-bit plane pass. High is 1 - low; a band is high from `from` times low to `to`. Low
 * keeps the mean; the others take it away, so that 128 stands for zero. The plane is padded with its mirror image (see
 * `padded`); float64 throughout, the answer rounded once, halves to even, to 0..255. (Gonzalez and Woods, Digital Image
 * Processing, sections 4.8 to 4.10.)
 */
export function frequencyFilter(
  plane: Uint8Array,
  width: number,
  height: number,
  filter: Band & RollOff,
): Uint8Array {
  return filterByGain(plane, width, height, gainOf(filter), filter.pass === 'low' ? 0 : 128)
}

export type WienerOptions = {
  /** Of the Gaussian that blurred the picture, in pixels. */
  sigma: number
  /** K, the power of the noise over that of the picture: 0.001 for a clean picture, 0.1 for a noisy one; above 0. */
  noise: number
}

/**
 * Takes back a blur by a Gaussian of known sigma as far as noise allows: H / (H^2 + K) of each frequency, where
 * H(d) = exp(-2 pi^2 sigma^2 d^2) is the transform of the Gaussian, times 1 + K so that the mean stays. Padding and
 * rounding as in `frequencyFilter`. (N. Wiener 1949; Gonzalez and Woods, section 5.8, equation 5-85.)
 */
export function wienerDeblur(
  plane: Uint8Array,
  width: number,
  height: number,
  { sigma, noise }: WienerOptions,
): Uint8Array {
  const gain = (squared: number) => {
    const blur = Math.exp(-2 * Math.PI * Math.PI * sigma * sigma * squared)
    return ((1 + noise) * blur) / (blur * blur + noise)
  }
  return filterByGain(plane, width, height, gain, 0)
}

/** The factor for a frequency, told the square of its distance from even. */
type Gain = (squared: number) => number

function gainOf(filter: Band & RollOff): Gain {
  switch (filter.pass) {
    case 'low':
      return lowPass(filter.cutoff, filter)
    case 'high': {
      const low = lowPass(filter.cutoff, filter)
      return (squared) => 1 - low(squared)
    }
    case 'band': {
      const below = lowPass(filter.from, filter)
      const upTo = lowPass(filter.to, filter)
      return (squared) => (1 - below(squared)) * upTo(squared)
    }
  }
}

function lowPass(cutoff: number, rollOff: RollOff): Gain {
  const square = cutoff * cutoff
  switch (rollOff.shape) {
    case 'ideal':
      return (squared) => (squared <= square ? 1 : 0)
    case 'gaussian':
      return (squared) => Math.exp(-squared / (2 * square))
    case 'butterworth':
      return (squared) => 1 / (1 + (squared / square) ** rollOff.order)
  }
}

function filterByGain(
  plane: Uint8Array,
  width: number,
  height: number,
  gain: Gain,
  offset: number,
): Uint8Array {
  const pad = padded(plane, width, height)
  const filtered = new Uint8Array(pad.plane.length)
  const gainsOf: ColumnGains = (x, gains) => {
    const across = (x / pad.width) ** 2
    for (let y = 0; y <= pad.height >> 1; y++) {
      const factor = gain(across + (y / pad.height) ** 2)
      gains[y] = factor
      gains[(pad.height - y) % pad.height] = factor
    }
  }
  const answer = { scale: 1 / pad.plane.length, offset, out: filtered }
  if (!fastFilter(pad.plane, pad.width, pad.height, gainsOf, answer)) plainFilter(pad, gainsOf, answer)
  if (pad.width === width && pad.height === height) return filtered
  const out = new Uint8Array(plane.length)
  for (let y = 0; y < height; y++) {
    out.set(filtered.subarray(y * pad.width, y * pad.width + width), y * width)
  }
  return out
}

type Padded = ReturnType<typeof padded>
type Answer = { scale: number; offset: number; out: Uint8Array }

function plainFilter({ plane, width, height }: Padded, gainsOf: ColumnGains, { scale, offset, out }: Answer) {
  const plain = transformer(width, height)
  const size = ((width >> 1) + 1) * height
  const re = new Float64Array(size)
  const im = new Float64Array(size)
  const gains = new Float64Array(height)
  plain.rows(plane, re, im)
  for (let x = 0; x <= width >> 1; x++) {
    gainsOf(x, gains)
    plain.filterColumn(re, im, x, gains)
  }
  plain.planeRows(re, im, (y, values) => {
    for (let x = 0; x < width; x++) out[y * width + x] = saturate(values[x]! * scale + offset)
  })
}
