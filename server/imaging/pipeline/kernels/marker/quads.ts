import { adaptiveThreshold } from '../adaptive-threshold.ts'
import { connectedComponents, type Component } from '../components.ts'
import { meanNeighbourhood } from '../neighbourhood.ts'
import { outlines } from '../outline.ts'
import type { Corners, Point } from './point.ts'
import type { Plane } from './sampling.ts'

/** Sides of the neighbourhoods that a dark square is told from: the small one under shade, the large one when blurred. */
const windows = [13, 41]
/** Levels below the neighbourhood's mean. */
const offset = 7
const leastSide = 10
/** Of the way around. */
const straightness = 0.03
/** A square that touches the picture's edge is not whole. */
const margin = 2

/**
 * Dark shapes with four corners and four straight sides, clockwise on the screen, to the pixel. The same one may be
 * found more than once.
 */
export function darkQuads(plane: Plane): Corners[] {
  const { width, height } = plane
  // Noise would leave thousands of specks to look at.
  const samples = meanNeighbourhood(plane.samples, width, height, 3)
  return windows.flatMap((size) => {
    const mask = adaptiveThreshold(samples, width, height, { neighbourhood: 'mean', size, offset })
    for (let i = 0; i < mask.length; i++) mask[i] = 255 - mask[i]!
    const { labels, components } = connectedComponents(mask, width, height, { neighbours: 8 })
    return components.flatMap((part, i) =>
      isLikely(part, plane) ? (quadOf(outlineOf(labels, i + 1, part, width)) ?? []) : [],
    )
  })
}

function isLikely(part: Component, { width, height }: Plane): boolean {
  const { left, top, area } = part
  if (part.width < leastSide || part.height < leastSide) return false
  // A frame one pixel thin has as many pixels as its longer side and the opposite one.
  if (area < 2 * Math.max(part.width, part.height)) return false
  return (
    left >= margin && top >= margin && left + part.width <= width - margin && top + part.height <= height - margin // prettier-ignore
  )
}

/** The outer outline of one part, which may lie in a hole of another. */
function outlineOf(labels: Int32Array, label: number, part: Component, width: number): Point[] {
  const mask = new Uint8Array(part.width * part.height)
  for (let y = 0, at = 0; y < part.height; y++) {
    const line = (part.top + y) * width + part.left
    for (let x = 0; x < part.width; x++) mask[at++] = labels[line + x] === label ? 255 : 0
  }
  const walk = outlines(mask, part.width, part.height)[0] ?? new Int32Array()
  const points: Point[] = []
  for (let i = 0; i < walk.length; i += 2) {
    points.push({ x: part.left + walk[i]!, y: part.top + walk[i + 1]! })
  }
  return points
}

function quadOf(outline: Point[]): [Corners] | null {
  const [a, b, c, d, ...more] = cornersOf(outline, straightness * outline.length)
  if (!a || !b || !c || !d || more.length > 0) return null
  // The outline goes anti-clockwise.
  const quad: Corners = [a, d, c, b]
  return isConvex(quad) && shortestSide(quad) >= leastSide ? [quad] : null
}

/** The corners of a closed outline: no point lies further than `tolerance` from a side. (Ramer, Douglas, Peucker.) */
function cornersOf(outline: Point[], tolerance: number): Point[] {
  const start = furthestFrom(outline, outline[0]!)
  const turned = [...outline.slice(start), ...outline.slice(0, start + 1)]
  const opposite = furthestFrom(turned, turned[0]!)
  const kept = [0, opposite]
  const open: [number, number][] = [
    [0, opposite],
    [opposite, turned.length - 1],
  ]
  for (let part = open.pop(); part; part = open.pop()) {
    const [from, to] = part
    const a = turned[from]!
    const b = turned[to]!
    const length = Math.hypot(b.x - a.x, b.y - a.y)
    if (length === 0) continue
    let best = 0
    let most = tolerance * length
    for (let i = from + 1; i < to; i++) {
      const distance = Math.abs(crossOf(a, b, turned[i]!))
      if (distance > most) [best, most] = [i, distance]
    }
    if (best > 0) {
      kept.push(best)
      open.push([from, best], [best, to])
    }
  }
  return kept.sort((a, b) => a - b).map((at) => turned[at]!)
}

function furthestFrom(points: Point[], { x, y }: Point): number {
  let best = 0
  let most = -1
  for (const [i, point] of points.entries()) {
    const distance = (point.x - x) ** 2 + (point.y - y) ** 2
    if (distance > most) [best, most] = [i, distance]
  }
  return best
}

/** Twice the area of the triangle, positive when it turns clockwise on the screen. */
function crossOf(a: Point, b: Point, c: Point): number {
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
}

/** And clockwise. */
export function isConvex(quad: Corners): boolean {
  return quad.every((a, i) => crossOf(a, quad[(i + 1) % 4]!, quad[(i + 2) % 4]!) > 0)
}

/** In pixels. */
export function shortestSide(quad: Corners): number {
  return Math.min(...quad.map((a, i) => distanceOf(a, quad[(i + 1) % 4]!)))
}

function distanceOf(a: Point, b: Point): number {
  return Math.hypot(b.x - a.x, b.y - a.y)
}
