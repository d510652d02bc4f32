import { square } from './marker/decode.ts'
import { homographyOf, project, type Homography } from './marker/homography.ts'
import type { Point } from './marker/point.ts'

/** Of a picture, in pixels. */
export type Size = { readonly width: number; readonly height: number }

/** In shares of the picture's width and height, as drawings are kept. */
type Place = Readonly<Point>

/** What is drawn on a picture, as far as it can be measured. The vertex of an angle is in the middle. */
export type Drawn =
  | { readonly kind: 'ruler' | 'outline' | 'angle' | 'arrow' | 'text'; readonly points: readonly Place[] }
  | {
      readonly kind: 'calibration'
      readonly points: readonly Place[]
      readonly millimetres: number
      /** The black square of the printed marker, clockwise from the top left corner as printed. */
      readonly marker?: { readonly corners: readonly Place[] }
    }

/** Distance in pixels of the picture. */
export function lengthOf(a: Place, b: Place, { width, height }: Size): number {
  return Math.hypot((b.x - a.x) * width, (b.y - a.y) * height)
}

/** The angle at the vertex in degrees, 0 to 180; 0 when an arm has no length. */
export function angleOf(a: Place, vertex: Place, b: Place, { width, height }: Size): number {
  const [ax, ay] = [(a.x - vertex.x) * width, (a.y - vertex.y) * height]
  const [bx, by] = [(b.x - vertex.x) * width, (b.y - vertex.y) * height]
  return (Math.atan2(Math.abs(ax * by - ay * bx), ax * bx + ay * by) * 180) / Math.PI
}

/** Area of the closed outline in square pixels, by the shoelace formula. An outline that crosses itself counts twice or not at all there. */
export function areaOf(points: readonly Place[], { width, height }: Size): number {
  let twice = 0
  eachSide(points, (a, b) => {
    twice += a.x * b.y - b.x * a.y
  })
  return (Math.abs(twice) / 2) * width * height
}

/** Around the closed outline, in pixels. */
export function perimeterOf(points: readonly Place[], size: Size): number {
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
export function scaleOf(shapes: readonly Drawn[], size: Size): Scale | null {
  const newest = shapes.findLast((shape) => shape.kind === 'calibration')
  const [a, b] = newest?.points ?? []
  if (!newest || !a || !b) return null
  if (newest.marker) return planeOf(newest.marker.corners, newest.millimetres, size)
  const pixels = lengthOf(a, b, size)
  return pixels > 0 ? { by: 'hand', mmPerPixel: newest.millimetres / pixels } : null
}

function planeOf(corners: readonly Place[], side: number, size: Size): Scale | null {
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

/** Where points are, in millimetres where the picture is calibrated, else in pixels; one scale in x and y. */
export function placesOf(
  points: readonly Place[],
  size: Size,
  scale: Scale | null,
): { places: Place[]; unit: 'px' | 'mm' } {
  const onPlane = scale && inMillimetres(points, size, scale)
  return onPlane ? { places: onPlane, unit: 'mm' } : { places: inPixels(points, size), unit: 'px' }
}

/** Null for what only points or names. */
export function measureOf(shape: Drawn, size: Size, scale: Scale | null): Measure | null {
  const { places, unit } = placesOf(shape.points, size, scale)
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

function inPixels(points: readonly Place[], { width, height }: Size): Place[] {
  return points.map(({ x, y }) => ({ x: x * width, y: y * height }))
}

/** Null when one of them is not on the plane, but beyond its horizon. */
function inMillimetres(points: readonly Place[], size: Size, scale: Scale): Place[] | null {
  const pixels = inPixels(points, size)
  if (scale.by === 'hand') {
    return pixels.map(({ x, y }) => ({ x: x * scale.mmPerPixel, y: y * scale.mmPerPixel }))
  }
  const places = pixels.flatMap((pixel) => project(scale.toMillimetres, pixel) ?? [])
  return places.length === pixels.length ? places : null
}

function eachSide(points: readonly Place[], visit: (a: Place, b: Place) => void): void {
  points.forEach((point, at) => {
    const next = points[(at + 1) % points.length]
    if (next) visit(point, next)
  })
}
