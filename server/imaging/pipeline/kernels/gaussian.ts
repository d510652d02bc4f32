import { reflect101, roundHalfEven } from './rounding.ts'
import { fastGaussian } from './simd/filters.ts'

/** OpenCV's 8-bit Gaussian weights: 1/256 units, rounding errors carried on, an odd count that depends on sigma. */
export function gaussianWeights(sigma: number): Int32Array {
  const size = roundHalfEven(sigma * 6 + 1) | 1
  const centre = size >> 1
  const exact = Array.from({ length: size }, (_, i) => Math.exp(-((i - centre) ** 2) / (2 * sigma * sigma)))
  const total = exact.reduce((sum, weight) => sum + weight, 0)
  const weights = new Int32Array(size)
  let error = 0
  let sides = 0
  for (let i = 0; i < centre; i++) {
    const wanted = (exact[i]! / total) * 256 + error
    const weight = roundHalfEven(wanted)
    error = wanted - weight
    weights[i] = weights[size - 1 - i] = weight
    sides += 2 * weight
  }
  weights[centre] = 256 - sides
  return weights
}

/**
 * Gaussian blur of one 8-bit plane, edges mirrored; equal to OpenCV's GaussianBlur(plane, (0, 0), sigma). `out` may be
 * given to spare making it; it may not be the plane.
 */
export function gaussianBlur(
  plane: Uint8Array,
  width: number,
  height: number,
  sigma: number,
  out = new Uint8Array(plane.length),
): Uint8Array {
  const weights = gaussianWeights(sigma)
  if (!fastGaussian(plane, width, height, weights, out)) blur(plane, width, height, weights, out)
  return out
}

function blur(plane: Uint8Array, width: number, height: number, weights: Int32Array, out: Uint8Array): void {
  const reach = weights.length >> 1
  const padded = new Uint8Array(width + 2 * reach)
  // Only the rows in reach are kept; row y lives at y mod their number.
  const ring = Array.from({ length: weights.length }, () => new Uint16Array(width))
  let ready = 0
  for (let y = 0; y < height; y++) {
    for (; ready < Math.min(height, y + reach + 1); ready++) {
      mirrorEdges(plane.subarray(ready * width, (ready + 1) * width), reach, padded)
      blurRow(padded, weights, ring[ready % ring.length]!)
    }
    const rows = ring.map((_, i) => ring[reflect101(y + i - reach, height) % ring.length]!)
    blendRows(rows, weights, out.subarray(y * width, (y + 1) * width))
  }
}

function mirrorEdges(row: Uint8Array, reach: number, padded: Uint8Array): void {
  const width = row.length
  padded.set(row, reach)
  for (let i = 1; i <= reach; i++) {
    padded[reach - i] = row[reflect101(-i, width)]!
    padded[reach + width - 1 + i] = row[reflect101(width - 1 + i, width)]!
  }
}

function blurRow(padded: Uint8Array, weights: Int32Array, out: Uint16Array): void {
  const last = weights.length - 1
  const reach = last >> 1
  const middle = weights[reach]!
  for (let x = 0; x < out.length; x++) out[x] = middle * padded[x + reach]!
  for (let k = 0; k < reach; k++) {
    const weight = weights[k]!
    const mirror = last - k
    for (let x = 0; x < out.length; x++) out[x]! += weight * (padded[x + k]! + padded[x + mirror]!)
  }
}

function blendRows(rows: Uint16Array[], weights: Int32Array, out: Uint8Array): void {
  const sums = new Uint32Array(out.length).fill(32768)
  for (let k = 0; k < weights.length; k++) {
    const weight = weights[k]!
    const row = rows[k]!
    for (let x = 0; x < sums.length; x++) sums[x]! += weight * row[x]!
  }
  for (let x = 0; x < out.length; x++) out[x] = sums[x]! >>> 16
}
