import type { Corners, Point } from '../../pipeline/kernels/marker/point.ts'

/**
 * Sorts lines as one reads them: rows from above, each from its left, when the picture's lines run along `direction`
 * (radians clockwise on the screen). Two boxes share a row when the middle of one lies within the other's height.
 */
export function inReadingOrder<T>(
  lines: readonly T[],
  cornersOf: (line: T) => Corners,
  direction: number,
): T[] {
  const placed = lines.map((line) => {
    const turned = cornersOf(line).map((corner) => unturned(corner, direction))
    const ys = turned.map(({ y }) => y)
    const [top, bottom] = [Math.min(...ys), Math.max(...ys)]
    return { line, left: Math.min(...turned.map(({ x }) => x)), top, bottom, middle: (top + bottom) / 2 }
  })
  placed.sort((a, b) => a.middle - b.middle)
  const rows: (typeof placed)[] = []
  for (const next of placed) {
    const row = rows.at(-1)
    const before = row?.at(-1)
    if (
      row &&
      before &&
      next.middle < before.bottom - 0.2 * (before.bottom - before.top) &&
      sharesRow(row, next)
    )
      row.push(next)
    else rows.push([next])
  }
  return rows.flatMap((row) => row.sort((a, b) => a.left - b.left).map(({ line }) => line))
}

type Extent = { top: number; bottom: number; middle: number }

/** By the tallest of the row: a unit beside a large digit belongs to it, the next line does not. */
function sharesRow(row: readonly Extent[], next: Extent): boolean {
  return row.some(
    ({ top, bottom, middle }) =>
      (next.middle > top && next.middle < bottom) || (middle > next.top && middle < next.bottom),
  )
}

function unturned({ x, y }: Point, direction: number): Point {
  const [cos, sin] = [Math.cos(direction), Math.sin(direction)]
  return { x: x * cos + y * sin, y: y * cos - x * sin }
}
