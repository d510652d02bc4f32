import type { Corners, Point } from '../../pipeline/kernels/marker/point.ts'

/**
 * The rectangle of least area, however turned, around points: its corners in clockwise order on the screen. Points on a
 * line, or a single one, give a rectangle without area. (H. Freeman, R. Shapira, "Determining the minimum-area encasing
 * rectangle for an arbitrary closed curve", CACM 18, 1975: one side lies along the convex hull.)
 *
 * @throws RangeError without points
 */
export function minAreaRect(points: readonly Point[]): Corners {
  const hull = convexHull(points)
  let best: Corners | null = null
  let least = Infinity
  for (const [i, from] of hull.entries()) {
    const to = hull[(i + 1) % hull.length]!
    const length = Math.hypot(to.x - from.x, to.y - from.y) || 1
    const along =
      length === 1 && hull.length === 1
        ? { x: 1, y: 0 }
        : { x: (to.x - from.x) / length, y: (to.y - from.y) / length }
    const { corners, area } = rectangleAlong(hull, along)
    if (area < least) [best, least] = [corners, area]
  }
  if (!best) throw new RangeError('No points, no rectangle.')
  return best
}

/** Clockwise on the screen, without points that lie on its sides. (A. M. Andrew, Inf. Process. Lett. 9, 1979.) */
export function convexHull(points: readonly Point[]): Point[] {
  const sorted = [...points].sort((a, b) => a.x - b.x || a.y - b.y)
  if (sorted.length < 3) return sorted
  const upper = halfHull(sorted)
  const lower = halfHull(sorted.reverse())
  return [...upper.slice(0, -1), ...lower.slice(0, -1)]
}

function halfHull(points: readonly Point[]): Point[] {
  const chain: Point[] = []
  for (const point of points) {
    while (chain.length > 1 && turn(chain.at(-2)!, chain.at(-1)!, point) <= 0) chain.pop()
    chain.push(point)
  }
  return chain
}

/** Above 0 when going from a by b to c turns right on the screen. */
function turn(a: Point, b: Point, c: Point): number {
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
}

function rectangleAlong(hull: readonly Point[], along: Point): { corners: Corners; area: number } {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity]
  for (const { x, y } of hull) {
    const u = x * along.x + y * along.y
    const v = y * along.x - x * along.y
    left = Math.min(left, u)
    right = Math.max(right, u)
    top = Math.min(top, v)
    bottom = Math.max(bottom, v)
  }
  const at = (u: number, v: number): Point => ({ x: u * along.x - v * along.y, y: u * along.y + v * along.x })
  return {
    corners: [at(left, top), at(right, top), at(right, bottom), at(left, bottom)],
    area: (right - left) * (bottom - top),
  }
}
