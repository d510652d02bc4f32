import { measureCapture, qualityLimits } from '#kernels/capture-quality.ts'
import { logMagnitude } from '#kernels/fourier.ts'
import { grey } from '#kernels/grey.ts'
import { histogram } from '#kernels/histogram.ts'
import { absoluteView, laplacian } from '#kernels/laplacian.ts'
import { faded } from './fade.ts'
import { findPattern, type Pattern } from './pattern.ts'

/** How many pixels have each of the 256 levels. */
export interface Histograms {
  readonly luma: Int32Array
  readonly red: Int32Array
  readonly green: Int32Array
  readonly blue: Int32Array
}

export interface Analysis {
  /** Of each pixel. */
  readonly luma: Uint8Array
  /** Logarithm of the magnitude, 0..255; no frequency in the middle, with sides that are powers of two. */
  readonly spectrum: { readonly levels: Uint8Array; readonly width: number; readonly height: number }
  readonly histograms: Histograms
  readonly findings: {
    /** Judged as pictures are when they are taken; false for a smooth surface too. */
    readonly sharp: boolean
    /** Shares of pixels that are black and white, where there is no detail; 0..1. */
    readonly blackShare: number
    readonly whiteShare: number
    /** Null: nothing repeats. Its period is in pixels of what was analysed. */
    readonly pattern: Pattern | null
  }
}

const jpegBlock = 8

/** What lies in interleaved 8-bit RGB beside what the eye sees. `scale` tells how many of its pixels are one of the picture's own. */
export function analyse(
  rgb: Uint8Array,
  { width, height, scale }: { width: number; height: number; scale: number },
): Analysis {
  const luma = grey(rgb)
  const calm = faded(luma, width, height)
  const spectrum = logMagnitude(calm, width, height)
  const { steepness, darkShare, brightShare } = measureCapture(rgb, width, height)
  return {
    luma,
    spectrum,
    histograms: { luma: histogram(luma), ...channelHistograms(rgb) },
    findings: {
      sharp: steepness >= qualityLimits.steepnessBelow,
      blackShare: darkShare,
      whiteShare: brightShare,
      pattern: findPattern(spectrum, Math.log(1 + sumOf(calm)), jpegBlock * scale),
    },
  }
}

/** Strength of the edges of a grey picture, times `strength`, 0..255. */
export function edgesOf(luma: Uint8Array, width: number, height: number, strength: number): Uint8Array {
  const signed = laplacian(luma, width, height, { neighbours: 8 })
  const levels = absoluteView(allSteps, strength)
  const edges = new Uint8Array(signed.length)
  for (let i = 0; i < edges.length; i++) edges[i] = levels[signed[i]! < 0 ? -signed[i]! : signed[i]!]!
  return edges
}

/** As steep as eight neighbours can be. */
const allSteps = Int16Array.from({ length: 8 * 255 + 1 }, (_, step) => step)

function channelHistograms(rgb: Uint8Array): Omit<Histograms, 'luma'> {
  const [red, green, blue] = [new Int32Array(256), new Int32Array(256), new Int32Array(256)]
  for (let at = 0; at < rgb.length; at += 3) {
    red[rgb[at]!]!++
    green[rgb[at + 1]!]!++
    blue[rgb[at + 2]!]!++
  }
  return { red, green, blue }
}

function sumOf(plane: Uint8Array): number {
  let sum = 0
  for (let i = 0; i < plane.length; i++) sum += plane[i]!
  return sum
}
