import { connectedComponents, type Component } from '../../pipeline/kernels/components.ts'
import type { Corners, Point } from '../../pipeline/kernels/marker/point.ts'
import { minAreaRect } from './min-area-rect.ts'

/** How sure the network is, 0..1, that a pixel belongs to the kernel of a line of text. */
export type TextMap = { data: Float32Array; width: number; height: number }

/** Around a line, in pixels of the map (pixel middles at whole numbers); sides in no particular order. */
export type FoundBox = { corners: Corners; score: number }

const pixelLevel = 0.3
const boxLevel = 0.55
/** The network draws lines thinner than they are: a kernel grows by this times its area over its perimeter. */
const growth = 1.6
const leastSide = 3

/**
 * The lines of a map of the "differentiable binarization" detector, as rectangles grown to the size of the text.
 * (M. Liao, Z. Wan, C. Yao, K. Chen, X. Bai, "Real-time scene text detection with differentiable binarization", AAAI
 * 2020; levels as in PaddleOCR, a rectangle in place of a polygon.)
 */
export function boxesOf(map: TextMap): FoundBox[] {
  const { data, width, height } = map
  const mask = new Uint8Array(width * height)
  for (let i = 0; i < mask.length; i++) if (data[i]! > pixelLevel) mask[i] = 255
  const { labels, components } = connectedComponents(mask, width, height, { neighbours: 8 })
  return components.flatMap((part, i) => {
    if (part.area < leastSide * leastSide) return []
    const rectangle = minAreaRect(rimOf(labels, i + 1, part, width))
    const { across, along } = sidesOf(rectangle)
    if (Math.min(across, along) < leastSide) return []
    const score = meanInside(map, rectangle)
    if (score < boxLevel) return []
    // The corners are pixel middles; the pixels reach half a step further.
    const [wide, high] = [along + 1, across + 1]
    return [{ corners: grown(rectangle, 0.5 + (growth * wide * high) / (2 * (wide + high))), score }]
  })
}

/** Lengths of the first side and of the second. */
export function sidesOf([a, b, c]: Corners): { along: number; across: number } {
  return { along: Math.hypot(b.x - a.x, b.y - a.y), across: Math.hypot(c.x - b.x, c.y - b.y) }
}

/** The first and the last pixel of each row: the hull needs no others. */
function rimOf(labels: Int32Array, label: number, part: Component, width: number): Point[] {
  const points: Point[] = []
  for (let y = part.top; y < part.top + part.height; y++) {
    let first = part.left
    let last = part.left + part.width - 1
    while (first <= last && labels[y * width + first] !== label) first++
    while (last > first && labels[y * width + last] !== label) last--
    if (first <= last) points.push({ x: first, y }, { x: last, y })
  }
  return points
}

function meanInside({ data, width, height }: TextMap, corners: Corners): number {
  const xs = corners.map(({ x }) => x)
  const ys = corners.map(({ y }) => y)
  const [left, right] = [
    Math.max(0, Math.floor(Math.min(...xs))),
    Math.min(width - 1, Math.ceil(Math.max(...xs))),
  ]
  const [top, bottom] = [
    Math.max(0, Math.floor(Math.min(...ys))),
    Math.min(height - 1, Math.ceil(Math.max(...ys))),
  ]
  let sum = 0
  let count = 0
  for (let y = top; y <= bottom; y++) {
    for (let x = left; x <= right; x++) {
      if (!isInside(corners, x, y)) continue
      sum += data[y * width + x]!
      count++
    }
  }
  return count === 0 ? 0 : sum / count
}

/** Of a clockwise rectangle; its rim counts, with some room for rounding. */
function isInside(corners: Corners, x: number, y: number): boolean {
  for (let i = 0; i < 4; i++) {
    const a = corners[i]!
    const b = corners[(i + 1) & 3]!
    if ((b.x - a.x) * (y - a.y) - (b.y - a.y) * (x - a.x) < -1e-6) return false
  }
  return true
}

function grown(corners: Corners, by: number): Corners {
  const { along, across } = sidesOf(corners)
  const [a, b, c, d] = corners
  const u = { x: (by * (b.x - a.x)) / along, y: (by * (b.y - a.y)) / along }
  const v = { x: (by * (c.x - b.x)) / across, y: (by * (c.y - b.y)) / across }
  return [
    { x: a.x - u.x - v.x, y: a.y - u.y - v.y },
    { x: b.x + u.x - v.x, y: b.y + u.y - v.y },
    { x: c.x + u.x + v.x, y: c.y + u.y + v.y },
    { x: d.x - u.x + v.x, y: d.y - u.y + v.y },
  ]
}
