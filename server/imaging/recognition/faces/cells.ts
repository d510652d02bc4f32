import type { Tensor } from '../runtime.ts'

/** In shares of what the network was given, the corner at the top left first. */
export type Found = { x: number; y: number; width: number; height: number; score: number }

/** Widths and heights in cells (src/tinyFaceDetector/const.ts of the package). */
const anchors = [
  [1.603231, 2.094468],
  [6.041143, 7.080126],
  [2.882459, 3.518061],
  [4.266906, 5.178857],
  [9.041765, 10.66308],
] as const

/**
 * The boxes in the detector's answer that score above `leastScore`: each cell has five, each with how far its middle is
 * into the cell, how much larger than its anchor it is, and how sure it is (YOLO9000, Redmon and Farhadi, 2017).
 */
export function boxesIn({ data, dims }: Tensor, leastScore: number): Found[] {
  const [, rows, columns] = dims
  if (rows === undefined || columns === undefined) throw new Error('the face detector gave no cells')
  const found: Found[] = []
  const leastLogit = Math.log(leastScore / (1 - leastScore))
  for (let row = 0, at = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      for (const [anchorWidth, anchorHeight] of anchors) {
        if (data[at + 4]! > leastLogit) {
          const width = (Math.exp(data[at + 2]!) * anchorWidth) / columns
          const height = (Math.exp(data[at + 3]!) * anchorHeight) / rows
          const x = (column + sigmoid(data[at]!)) / columns - width / 2
          const y = (row + sigmoid(data[at + 1]!)) / rows - height / 2
          found.push({ x, y, width, height, score: sigmoid(data[at + 4]!) })
        }
        at += 5
      }
    }
  }
  return found
}

/** Of boxes for the same thing the surest: those that share more than `mostOverlap` with a surer one are left out. */
export function surest(boxes: readonly Found[], mostOverlap: number): Found[] {
  const kept: Found[] = []
  for (const box of [...boxes].sort((a, b) => b.score - a.score)) {
    if (kept.every((other) => overlap(box, other) <= mostOverlap)) kept.push(box)
  }
  return kept
}

/** What two boxes have in common, as a share of the smaller one: two sizes of picture give one face boxes of two sizes. */
function overlap(a: Found, b: Found): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
  if (width <= 0 || height <= 0) return 0
  return (width * height) / Math.min(a.width * a.height, b.width * b.height)
}

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x))
