import { laplacian } from './laplacian.ts'

/**
 * How sharp an 8-bit plane is: the population variance of its 4-neighbour Laplacian, 0 upwards, in squared levels. It
 * grows with the picture's size and content: compare only the same scene at the same width. Equal to the variance of
 * OpenCV's Laplacian(plane, CV_64F) within 1e-12 of itself. (J. Pech-Pacheco et al., "Diatom autofocusing in
 * brightfield microscopy", ICPR 2000.)
 */
export function varianceOfLaplacian(plane: Uint8Array, width: number, height: number): number {
  const signed = laplacian(plane, width, height, { neighbours: 4 })
  // Whole numbers below 2^53, so both sums are exact.
  let sum = 0
  let squares = 0
  for (let i = 0; i < signed.length; i++) {
    const value = signed[i]!
    sum += value
    squares += value * value
  }
  const mean = sum / signed.length
  return Math.max(squares / signed.length - mean * mean, 0)
}
