import { labOf } from './lesion-lab.ts'

/** C: what colours there are inside an outline. Numbers only, of the picture as it is: its light is in them. */
export type LesionColour = {
  /** Colours that differ by more than `colourReach` and hold at least `leastShare` of the area each. */
  count: number
  /** Root mean square distance from the mean colour, in CIE L*a*b* (dE76). */
  spread: number
  /** The mean, L*, a*, b*. */
  mean: readonly [number, number, number]
}

/** Two colours closer than this, in dE76, are counted as one. */
export const colourReach = 12
/** Less of the area than this is no colour of its own: hairs, lights, noise. */
export const leastShare = 0.05

// Edge of the cells that colours are gathered in, dE76; finer than the reach, coarser than noise.
const cell = 4

/**
 * The colours of the pixels of interleaved 8-bit sRGB where `mask` is not 0. The count is that of a greedy gathering: the fullest
 * cell of a grid in L*a*b* takes all cells whose mean is within `colourReach` of its own, then the fullest of the rest does, as
 * long as what it gathers is at least `leastShare` of all. The same pixels give the same count. (After J. Hartigan, Clustering
 * Algorithms, 1975, the leader algorithm.) Null when the mask is empty.
 */
export function lesionColour(rgb: Uint8Array, mask: Uint8Array): LesionColour | null {
  const inside = pixelsUnder(rgb, mask)
  const pixels = inside.length / 3
  if (pixels === 0) return null
  const lab = labOf(inside)
  const mean = meanOf(lab)
  let squares = 0
  for (let at = 0; at < lab.length; at += 3)
    squares += (lab[at]! - mean[0]) ** 2 + (lab[at + 1]! - mean[1]) ** 2 + (lab[at + 2]! - mean[2]) ** 2
  return { count: countOf(cellsOf(lab), pixels), spread: Math.sqrt(squares / pixels), mean }
}

/** Mean of L*, a*, b* triples. */
export function meanOf(lab: Float32Array): [number, number, number] {
  const sum: [number, number, number] = [0, 0, 0]
  for (let at = 0; at < lab.length; at += 3) {
    sum[0] += lab[at]!
    sum[1] += lab[at + 1]!
    sum[2] += lab[at + 2]!
  }
  const count = Math.max(1, lab.length / 3)
  return [sum[0] / count, sum[1] / count, sum[2] / count]
}

function pixelsUnder(rgb: Uint8Array, mask: Uint8Array): Uint8Array {
  let count = 0
  for (const one of mask) if (one !== 0) count++
  const inside = new Uint8Array(3 * count)
  let to = 0
  for (let i = 0; i < mask.length; i++) {
    if (mask[i] === 0) continue
    inside.set(rgb.subarray(3 * i, 3 * i + 3), to)
    to += 3
  }
  return inside
}

type Cell = { count: number; sum: [number, number, number] }

/** The fullest first; of equally full ones, that of the pixel that came first. */
function cellsOf(lab: Float32Array): Cell[] {
  const cells = new Map<number, Cell>()
  for (let at = 0; at < lab.length; at += 3) {
    const [l, a, b] = [lab[at]!, lab[at + 1]!, lab[at + 2]!]
    const key = Math.floor(l / cell) + 64 * (Math.floor(a / cell) + 64) + 8192 * (Math.floor(b / cell) + 64)
    let found = cells.get(key)
    if (!found) cells.set(key, (found = { count: 0, sum: [0, 0, 0] }))
    found.count++
    found.sum[0] += l
    found.sum[1] += a
    found.sum[2] += b
  }
  return [...cells.values()].sort((a, b) => b.count - a.count)
}

function countOf(cells: Cell[], pixels: number): number {
  let left = cells
  let count = 0
  for (;;) {
    const [leader] = left
    if (!leader) return count
    const near = left.filter((one) => distance(one, leader) <= colourReach)
    if (near.reduce((sum, one) => sum + one.count, 0) >= leastShare * pixels) count++
    left = left.filter((one) => !near.includes(one))
  }
}

function distance(a: Cell, b: Cell): number {
  return Math.hypot(...a.sum.map((sum, axis) => sum / a.count - b.sum[axis]! / b.count))
}
