import type { Corners, Point } from '../../pipeline/kernels/marker/point.ts'

/** Whether the middle of one lies within the other; corners clockwise. */
export function isSamePlace(a: Corners, b: Corners): boolean {
  return holds(a, middleOf(b)) || holds(b, middleOf(a))
}

function middleOf(corners: Corners): Point {
  return {
    x: corners.reduce((sum, { x }) => sum + x, 0) / 4,
    y: corners.reduce((sum, { y }) => sum + y, 0) / 4,
  }
}

function holds(corners: Corners, { x, y }: Point): boolean {
  return corners.every((a, i) => {
    const b = corners[(i + 1) & 3]!
    return (b.x - a.x) * (y - a.y) - (b.y - a.y) * (x - a.x) >= 0
  })
}
