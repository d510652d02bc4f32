// Adding and taking away 1.5 * 2^52 leaves a double rounded to the nearest integer, ties to even: OpenCV's cvRound.
const magic = 6755399441055744

/** Rounds to the nearest integer, halves to the even one; for |x| below 2^51. */
export function roundHalfEven(x: number): number {
  return x + magic - magic
}

/** The nearest of 0..255, halves to the even one: OpenCV's saturate_cast<uchar>. */
export function saturate(x: number): number {
  const rounded = roundHalfEven(x)
  return rounded < 0 ? 0 : rounded > 255 ? 255 : rounded
}

/** Index of the sample that stands in for one outside 0..length-1, mirrored without repeating the edge. */
export function reflect101(index: number, length: number): number {
  if (length === 1) return 0
  const period = 2 * length - 2
  const within = ((index % period) + period) % period
  return within < length ? within : period - within
}
