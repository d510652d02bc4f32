import { padded } from './padding.ts'
import { reflect101, roundHalfEven } from './rounding.ts'

const f = Math.fround

/**
 * `diameter` in pixels, odd, 3 or more; `sigmaColour` in levels (for RGB, of the sum of the three differences) and
 * `sigmaSpace` in pixels, both above 0.
 */
export type BilateralOptions = { diameter: number; sigmaColour: number; sigmaSpace: number }

/**
 * Noise reduction that keeps edges, of 8-bit samples, one a pixel or interleaved RGB: each pixel becomes the mean of
 * those in a disc around it, weighted by exp(-distance² / 2 sigmaSpace²) * exp(-difference² / 2 sigmaColour²), where the
 * difference of RGB pixels is |dR| + |dG| + |dB|. Edges mirrored (reflect-101), halves to the even level.
 *
 * Equal to OpenCV's bilateralFilter(samples, diameter, sigmaColour, sigmaSpace) on a processor with fused
 * multiply-add, whose float32 sums and their order are kept; without it OpenCV differs from itself by 1 level in about
 * 4 samples of a million of RGB. (C. Tomasi, R. Manduchi, "Bilateral filtering for gray and
 * color images", ICCV 1998.)
 */
export function bilateral(
  samples: Uint8Array,
  width: number,
  height: number,
  options: BilateralOptions,
): Uint8Array {
  const channels = samples.length / (width * height)
  const reach = options.diameter >> 1
  const stride = (width + 2 * reach) * channels
  const source = padded(samples, width, height, { reach, outside: reflect101 })
  const taps = discTaps(reach, options, { channels, stride })
  const out = new Uint8Array(samples.length)
  const smoothRow = channels === 1 ? smoothGreyRow : smoothRgbRow
  for (let y = 0; y < height; y++) {
    const from = (y + reach) * stride + reach * channels
    smoothRow(source, from, taps, out.subarray(y * width * channels, (y + 1) * width * channels))
  }
  return out
}

type Taps = {
  /** From the middle sample to the neighbour's first. */
  offsets: Int32Array
  /** Where in `weights` the neighbour's weights by difference begin. */
  tables: Int32Array
  weights: Float32Array
}

function discTaps(
  reach: number,
  { sigmaColour, sigmaSpace }: BilateralOptions,
  { channels, stride }: { channels: number; stride: number },
): Taps {
  const differences = 256 * channels
  const byColour = Float32Array.from({ length: differences }, (_, i) =>
    Math.exp((i * i * -0.5) / (sigmaColour * sigmaColour)),
  )
  const offsets: number[] = []
  const tables: number[] = []
  const weights: number[] = []
  const begins = new Map<number, number>()
  for (let dy = -reach; dy <= reach; dy++) {
    for (let dx = -reach; dx <= reach; dx++) {
      const squared = dx * dx + dy * dy
      if (squared > reach * reach) continue
      let begin = begins.get(squared)
      if (begin === undefined) {
        begin = weights.length
        begins.set(squared, begin)
        const bySpace = f(Math.exp((squared * -0.5) / (sigmaSpace * sigmaSpace)))
        for (const weight of byColour) weights.push(f(bySpace * weight))
      }
      offsets.push(dy * stride + dx * channels)
      tables.push(begin)
    }
  }
  return {
    offsets: Int32Array.from(offsets),
    tables: Int32Array.from(tables),
    weights: Float32Array.from(weights),
  }
}

function smoothGreyRow(
  source: Uint8Array,
  from: number,
  { offsets, tables, weights }: Taps,
  out: Uint8Array,
): void {
  for (let x = 0; x < out.length; x++) {
    const at = from + x
    const middle = source[at]!
    let sum = 0
    let total = 0
    for (let k = 0; k < offsets.length; k++) {
      const level = source[at + offsets[k]!]!
      const difference = Math.abs(level - middle)
      const weight = weights[tables[k]! + difference]!
      total = f(total + weight)
      // One rounding of product and sum together, as the fused instruction has.
      sum = f(sum + level * weight)
    }
    out[x] = roundHalfEven(f(sum / total))
  }
}

function smoothRgbRow(
  source: Uint8Array,
  from: number,
  { offsets, tables, weights }: Taps,
  out: Uint8Array,
): void {
  for (let x = 0; x < out.length; x += 3) {
    const at = from + x
    const middleRed = source[at]!
    const middleGreen = source[at + 1]!
    const middleBlue = source[at + 2]!
    let reds = 0
    let greens = 0
    let blues = 0
    let total = 0
    for (let k = 0; k < offsets.length; k++) {
      const neighbour = at + offsets[k]!
      const red = source[neighbour]!
      const green = source[neighbour + 1]!
      const blue = source[neighbour + 2]!
      const difference =
        Math.abs(red - middleRed) + Math.abs(green - middleGreen) + Math.abs(blue - middleBlue)
      const weight = weights[tables[k]! + difference]!
      total = f(total + weight)
      reds = f(reds + red * weight)
      greens = f(greens + green * weight)
      blues = f(blues + blue * weight)
    }
    const share = f(1 / total)
    out[x] = roundHalfEven(f(reds * share))
    out[x + 1] = roundHalfEven(f(greens * share))
    out[x + 2] = roundHalfEven(f(blues * share))
  }
}
