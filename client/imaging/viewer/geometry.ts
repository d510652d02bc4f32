import { square } from '#kernels/marker/decode.ts'
import { homographyOf, project, type Homography } from '#kernels/marker/homography.ts'
import type { AnnotationShape, PicturePoint } from '#shared/imaging-viewer.ts'
import type { Size } from './camera.ts'

/** Distance in pixels of the picture. */
export function lengthOf(a: PicturePoint, b: PicturePoint, { width, height }: Size): number {
  return Math.hypot((b.x - a.x) * width, (b.y - a.y) * height)
}

/** The angle at the vertex in degrees, 0 to 180; 0 when an arm has no length. */
export function angleOf(
  a: PicturePoint,
  vertex: PicturePoint,
  b: PicturePoint,
  { width, height }: Size,
): number {
  const [ax, ay] = [(a.x - vertex.x) * width, (a.y - vertex.y) * height]
  const [bx, by] = [(b.x - vertex.x) * width, (b.y - vertex.y) * height]
  return (Math.atan2(Math.abs(ax * by - ay * bx), ax * bx + ay * by) * 180) / Math.PI
}

/** Area of the closed outline in square pixels, by the shoelace formula. An outline that crosses itself counts twice or not at all there. */
export function areaOf(points: readonly PicturePoint[], { width, height }: Size): number {
  let twice = 0
  eachSide(points, (a, b) => {
    twice += a.x * b.y - b.x * a.y
  })
  return (Math.abs(twice) / 2) * width * height
}

/** Around the closed outline, in pixels. */
export function perimeterOf(points: readonly PicturePoint[], size: Size): number {
  let sum = 0
  eachSide(points, (a, b) => {
    sum += lengthOf(a, b, size)
  })
  return sum
}

/** How the picture is turned into millimetres: evenly, by a line of known length, or in the plane of the printed marker. */
export type Scale =
  | { readonly by: 'hand'; readonly mmPerPixel: number }
  | { readonly by: 'marker'; readonly toMillimetres: Homography }

/** By the newest calibration; null without one, or when it has no length. */
export function scaleOf(shapes: readonly AnnotationShape[], size: Size): Scale | null {
  const newest = shapes.findLast((shape) => shape.kind === 'calibration')
  const [a, b] = newest?.points ?? []
  if (!newest || !a || !b) return null
  if (newest.marker) return planeOf(newest.marker.corners, newest.millimetres, size)
  const pixels = lengthOf(a, b, size)
  return pixels > 0 ? { by: 'hand', mmPerPixel: newest.millimetres / pixels } : null
}

function planeOf(corners: readonly PicturePoint[], side: number, size: Size): Scale | null {
  const [a, b, c, d] = inPixels(corners, size)
  if (!a || !b || !c || !d) return null
  try {
    return { by: 'marker', toMillimetres: homographyOf([a, b, c, d], square(side)) }
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

/** What a shape measures; in millimetres where the picture is calibrated, else in pixels. */
export type Measure =
  | { readonly of: 'length'; readonly length: number; readonly unit: 'px' | 'mm' }
  | { readonly of: 'area'; readonly area: number; readonly perimeter: number; readonly unit: 'px' | 'mm' }
  | { readonly of: 'angle'; readonly degrees: number }
  | { readonly of: 'calibration'; readonly millimetres: number; readonly by: Scale['by'] }

const asTheyAre: Size = { width: 1, height: 1 }

/** Null for what only points or names. */
export function measureOf(shape: AnnotationShape, size: Size, scale: Scale | null): Measure | null {
  const onPlane = scale && inMillimetres(shape.points, size, scale)
  const unit = onPlane ? 'mm' : 'px'
  const places = onPlane ?? inPixels(shape.points, size)
  const [a, b, c] = places
  switch (shape.kind) {
    case 'ruler':
      return a && b ? { of: 'length', length: lengthOf(a, b, asTheyAre), unit } : null
    case 'outline':
      return { of: 'area', area: areaOf(places, asTheyAre), perimeter: perimeterOf(places, asTheyAre), unit }
    case 'angle':
      return a && b && c ? { of: 'angle', degrees: angleOf(a, b, c, asTheyAre) } : null
    case 'calibration':
      return { of: 'calibration', millimetres: shape.millimetres, by: shape.marker ? 'marker' : 'hand' }
    case 'arrow':
    case 'text':
      return null
  }
}

function inPixels(points: readonly PicturePoint[], { width, height }: Size): PicturePoint[] {
  return points.map(({ x, y }) => ({ x: x * width, y: y * height }))
}

/** Null when one of them is not on the plane, but beyond its horizon. */
function inMillimetres(points: readonly PicturePoint[], size: Size, scale: Scale): PicturePoint[] | null {
  const pixels = inPixels(points, size)
  if (scale.by === 'hand') {
    return pixels.map(({ x, y }) => ({ x: x * scale.mmPerPixel, y: y * scale.mmPerPixel }))
  }
  const places = pixels.flatMap((pixel) => project(scale.toMillimetres, pixel) ?? [])
  return places.length === pixels.length ? places : null
}

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

function eachSide(points: readonly PicturePoint[], visit: (a: PicturePoint, b: PicturePoint) => void): void {
  points.forEach((point, at) => {
    const next = points[(at + 1) % points.length]
    if (next) visit(point, next)
  })
}
