import { balanceGains, type Gains } from '../white-balance.ts'
import { cellsOfMarker, square } from './decode.ts'
import { homographyOf, project } from './homography.ts'
import type { Corners } from './point.ts'

/** Cells out from the black square: the middle of a border one cell wide. */
const distances = [0.4, 0.5, 0.6]
const placesOnSide = 30
/** Of the middle brightness: what is darker is a finger or a shadow on the paper. */
const shade = 0.8

/**
 * The gains on linear light that make the white paper around a marker neutral; with `level` (1..255) also as bright as
 * that sRGB level. `corners` are those of the black square in interleaved 8-bit sRGB. Null when the paper is
 * overexposed, too dark or outside the picture.
 */
export function paperGains(
  rgb: Uint8Array,
  width: number,
  height: number,
  { corners, level }: { corners: Corners; level?: number },
): Gains | null {
  const fromCells = homographyOf(square(cellsOfMarker), corners)
  const seen: [number, number, number][] = []
  for (const place of border()) {
    const at = project(fromCells, place)
    const [x, y] = at ? [Math.round(at.x), Math.round(at.y)] : [-1, -1]
    if (x < 0 || y < 0 || x >= width || y >= height) continue
    const i = 3 * (y * width + x)
    seen.push([rgb[i]!, rgb[i + 1]!, rgb[i + 2]!])
  }
  const greens = seen.map(([, green]) => green).sort((a, b) => a - b)
  const least = shade * (greens[greens.length >> 1] ?? 0)
  const paper = seen.filter(([, green]) => green >= least)
  const patch = { left: 0, top: 0, width: paper.length, height: 1 }
  try {
    return balanceGains(Uint8Array.from(paper.flat()), paper.length, 1, level === undefined ? { patch } : { patch, level }) // prettier-ignore
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

function border(): { x: number; y: number }[] {
  return distances.flatMap((out) =>
    Array.from({ length: placesOnSide }, (_, i) => {
      const along = (cellsOfMarker * (i + 0.5)) / placesOnSide
      return [
        { x: along, y: -out },
        { x: along, y: cellsOfMarker + out },
        { x: -out, y: along },
        { x: cellsOfMarker + out, y: along },
      ]
    }).flat(),
  )
}
