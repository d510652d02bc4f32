import { otsuLevel } from '../otsu.ts'
import { dictionary } from './dictionary.ts'
import { homographyOf, project, type Homography } from './homography.ts'
import type { Corners } from './point.ts'
import { levelAt, type Plane } from './sampling.ts'

/** Cells of a marker's side: four of its code and one of its black frame at each end. */
export const cellsOfMarker = 6
const codeCells = 4
/** Samples along a cell's side, taken from its middle part. */
const samplesAcross = 5
const middlePart = 0.6
/** Frame cells that may look white, and cells of the white border that may look black, of twenty each. */
const mostWrong = 2
/** Levels between black and white below which nothing is read. */
const leastContrast = 20
/** Codes differ by four cells or more in all rotations, so that one wrong cell still leaves one answer. */
const tolerance = 1

export type Decoded = {
  /** 0..49 */
  id: number
  /** Cells that had to be corrected. */
  wrongCells: number
  /** Quarter turns by which the first of the given corners lies clockwise of the marker's own first one. */
  turns: number
}

/** What the square says when it is a marker of ArUco's 4x4_50 with a white border; else null. */
export function decode(plane: Plane, corners: Corners): Decoded | null {
  const fromCells = homographyOf(square(cellsOfMarker), corners)
  const inner = cellsAt(plane, fromCells, 0, cellsOfMarker)
  const level = otsuLevel(inner.samples)
  if (contrastAt(inner.samples, level) < leastContrast) return null
  const cells = inner.samplesOfCell.map((samples) => 2 * samples.filter((s) => s > level).length > samples.length) // prettier-ignore
  const frame = cells.filter((_, i) => isOnEdge(i, cellsOfMarker))
  if (frame.filter((white) => white).length > mostWrong) return null
  if (darkBorderCells(plane, fromCells, level) > mostWrong) return null
  const code = cells.filter((_, i) => !isOnEdge(i, cellsOfMarker))
  return match(code)
}

/** The corners of a square of that side, clockwise from the origin. */
export function square(side: number): Corners {
  return [
    { x: 0, y: 0 },
    { x: side, y: 0 },
    { x: side, y: side },
    { x: 0, y: side },
  ]
}

type Cells = { samples: Uint8Array; samplesOfCell: number[][] }

/** A square of count x count cells, its first one at (first, first) of the marker's own. */
function cellsAt(plane: Plane, fromCells: Homography, first: number, count: number): Cells {
  const samplesOfCell = Array.from({ length: count * count }, (_, i) => {
    const cell = { x: first + (i % count), y: first + Math.floor(i / count) }
    return Array.from({ length: samplesAcross ** 2 }, (_, k) => {
      const at = project(fromCells, {
        x: cell.x + withinCell(k % samplesAcross),
        y: cell.y + withinCell(Math.floor(k / samplesAcross)),
      })
      return at ? Math.round(levelAt(plane, at.x, at.y)) : 0
    })
  })
  return { samples: Uint8Array.from(samplesOfCell.flat()), samplesOfCell }
}

function withinCell(sample: number): number {
  return 0.5 + middlePart * ((sample + 0.5) / samplesAcross - 0.5)
}

function contrastAt(samples: Uint8Array, level: number): number {
  const mean = (values: Uint8Array) => values.reduce((sum, value) => sum + value, 0) / values.length
  const bright = samples.filter((sample) => sample > level)
  const dark = samples.filter((sample) => sample <= level)
  return bright.length === 0 || dark.length === 0 ? 0 : mean(bright) - mean(dark)
}

/** Half a cell around the frame is looked at; the paper may be cut close. */
function darkBorderCells(plane: Plane, fromCells: Homography, level: number): number {
  let dark = 0
  for (let i = 0; i < cellsOfMarker; i++) {
    for (const [x, y] of [
      [i + 0.5, -0.4],
      [i + 0.5, cellsOfMarker + 0.4],
      [-0.4, i + 0.5],
      [cellsOfMarker + 0.4, i + 0.5],
    ] as const) {
      const at = project(fromCells, { x, y })
      if (!at || levelAt(plane, at.x, at.y) <= level) dark++
    }
  }
  return dark
}

function isOnEdge(i: number, side: number): boolean {
  const x = i % side
  const y = Math.floor(i / side)
  return x === 0 || y === 0 || x === side - 1 || y === side - 1
}

function match(cells: boolean[]): Decoded | null {
  let turned = cells
  let best: Decoded | null = null
  for (let turns = 0; turns < 4; turns++) {
    const code = turned.reduce((bits, white) => 2 * bits + (white ? 1 : 0), 0)
    for (const [id, wanted] of dictionary.entries()) {
      const wrongCells = bitsOf(code ^ wanted)
      if (wrongCells <= tolerance && (!best || wrongCells < best.wrongCells)) best = { id, wrongCells, turns }
    }
    turned = quarterTurn(turned)
  }
  return best
}

/** Anti-clockwise: what was on the right comes to the top. */
function quarterTurn(cells: boolean[]): boolean[] {
  return cells.map((_, i) => {
    const x = i % codeCells
    const y = Math.floor(i / codeCells)
    return cells[x * codeCells + (codeCells - 1 - y)]!
  })
}

function bitsOf(code: number): number {
  let count = 0
  for (let rest = code; rest > 0; rest &= rest - 1) count++
  return count
}
