import type { Corners, Point } from './point.ts'

/** A projective map of the plane, row by row: x' = (h0 x + h1 y + h2) / w, y' = (h3 x + h4 y + h5) / w, w = h6 x + h7 y + h8. */
export type Homography = Float64Array

/**
 * The projective map that takes each corner of `from` to its counterpart in `to`, by the direct linear transform on
 * corners moved to their middle and scaled to a mean distance of the square root of two. (R. Hartley, "In defense of the
 * eight-point algorithm", IEEE Trans. PAMI 19, 1997.)
 *
 * @throws RangeError when three corners of one side lie on a line
 */
export function homographyOf(from: Corners, to: Corners): Homography {
  const source = normalised(from)
  const target = normalised(to)
  const rows: number[][] = []
  for (const [i, { x, y }] of source.corners.entries()) {
    const { x: u, y: v } = target.corners[i]!
    // The middle of a quadrilateral in view is not at infinity, so the last element can be one.
    rows.push([x, y, 1, 0, 0, 0, -u * x, -u * y, u], [0, 0, 0, x, y, 1, -v * x, -v * y, v])
  }
  const middle = Float64Array.from([...solve(rows), 1])
  return multiply(multiply(target.back, middle), source.there)
}

/** Where a point goes; null beyond the horizon, where the map has no answer. */
export function project(h: Homography, { x, y }: Point): Point | null {
  const w = h[6]! * x + h[7]! * y + h[8]!
  if (w <= 0) return null
  return { x: (h[0]! * x + h[1]! * y + h[2]!) / w, y: (h[3]! * x + h[4]! * y + h[5]!) / w }
}

/** Mean distance of corners that were moved and scaled, along one axis and the other together. */
const spread = Math.SQRT2

function normalised(corners: Corners): { corners: Point[]; there: Float64Array; back: Float64Array } {
  const middle = { x: mean(corners.map(({ x }) => x)), y: mean(corners.map(({ y }) => y)) }
  const scale = spread / mean(corners.map(({ x, y }) => Math.hypot(x - middle.x, y - middle.y)))
  return {
    corners: corners.map(({ x, y }) => ({ x: scale * (x - middle.x), y: scale * (y - middle.y) })),
    there: Float64Array.of(scale, 0, -scale * middle.x, 0, scale, -scale * middle.y, 0, 0, 1),
    back: Float64Array.of(1 / scale, 0, middle.x, 0, 1 / scale, middle.y, 0, 0, 1),
  }
}

/** Gauss's elimination with pivots; each row ends with its right side. */
function solve(rows: number[][]): number[] {
  const count = rows.length
  for (let column = 0; column < count; column++) {
    let best = column
    for (let row = column + 1; row < count; row++) {
      if (Math.abs(rows[row]![column]!) > Math.abs(rows[best]![column]!)) best = row
    }
    const pivot = rows[best]!
    if (!(Math.abs(pivot[column]!) > 1e-10)) throw new RangeError('Three of the corners lie on a line.')
    rows[best] = rows[column]!
    rows[column] = pivot
    for (const [row, values] of rows.entries()) {
      if (row === column) continue
      const factor = values[column]! / pivot[column]!
      for (let at = column; at <= count; at++) values[at]! -= factor * pivot[at]!
    }
  }
  return rows.map((row, i) => row[count]! / row[i]!)
}

function multiply(a: Float64Array, b: Float64Array): Float64Array {
  return Float64Array.from({ length: 9 }, (_, i) => {
    const row = 3 * Math.floor(i / 3)
    const column = i % 3
    return a[row]! * b[column]! + a[row + 1]! * b[column + 3]! + a[row + 2]! * b[column + 6]!
  })
}

function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
