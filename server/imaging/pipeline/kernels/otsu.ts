import { histogram } from './histogram.ts'

// Classes of next to no share are passed over, as in OpenCV.
const leastShare = 2 ** -23

/**
 * The level, 0..255, that parts an 8-bit plane into the two classes of greatest variance between them; the first one
 * where several do, 0 for an even plane. Equal to the level that OpenCV's threshold returns with THRESH_OTSU, its
 * float64 running sums included. (N. Otsu, "A threshold selection method from gray-level histograms", IEEE Trans.
 * SMC 9, 1979.)
 */
export function otsuLevel(plane: Uint8Array): number {
  const counts = histogram(plane)
  const scale = 1 / plane.length
  let mean = 0
  for (let level = 0; level < 256; level++) mean += level * counts[level]!
  mean *= scale
  let best = 0
  let greatest = 0
  let lowShare = 0
  let lowMean = 0
  for (let level = 0; level < 256; level++) {
    const share = counts[level]! * scale
    lowMean *= lowShare
    lowShare += share
    const highShare = 1 - lowShare
    if (Math.min(lowShare, highShare) < leastShare || Math.max(lowShare, highShare) > 1 - leastShare) continue
    lowMean = (lowMean + level * share) / lowShare
    const highMean = (mean - lowShare * lowMean) / highShare
    const between = lowShare * highShare * (lowMean - highMean) * (lowMean - highMean)
    if (between > greatest) {
      greatest = between
      best = level
    }
  }
  return best
}
