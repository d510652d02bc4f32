import { fastHistogram } from './simd/samples.ts'

/** How many samples of an 8-bit plane have each of the 256 levels; equal to OpenCV's calcHist with 256 bins. */
export function histogram(plane: Uint8Array): Int32Array {
  const fast = fastHistogram(plane)
  if (fast) return fast
  const counts = new Int32Array(256)
  for (let i = 0; i < plane.length; i++) counts[plane[i]!]!++
  return counts
}
