/** Where a histogram is drawn: a box of 256 by this. */
export const boxHeight = 84

/**
 * Paths of histograms in one box, on one scale: the share of all levels but the two ends that the fullest of them has
 * reaches to the top. A wall of black or white must not make the rest flat.
 */
export function histogramPaths(histograms: readonly Int32Array[]): string[] {
  const most = Math.max(1, ...histograms.flatMap((counts) => [...counts.subarray(1, 255)]))
  return histograms.map((counts) => {
    const line = [...counts].map((count, level) => `L${level} ${heightOf(count / most)}`).join('')
    return `M0 ${boxHeight}${line}L255 ${boxHeight}Z`
  })
}

function heightOf(share: number): number {
  return Math.round(10 * boxHeight * (1 - Math.min(1, share))) / 10
}
