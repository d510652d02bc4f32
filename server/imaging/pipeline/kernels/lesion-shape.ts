import { fillOutline } from './lesion-fill.ts'
import type { Point } from './marker/point.ts'

/** What a closed outline measures, in the unit of its points and its square. Numbers only: nothing follows from them by itself. */
export type LesionShape = {
  area: number
  perimeter: number
  /** Lengths of the axes of the ellipse with the same second moments; the longer one first. */
  axes: { major: number; minor: number }
  /** D: the greatest distance of two points of the outline. */
  diameter: number
  /** A: for each axis the share of the area, 0..1, that its mirror image does not cover. */
  asymmetry: { acrossMajor: number; acrossMinor: number }
  /** B: perimeter² / (4 pi area); 1 for a circle, more for all else. */
  irregularity: number
}

/**
 * Shape of a closed outline that does not cross itself, the last point joined to the first; points with equal scale in x and
 * y. Area by the shoelace formula; centre and second moments by Green's theorem over the polygon (C. Steger, "On the
 * calculation of arbitrary moments of polygons", 1996), axes 4 sqrt(eigenvalue of the second central moments / area), as of an
 * ellipse; A, B and D after the measurable part of the ABCD features (F. Nachbar et al., "The ABCD rule of dermatoscopy",
 * JAAD 30, 1994), without its weights and its sum. Null for an outline without area.
 */
export function lesionShape(points: readonly Point[]): LesionShape | null {
  const moments = momentsOf(points)
  if (!moments) return null
  const { area, centre, turn, largest, least } = moments
  const perimeter = perimeterOf(points)
  return {
    area,
    perimeter,
    axes: { major: 4 * Math.sqrt(largest), minor: 4 * Math.sqrt(least) },
    diameter: diameterOf(points),
    asymmetry: asymmetryOf(upright(points, centre, turn)),
    irregularity: (perimeter * perimeter) / (4 * Math.PI * area),
  }
}

type Moments = {
  area: number
  centre: Point
  /** Of the major axis against x, radians. */
  turn: number
  /** Variances along the axes. */
  largest: number
  least: number
}

function momentsOf(points: readonly Point[]): Moments | null {
  const [origin] = points
  if (!origin) return null
  let [twice, sx, sy, xx, xy, yy] = [0, 0, 0, 0, 0, 0]
  points.forEach((point, at) => {
    const next = points[(at + 1) % points.length]!
    // From a point of the outline, or digits are lost far from the zero of the picture.
    const a = { x: point.x - origin.x, y: point.y - origin.y }
    const b = { x: next.x - origin.x, y: next.y - origin.y }
    const cross = a.x * b.y - b.x * a.y
    twice += cross
    sx += cross * (a.x + b.x)
    sy += cross * (a.y + b.y)
    xx += cross * (a.x * a.x + a.x * b.x + b.x * b.x)
    yy += cross * (a.y * a.y + a.y * b.y + b.y * b.y)
    xy += cross * (2 * a.x * a.y + a.x * b.y + b.x * a.y + 2 * b.x * b.y)
  })
  const area = twice / 2
  if (Math.abs(area) < 1e-12) return null
  const [cx, cy] = [sx / (6 * area), sy / (6 * area)]
  const [vx, vy, vxy] = [xx / (12 * area) - cx * cx, yy / (12 * area) - cy * cy, xy / (24 * area) - cx * cy]
  const spread = Math.hypot(vx - vy, 2 * vxy)
  return {
    area: Math.abs(area),
    centre: { x: cx + origin.x, y: cy + origin.y },
    turn: Math.atan2(2 * vxy, vx - vy) / 2,
    largest: Math.max(0, (vx + vy + spread) / 2),
    least: Math.max(0, (vx + vy - spread) / 2),
  }
}

function perimeterOf(points: readonly Point[]): number {
  return points.reduce((sum, a, at) => {
    const b = points[(at + 1) % points.length]!
    return sum + Math.hypot(b.x - a.x, b.y - a.y)
  }, 0)
}

function diameterOf(points: readonly Point[]): number {
  let most = 0
  for (const [at, a] of points.entries())
    for (const b of points.slice(at + 1)) most = Math.max(most, Math.hypot(b.x - a.x, b.y - a.y))
  return most
}

/** Around its centre, its major axis along x. */
function upright(points: readonly Point[], centre: Point, turn: number): Point[] {
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)]
  return points.map((point) => {
    const [x, y] = [point.x - centre.x, point.y - centre.y]
    return { x: x * cos + y * sin, y: y * cos - x * sin }
  })
}

// Half the side of the raster on which an outline is laid over its mirror image: a few tenths of a percent fine.
const half = 200

function asymmetryOf(points: readonly Point[]): LesionShape['asymmetry'] {
  const reach = Math.max(...points.flatMap(({ x, y }) => [Math.abs(x), Math.abs(y)]))
  const scale = (half - 1) / reach
  const side = 2 * half
  // The axes lie between two pixels, so that mirroring is turning rows and columns round.
  const middle = half - 0.5
  const placed = points.map(({ x, y }) => ({ x: x * scale + middle, y: y * scale + middle }))
  const mask = fillOutline(placed, side, side)
  let [all, major, minor] = [0, 0, 0]
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      if (mask[y * side + x] === 0) continue
      all++
      if (mask[(side - 1 - y) * side + x] === 0) major++
      if (mask[y * side + side - 1 - x] === 0) minor++
    }
  }
  return all === 0
    ? { acrossMajor: 0, acrossMinor: 0 }
    : { acrossMajor: major / all, acrossMinor: minor / all }
}
