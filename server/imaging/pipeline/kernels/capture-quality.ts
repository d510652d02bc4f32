import { varianceOfLaplacian } from './focus.ts'
import { grey } from './grey.ts'
import { reduceToEdge } from './reduce.ts'
import { statistics } from './statistics.ts'

/** Why a picture may not serve; in the order in which they are worth mending. */
export type QualityReason = 'dark' | 'bright' | 'glare' | 'blurred' | 'small'

/** What can be measured of a picture without knowing what it shows. */
export type CaptureMeasures = {
  /** Pixels of the whole picture. */
  width: number
  height: number
  /** Variance of the Laplacian with the longer edge at 640 px, in squared levels. Comparable between frames of a scene. */
  sharpness: number
  /** Mean luma, 0..255. */
  mean: number
  /** Standard deviation of luma, in levels. */
  contrast: number
  /** Share of black and of white, where detail is lost; 0..1. */
  darkShare: number
  brightShare: number
}

/** Longer edge at which pictures are measured: cameras agree at this size, and their noise is averaged away. */
export const measuredEdge = 640
/** Luma up to and from which detail is lost, leaving room for the ringing of JPEG. */
const clipped = { dark: 5, bright: 250 }

/**
 * Measures interleaved 8-bit RGB. The same numbers in the browser and on the server, as far as their decoders agree.
 */
export function measureCapture(rgb: Uint8Array, width: number, height: number): CaptureMeasures {
  const small = reduceToEdge(grey(rgb), width, height, measuredEdge)
  const { mean, deviation, darkShare, brightShare } = statistics(small.plane, clipped)
  const sharpness = varianceOfLaplacian(small.plane, small.width, small.height)
  return { width, height, sharpness, mean, contrast: deviation, darkShare, brightShare }
}

/**
 * Where each judgement begins, and where the number comes from. They are hints: a smooth cheek has few edges however
 * sharp it is, so nobody is kept from using a picture.
 */
export const qualityLimits = {
  /**
   * Ours, and both together: few edges, and soft ones. Nine photographs of free collections had a sharpness of 51 to 5310
   * as they were and of 3 to 18 after a Gaussian of 2 px at the measured size; divided by the contrast's square, which
   * leaves a sharp picture in soft light alone, 0.019 to 3.6 and, for seven of the nine, 0.001 to 0.005.
   */
  sharpnessBelow: 20,
  edgesBelow: 0.015,
  /** Three stops under the middle grey (118) of a photograph that was exposed well, with a gamma of 2.2. */
  meanBelow: 46,
  /** Two stops over it. */
  meanAbove: 221,
  /** Ours: more than half of the picture is black. */
  darkShareAbove: 0.5,
  /** Ours: more than a third of the picture is white, or, as one reflection or lamp, more than a thirtieth. */
  brightShareAbove: 0.33,
  glareShareAbove: 0.03,
  /** American Telemedicine Association, Quick Guide to Store-Forward Teledermatology: 800 x 600 at least. */
  longerEdge: 800,
  shorterEdge: 600,
} as const

/** What speaks against a picture with these measures; nothing when the list is empty. */
export function reasonsAgainst(measures: CaptureMeasures): QualityReason[] {
  const { width, height, sharpness, mean, contrast, darkShare, brightShare } = measures
  const limits = qualityLimits
  const dark = mean < limits.meanBelow || darkShare > limits.darkShareAbove
  const bright = !dark && (mean > limits.meanAbove || brightShare > limits.brightShareAbove)
  const found: Record<QualityReason, boolean> = {
    dark,
    bright,
    glare: !bright && brightShare > limits.glareShareAbove,
    blurred: sharpness < limits.sharpnessBelow && sharpness < limits.edgesBelow * contrast ** 2,
    small: Math.max(width, height) < limits.longerEdge || Math.min(width, height) < limits.shorterEdge,
  }
  return order.filter((reason) => found[reason])
}

const order: readonly QualityReason[] = ['dark', 'bright', 'glare', 'blurred', 'small']

/**
 * How much two grey frames of one size differ: the mean of |a - b|, 0..255. A hand that holds still stays under 3, sensor
 * noise included; a picture that moves by its own detail exceeds it. Only a hint.
 */
export function movement(before: Uint8Array, now: Uint8Array): number {
  let sum = 0
  for (let i = 0; i < now.length; i++) {
    const step = now[i]! - before[i]!
    sum += step < 0 ? -step : step
  }
  return sum / now.length
}
