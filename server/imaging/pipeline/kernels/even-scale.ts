import { project } from './marker/homography.ts'
import type { Scale, Size } from './measure.ts'

/** One number for all of a picture, as DICOM's Pixel Spacing is. */
export type EvenScale = {
  by: Scale['by']
  mmPerPixel: number
  /** By how much a length may be wrong somewhere in the picture; 0.1 is ten percent. */
  worst: number
}

/** Of `worst`: with more, the picture was taken at such a slant that one number would be a wrong one. A hand is rarely straighter. */
export const mostUneven = 0.1

/**
 * What one pixel measures, wherever it is and whichever way it is measured: the geometric mean of the least and the most in
 * the picture. A line drawn by hand says nothing of slant, so its scale counts as even.
 */
export function evenScaleOf(scale: Scale, { width, height }: Size): EvenScale {
  if (scale.by === 'hand') return { by: 'hand', mmPerPixel: scale.mmPerPixel, worst: 0 }
  let [least, most] = [Infinity, 0]
  for (const y of [0, height / 2, height]) {
    for (const x of [0, width / 2, width]) {
      const [small, large] = stretchAt(scale, x, y)
      least = Math.min(least, small)
      most = Math.max(most, large)
    }
  }
  const mmPerPixel = Math.sqrt(least * most)
  return {
    by: 'marker',
    mmPerPixel,
    worst: least > 0 && Number.isFinite(most) ? most / mmPerPixel - 1 : Infinity,
  }
}

/** Millimetres to a pixel in the directions in which they are fewest and most: the singular values of the map there. */
function stretchAt(
  { toMillimetres }: Extract<Scale, { by: 'marker' }>,
  x: number,
  y: number,
): [number, number] {
  const [left, right] = [project(toMillimetres, { x: x - 0.5, y }), project(toMillimetres, { x: x + 0.5, y })]
  const [up, down] = [project(toMillimetres, { x, y: y - 0.5 }), project(toMillimetres, { x, y: y + 0.5 })]
  if (!left || !right || !up || !down) return [0, Infinity]
  const [a, b, c, d] = [right.x - left.x, down.x - up.x, right.y - left.y, down.y - up.y]
  const sum = (a * a + b * b + c * c + d * d) / 2
  const rest = Math.sqrt(Math.max(0, sum * sum - (a * d - b * c) ** 2))
  return [Math.sqrt(Math.max(0, sum - rest)), Math.sqrt(sum + rest)]
}
