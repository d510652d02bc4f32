import { histogram } from './histogram.ts'

/** Samples up to `dark` and from `bright` on are counted as having lost their detail. */
export type ClippingLevels = { dark: number; bright: number }

export type Statistics = {
  /** 0..255. */
  mean: number
  /** Population standard deviation, in levels. */
  deviation: number
  /** 0..1. */
  darkShare: number
  /** 0..1. */
  brightShare: number
}

/**
 * Light and contrast of an 8-bit plane. `mean` and `deviation` equal OpenCV's meanStdDev within 1e-12 of themselves,
 * the shares countNonZero of the comparison over the number of samples.
 */
export function statistics(plane: Uint8Array, { dark, bright }: ClippingLevels): Statistics {
  const counts = histogram(plane)
  let sum = 0
  let darkCount = 0
  let brightCount = 0
  for (let level = 0; level < 256; level++) {
    const count = counts[level]!
    sum += level * count
    if (level <= dark) darkCount += count
    if (level >= bright) brightCount += count
  }
  const mean = sum / plane.length
  let squares = 0
  for (let level = 0; level < 256; level++) squares += counts[level]! * (level - mean) ** 2
  return {
    mean,
    deviation: Math.sqrt(squares / plane.length),
    darkShare: darkCount / plane.length,
    brightShare: brightCount / plane.length,
  }
}
