import { lengthOf, type Size } from '#kernels/measure.ts'
import type { PicturePoint } from '#shared/imaging-viewer.ts'

export { angleOf, areaOf, lengthOf, measureOf, perimeterOf, scaleOf, type Scale } from '#kernels/measure.ts'

/**
 * The same line with fewer points (Ramer, Douglas, Peucker): none is further than `tolerance` pixels from it, but for as much
 * as it takes to have no more than `most` points.
 */
export function simplify(
  points: readonly PicturePoint[],
  size: Size,
  tolerance: number,
  most: number,
): PicturePoint[] {
  let kept = withoutNear(points, size, tolerance)
  for (let wider = tolerance * 2; kept.length > most; wider *= 2) kept = withoutNear(points, size, wider)
  return kept
}

function withoutNear(points: readonly PicturePoint[], size: Size, tolerance: number): PicturePoint[] {
  const [first, last] = [points[0], points.at(-1)]
  if (!first || !last || points.length < 3) return [...points]
  let furthest = { at: 0, distance: 0 }
  for (const [at, point] of points.entries()) {
    const distance = distanceToLine(point, first, last, size)
    if (distance > furthest.distance) furthest = { at, distance }
  }
  if (furthest.distance <= tolerance) return [first, last]
  const before = withoutNear(points.slice(0, furthest.at + 1), size, tolerance)
  const after = withoutNear(points.slice(furthest.at), size, tolerance)
  return [...before.slice(0, -1), ...after]
}

function distanceToLine(point: PicturePoint, a: PicturePoint, b: PicturePoint, size: Size): number {
  const along = lengthOf(a, b, size)
  if (along === 0) return lengthOf(a, point, size)
  const twice = (b.x - a.x) * (a.y - point.y) - (a.x - point.x) * (b.y - a.y)
  return (Math.abs(twice) * size.width * size.height) / along
}
