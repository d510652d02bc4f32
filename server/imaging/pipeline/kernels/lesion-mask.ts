import { connectedComponents } from './components.ts'
import type { Point } from './marker/point.ts'

/**
 * The largest part of an 8-bit mask (every sample but 0 belongs to one; pixels that touch by a side belong together) that has
 * one of the seeds in it, or, without any, the largest of all; its holes filled. 255 inside. Seeds are places in pixels, pixel
 * middles at whole numbers. Null when there is none.
 */
export function partAt(
  mask: Uint8Array,
  width: number,
  height: number,
  seeds: readonly Point[],
): Uint8Array | null {
  const { labels, components } = connectedComponents(mask, width, height, { neighbours: 4 })
  const touched = new Set(
    seeds.flatMap(({ x, y }) => {
      const [column, row] = [Math.round(x), Math.round(y)]
      const within = column >= 0 && row >= 0 && column < width && row < height
      const label = within ? labels[row * width + column]! : 0
      return label === 0 ? [] : [label]
    }),
  )
  const candidates = components
    .map(({ area }, at) => ({ area, label: at + 1 }))
    .filter(({ label }) => seeds.length === 0 || touched.has(label))
  const [largest] = candidates.sort((a, b) => b.area - a.area)
  if (!largest) return null
  return withoutHoles(
    Uint8Array.from(labels, (label) => (label === largest.label ? 255 : 0)),
    width,
    height,
  )
}

/** A mask of one part with what it encloses filled: only what reaches the picture's edge is outside. */
function withoutHoles(mask: Uint8Array, width: number, height: number): Uint8Array {
  const outside = mask.map((one) => (one === 0 ? 255 : 0))
  const { labels, components } = connectedComponents(outside, width, height, { neighbours: 8 })
  const reachesEdge = components.map(
    ({ left, top, width: w, height: h }) =>
      left === 0 || top === 0 || left + w === width || top + h === height,
  )
  return mask.map((one, at) => (one !== 0 || !reachesEdge[labels[at]! - 1] ? 255 : 0))
}
