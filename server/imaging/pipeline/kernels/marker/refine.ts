import type { Corners, Point } from './point.ts'
import { isConvex } from './quads.ts'
import { levelAt, type Plane } from './sampling.ts'

/** How much of a side, from each end, is left out: there the neighbouring side mixes in. */
const ends = 0.08
/** Across the edge, in cells of the marker: on both sides of it a cell is of one colour. */
const reachInCells = 0.55
const cellsOfMarker = 6
/** Levels between black and white without which a place of an edge says nothing. */
const leastContrast = 12

/**
 * The corners of a dark square on white, to a fraction of a pixel: each side is looked through at many places for where
 * the level changes, a line is laid through them, and neighbouring lines are cut. Null where a side shows no edge.
 */
export function refineCorners(plane: Plane, rough: Corners): Corners | null {
  const once = refineOnce(plane, rough)
  const twice = once && refineOnce(plane, once)
  return twice?.every((corner, i) => isNear(corner, rough, i)) ? twice : null
}

function refineOnce(plane: Plane, rough: Corners): Corners | null {
  const lines: Line[] = []
  for (let i = 0; i < rough.length; i++) {
    const line = lineThrough(edgesOf(plane, rough, i))
    if (!line) return null
    lines.push(line)
  }
  const [top, right, bottom, left] = lines
  const corners = [cut(left!, top!), cut(top!, right!), cut(right!, bottom!), cut(bottom!, left!)]
  const [a, b, c, d] = corners
  if (!a || !b || !c || !d) return null
  const refined: Corners = [a, b, c, d]
  return isConvex(refined) ? refined : null
}

/** Places on the edge from a corner to the next one; the square is on the right hand. */
function edgesOf(plane: Plane, corners: Corners, side: number): Point[] {
  const [a, b, c, d] = [0, 1, 2, 3].map((i) => corners[(side + i) % 4]!) as [Point, Point, Point, Point]
  const length = Math.hypot(b.x - a.x, b.y - a.y)
  const outward = { x: (b.y - a.y) / length, y: (a.x - b.x) / length }
  const depthOf = ({ x, y }: Point) => (a.x - x) * outward.x + (a.y - y) * outward.y
  const reach = Math.max(1.5, (reachInCells * Math.min(depthOf(c), depthOf(d))) / cellsOfMarker)
  const count = Math.max(8, Math.min(64, Math.round(length)))
  const found: Point[] = []
  for (let i = 0; i < count; i++) {
    const share = ends + ((1 - 2 * ends) * (i + 0.5)) / count
    const at = { x: a.x + share * (b.x - a.x), y: a.y + share * (b.y - a.y) }
    const step = edgeStep(plane, at, outward, reach)
    if (step !== null) found.push({ x: at.x + step * outward.x, y: at.y + step * outward.y })
  }
  return found.length >= count / 2 ? found : []
}

/**
 * How far outwards the change from dark to bright lies. As blur is even on both sides, what is missing from the bright
 * level, summed across, says where a sharp edge would be.
 */
function edgeStep(plane: Plane, at: Point, outward: Point, reach: number): number | null {
  const half = Math.max(8, Math.ceil(reach * 2))
  const profile = Array.from({ length: 2 * half + 1 }, (_, i) => {
    const along = ((i - half) * reach) / half
    return levelAt(plane, at.x + along * outward.x, at.y + along * outward.y)
  })
  const plateau = Math.max(2, Math.floor(half / 3))
  const dark = middleOf(profile.slice(0, plateau))
  const bright = middleOf(profile.slice(-plateau))
  if (bright - dark < leastContrast) return null
  let missing = 0
  for (const [i, level] of profile.entries()) {
    const weight = i === 0 || i === 2 * half ? 0.5 : 1
    missing += weight * Math.min(1, Math.max(0, (bright - level) / (bright - dark)))
  }
  return (missing * reach) / half - reach
}

function middleOf(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[sorted.length >> 1]!
}

/** a x + b y = c, with a and b of length one. */
type Line = { a: number; b: number; c: number }

/** Least squares across the line; then once more without what lies far off. */
function lineThrough(points: Point[]): Line | null {
  if (points.length < 4) return null
  const first = fit(points)
  const off = points.map((point) => Math.abs(first.a * point.x + first.b * point.y - first.c))
  const limit = Math.max(0.3, 3 * middleOf(off))
  const near = points.filter((_, i) => off[i]! <= limit)
  return near.length >= 4 ? fit(near) : first
}

function fit(points: Point[]): Line {
  let x = 0
  let y = 0
  for (const point of points) {
    x += point.x / points.length
    y += point.y / points.length
  }
  let xx = 0
  let xy = 0
  let yy = 0
  for (const point of points) {
    xx += (point.x - x) ** 2
    xy += (point.x - x) * (point.y - y)
    yy += (point.y - y) ** 2
  }
  const turn = Math.atan2(2 * xy, xx - yy) / 2
  const a = -Math.sin(turn)
  const b = Math.cos(turn)
  return { a, b, c: a * x + b * y }
}

function cut(one: Line, other: Line): Point | null {
  const sine = one.a * other.b - other.a * one.b
  if (Math.abs(sine) < 0.05) return null
  return { x: (one.c * other.b - other.c * one.b) / sine, y: (one.a * other.c - other.a * one.c) / sine }
}

/** Further away it is another edge that was found. */
function isNear(corner: Point, rough: Corners, i: number): boolean {
  const was = rough[i]!
  const next = rough[(i + 1) % 4]!
  const before = rough[(i + 3) % 4]!
  const side = Math.min(Math.hypot(next.x - was.x, next.y - was.y), Math.hypot(before.x - was.x, before.y - was.y)) // prettier-ignore
  return Math.hypot(corner.x - was.x, corner.y - was.y) <= Math.max(3, 0.15 * side)
}
