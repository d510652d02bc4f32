import { reflect101, roundHalfEven } from './rounding.ts'

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

/** Gaussian blur of one 8-bit plane, edges mirrored; equal to OpenCV's GaussianBlur(plane, (0, 0), sigma). */
export function gaussianBlur(plane: Uint8Array, width: number, height: number, sigma: number): Uint8Array {
  const weights = gaussianWeights(sigma)
  const radius = weights.length >> 1
  const out = new Uint8Array(plane.length)
  const padded = new Uint8Array(width + 2 * radius)
  const sums = new Uint32Array(width)
  // Only the rows in reach are kept; row y lives at y mod their number.
  const ring = Array.from({ length: weights.length }, () => new Uint16Array(width))
  let ready = 0
  for (let y = 0; y < height; y++) {
    for (; ready < Math.min(height, y + radius + 1); ready++) {
      blurRow(plane.subarray(ready * width, (ready + 1) * width), weights, padded, ring[ready % ring.length]!)
    }
    sumRows(y, height, weights, ring, sums)
    const line = y * width
    for (let x = 0; x < width; x++) out[line + x] = sums[x]! >>> 16
  }
  return out
}

function blurRow(row: Uint8Array, weights: Int32Array, padded: Uint8Array, out: Uint16Array): void {
  const width = row.length
  const last = weights.length - 1
  const radius = last >> 1
  padded.set(row, radius)
  for (let i = 1; i <= radius; i++) {
    padded[radius - i] = row[reflect101(-i, width)]!
    padded[radius + width - 1 + i] = row[reflect101(width - 1 + i, width)]!
  }
  const middle = weights[radius]!
  for (let x = 0; x < width; x++) out[x] = middle * padded[x + radius]!
  for (let k = 0; k < radius; k++) {
    const weight = weights[k]!
    const mirror = last - k
    for (let x = 0; x < width; x++) out[x]! += weight * (padded[x + k]! + padded[x + mirror]!)
  }
}

function sumRows(
  y: number,
  height: number,
  weights: Int32Array,
  ring: Uint16Array[],
  sums: Uint32Array,
): void {
  const radius = weights.length >> 1
  const rowAt = (offset: number) => ring[reflect101(y + offset, height) % ring.length]!
  const middle = weights[radius]!
  const centre = rowAt(0)
  for (let x = 0; x < sums.length; x++) sums[x] = 32768 + middle * centre[x]!
  for (let k = 1; k <= radius; k++) {
    const weight = weights[radius + k]!
    const above = rowAt(-k)
    const below = rowAt(k)
    for (let x = 0; x < sums.length; x++) sums[x]! += weight * (above[x]! + below[x]!)
  }
}
