import { varianceOfLaplacian } from './focus.ts'
import { gaussianBlur } from './gaussian.ts'
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
  /**
   * How many times `sharpness` falls when the picture is blurred by one more pixel; 1 upwards, 1 for a plane. What is soft
   * already loses little. Light, contrast and content hardly matter to it. (The idea is F. Crete et al., "The blur effect",
   * HVEI 2007.)
   */
  steepness: number
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
const onePixel = 1
/** Variance that rounding to whole levels leaves: a twelfth of a level, times the kernel's squares. */
const ofRounding = 20 / 12

/**
 * Measures interleaved 8-bit RGB. The same numbers in the browser and on the server, as far as their decoders agree.
 */
export function measureCapture(rgb: Uint8Array, width: number, height: number): CaptureMeasures {
  const small = reduceToEdge(grey(rgb), width, height, measuredEdge)
  const { mean, deviation, darkShare, brightShare } = statistics(small.plane, clipped)
  const focus = (plane: Uint8Array) => varianceOfLaplacian(plane, small.width, small.height)
  const sharpness = focus(small.plane)
  const softened = focus(gaussianBlur(small.plane, small.width, small.height, onePixel))
  const steepness = Math.max(1, sharpness / Math.max(softened, ofRounding))
  return { width, height, sharpness, steepness, mean, contrast: deviation, darkShare, brightShare }
}

/**
 * Where each judgement begins, and where the number comes from. They are hints: a smooth cheek has few edges however
 * sharp it is, so nobody is kept from using a picture.
 */
export const qualityLimits = {
  /**
   * Ours: nine photographs of free collections had 6.5 to 33 as they were, 1.9 to 3.6 after a Gaussian of 1 px at the measured
   * size, 1.4 to 2.0 after one of 1.5 px, at most 1.6 after one of 2 px. Noise can hide a blur; it is not the other way round.
   */
  steepnessBelow: 2,
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
  const { width, height, steepness, mean, darkShare, brightShare } = measures
  const limits = qualityLimits
  const dark = mean < limits.meanBelow || darkShare > limits.darkShareAbove
  const bright = !dark && (mean > limits.meanAbove || brightShare > limits.brightShareAbove)
  const found: Record<QualityReason, boolean> = {
    dark,
    bright,
    glare: !bright && brightShare > limits.glareShareAbove,
    // What is too dark has no edges to judge; with light they may be sharp.
    blurred: !dark && steepness < limits.steepnessBelow,
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
