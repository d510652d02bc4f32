import { reflect101, roundHalfEven } from './rounding.ts'
import { fastLaplacian } from './simd/filters.ts'

export type LaplacianOptions = { neighbours: 4 | 8 }

/**
 * Second derivative of one 8-bit plane, signed: the sum of the 4 or 8 neighbours less 4 or 8 times the sample, so
 * -1020..1020 or -2040..2040; positive on the dark side of an edge. Edges mirrored (reflect-101). No rounding happens.
 * Equal to OpenCV's Laplacian(plane, CV_16S, ksize 1) for 4 and to filter2D with the 3x3 kernel of ones around -8 for 8.
 * (Gonzalez and Woods, Digital Image Processing, section 3.6.) `out` may be given to spare making it.
 */
export function laplacian(
  plane: Uint8Array,
  width: number,
  height: number,
  { neighbours }: LaplacianOptions,
  out = new Int16Array(plane.length),
): Int16Array {
  if (fastLaplacian(plane, width, height, neighbours, out)) return out
  const sumRow = neighbours === 4 ? sumOfFour : sumOfEight
  for (let y = 0; y < height; y++) {
    const up = reflect101(y - 1, height) * width
    const down = reflect101(y + 1, height) * width
    sumRow(plane, { up, middle: y * width, down, width }, out)
  }
  return out
}

/**
 * A picture of a signed one: |scale * value|, at most 255, halves to the even level. Equal to OpenCV's
 * convertScaleAbs(signed, alpha = scale) for scales that float32 holds exactly, as halves, quarters and whole numbers.
 */
export function absoluteView(signed: Int16Array, scale = 1): Uint8Array {
  const out = new Uint8Array(signed.length)
  for (let i = 0; i < out.length; i++) {
    const value = signed[i]! < 0 ? -signed[i]! : signed[i]!
    const level = scale === 1 ? value : roundHalfEven(scale * value)
    out[i] = level > 255 ? 255 : level
  }
  return out
}

/** Where the three rows begin. */
type Rows = { up: number; middle: number; down: number; width: number }

function sumOfFour(plane: Uint8Array, { up, middle, down, width }: Rows, out: Int16Array): void {
  const last = width - 1
  for (let x = 1; x < last; x++) {
    const at = middle + x
    out[at] = plane[up + x]! + plane[down + x]! + plane[at - 1]! + plane[at + 1]! - 4 * plane[at]!
  }
  for (const x of last > 0 ? [0, last] : [0]) {
    const beside = plane[middle + reflect101(x - 1, width)]! + plane[middle + reflect101(x + 1, width)]!
    out[middle + x] = plane[up + x]! + plane[down + x]! + beside - 4 * plane[middle + x]!
  }
}

function sumOfEight(plane: Uint8Array, { up, middle, down, width }: Rows, out: Int16Array): void {
  const last = width - 1
  // Three columns of three slide along the row.
  let before =
    plane[up + reflect101(-1, width)]! +
    plane[middle + reflect101(-1, width)]! +
    plane[down + reflect101(-1, width)]!
  let here = plane[up]! + plane[middle]! + plane[down]!
  for (let x = 0; x <= last; x++) {
    const right = x < last ? x + 1 : reflect101(x + 1, width)
    const after = plane[up + right]! + plane[middle + right]! + plane[down + right]!
    out[middle + x] = before + here + after - 9 * plane[middle + x]!
    before = here
    here = after
  }
}
