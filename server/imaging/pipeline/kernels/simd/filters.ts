import { simd } from './instance.ts'
import { inStrips } from './strips.ts'

// Each fills `out` with what the plain kernel of its name gives, to the bit, or says false where there are no fast kernels.

/** `weights` as gaussianWeights makes them. */
export function fastGaussian(
  plane: Uint8Array,
  width: number,
  height: number,
  weights: Int32Array,
  out: Uint8Array,
): boolean {
  const fast = simd()
  if (!fast) return false
  const reach = weights.length >> 1
  const extra = [2 * (weights.length + 1), 2 * (width + 2 * reach)]
  inStrips(fast, plane, out, { width, height, reach, extra }, ([table = 0, line = 0]) => {
    new Int16Array(fast.bytes.buffer, table, weights.length + 1).set([...weights, 0])
    return (strip) => fast.run.gaussian(strip.rows, strip.out, width, strip.count, table, reach, line)
  })
  return true
}

export function fastLaplacian(
  plane: Uint8Array,
  width: number,
  height: number,
  neighbours: 4 | 8,
  out: Int16Array,
): boolean {
  const fast = simd()
  if (!fast) return false
  inStrips(fast, plane, out, { width, height, reach: 1 }, () => {
    return (strip) => fast.run.laplacian(strip.rows, strip.out, width, strip.count, neighbours)
  })
  return true
}

/** Edges repeated, as OpenCV's medianBlur has them. */
export function fastMedian3(plane: Uint8Array, width: number, height: number, out: Uint8Array): boolean {
  const fast = simd()
  if (!fast) return false
  const border = (row: number) => (row < 0 ? 0 : height - 1)
  const options = { width, height, reach: 1, border, extra: [3 * (width + 64)] }
  inStrips(fast, plane, out, options, ([line = 0]) => {
    return (strip) => fast.run.median3(strip.rows, strip.out, width, strip.count, line)
  })
  return true
}
