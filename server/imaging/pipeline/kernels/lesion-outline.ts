import type { Point } from './marker/point.ts'
import { outlines } from './outline.ts'

export type SmoothOptions = {
  /** Of the Gaussian along the outline, in pixels. */
  sigma: number
  /** How far, in pixels, the smoothed line may be from the points that are left. */
  tolerance: number
  most: number
}

/**
 * The outline of a mask of one part without holes, as few points as `tolerance` allows, in pixels with middles at whole
 * numbers. Steps from pixel to pixel make an outline too long, a disc's by 5 % (D. Coeurjolly, R. Klette, "A comparative
 * evaluation of length estimators of digital curves", PAMI 26, 2004), so its points are smoothed by a Gaussian along the line.
 * Then they are moved outwards evenly, until the area within is that of the mask's pixels: smoothing, straight sides and the walk
 * over pixels' middles each take some of it. Null below 3 points.
 */
export function smoothOutline(
  mask: Uint8Array,
  width: number,
  height: number,
  { sigma, tolerance, most }: SmoothOptions,
): Point[] | null {
  const [walk] = outlines(mask, width, height)
  if (!walk || walk.length < 2 * 8) return null
  const pixels = mask.reduce((count, one) => count + (one === 0 ? 0 : 1), 0)
  const line = smoothed(pointsOf(walk), sigma)
  let points = simplified(line, tolerance)
  for (let wider = tolerance * 1.5; points.length > most; wider *= 1.5) points = simplified(line, wider)
  return points.length < 3 ? null : grownTo(points, pixels)
}

function pointsOf(walk: Int32Array): Point[] {
  return Array.from({ length: walk.length / 2 }, (_, i) => ({ x: walk[2 * i]!, y: walk[2 * i + 1]! }))
}

function smoothed(line: readonly Point[], sigma: number): Point[] {
  const reach = Math.min(Math.ceil(3 * sigma), (line.length - 1) >> 1)
  const weights = Array.from({ length: 2 * reach + 1 }, (_, i) =>
    Math.exp(-((i - reach) ** 2) / (2 * sigma ** 2)),
  )
  const all = weights.reduce((sum, weight) => sum + weight, 0)
  return line.map((_, at) => {
    let [x, y] = [0, 0]
    for (const [i, weight] of weights.entries()) {
      const point = line[(at + i - reach + line.length) % line.length]!
      x += weight * point.x
      y += weight * point.y
    }
    return { x: x / all, y: y / all }
  })
}

/** Ramer, Douglas and Peucker's, on the two halves between the first point and the one furthest from it. */
function simplified(line: readonly Point[], tolerance: number): Point[] {
  const [first] = line
  if (!first) return []
  let far = 0
  line.forEach((point, at) => {
    if (distance(first, point) > distance(first, line[far]!)) far = at
  })
  const kept = [
    ...reduced(line.slice(0, far + 1), tolerance),
    ...reduced([...line.slice(far), first], tolerance),
  ]
  return kept.filter((point, at) => distance(point, kept[(at + 1) % kept.length]!) > 1e-9)
}

/** Without the last point, which begins the next piece. */
function reduced(piece: readonly Point[], tolerance: number): Point[] {
  const [a, b] = [piece[0], piece.at(-1)]
  if (!a || !b || piece.length < 2) return []
  let furthest = 0
  let most = 0
  const along = distance(a, b)
  piece.forEach((point, at) => {
    const away =
      along === 0
        ? distance(a, point)
        : Math.abs((b.x - a.x) * (a.y - point.y) - (a.x - point.x) * (b.y - a.y)) / along
    if (away > most) [furthest, most] = [at, away]
  })
  if (most <= tolerance || furthest === 0) return [a]
  return [...reduced(piece.slice(0, furthest + 1), tolerance), ...reduced(piece.slice(furthest), tolerance)]
}

/** Moved outwards along its normals until it has the area; twice is exact enough where the outline is curved. */
function grownTo(points: readonly Point[], area: number): Point[] {
  let now = [...points]
  for (let turn = 0; turn < 3; turn++) {
    const { signed, perimeter } = measured(now)
    const by = ((area - Math.abs(signed)) / perimeter) * Math.sign(signed)
    now = now.map((point, at) => {
      const before = now[(at + now.length - 1) % now.length]!
      const after = now[(at + 1) % now.length]!
      const [dx, dy] = [after.x - before.x, after.y - before.y]
      const length = Math.hypot(dx, dy) || 1
      return { x: point.x + (dy / length) * by, y: point.y - (dx / length) * by }
    })
  }
  return now
}

function measured(points: readonly Point[]): { signed: number; perimeter: number } {
  let [twice, perimeter] = [0, 0]
  points.forEach((a, at) => {
    const b = points[(at + 1) % points.length]!
    twice += a.x * b.y - b.x * a.y
    perimeter += distance(a, b)
  })
  return { signed: twice / 2, perimeter }
}

function distance(a: Point, b: Point): number {
  return Math.hypot(b.x - a.x, b.y - a.y)
}
