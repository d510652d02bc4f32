import type { Corners } from '../../pipeline/kernels/marker/point.ts'
import { sidesOf } from './text-map.ts'

/**
 * Which way the lines of a picture run, in radians clockwise on the screen, above -π/2 and at most π/2; which of their
 * two ends comes first cannot be told from boxes. The longer a box for its height the more it counts, so that a lone
 * tall digit does not turn the picture; 0 without boxes.
 */
export function axisOf(boxes: readonly Corners[]): number {
  let cos = 0
  let sin = 0
  for (const box of boxes) {
    const { along, across } = sidesOf(box)
    const [a, b, c] = box
    const angle = along >= across ? Math.atan2(b.y - a.y, b.x - a.x) : Math.atan2(c.y - b.y, c.x - b.x)
    const weight = Math.abs(along - across)
    cos += weight * Math.cos(2 * angle)
    sin += weight * Math.sin(2 * angle)
  }
  return Math.atan2(sin, cos) / 2
}

/** The same rectangle, its first side that which runs nearest to `direction`: a line's upper edge, read from its left. */
export function turnedTo(box: Corners, direction: number): Corners {
  const [a, b, c, d] = box
  const turns: Corners[] = [box, [b, c, d, a], [c, d, a, b], [d, a, b, c]]
  const nearness = ([from, to]: Corners) =>
    ((to.x - from.x) * Math.cos(direction) + (to.y - from.y) * Math.sin(direction)) /
    (Math.hypot(to.x - from.x, to.y - from.y) || 1)
  return turns.reduce((best, turn) => (nearness(turn) > nearness(best) ? turn : best))
}

/** The rectangle around a box that lies exactly along `direction`. */
export function alignedTo(box: Corners, direction: number): Corners {
  const [cos, sin] = [Math.cos(direction), Math.sin(direction)]
  const us = box.map(({ x, y }) => x * cos + y * sin)
  const vs = box.map(({ x, y }) => y * cos - x * sin)
  const [left, right] = [Math.min(...us), Math.max(...us)]
  const [top, bottom] = [Math.min(...vs), Math.max(...vs)]
  const at = (u: number, v: number) => ({ x: u * cos - v * sin, y: u * sin + v * cos })
  return [at(left, top), at(right, top), at(right, bottom), at(left, bottom)]
}
