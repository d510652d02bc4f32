import type { TileGrid, TilePairs } from '../clahe.ts'
import { reflect101 } from '../rounding.ts'
import { simd } from './instance.ts'
import { copyRows, inStrips } from './strips.ts'

const levels = 256
const countsBytes = 4 * 4 * levels
const quadBytes = 4 * levels
const stripBytes = 256 * 1024

/** Adds how often each level occurs in each tile; false where there are no fast kernels. */
export function fastTileCounts(plane: Uint8Array, grid: TileGrid, counts: Int32Array): boolean {
  const fast = simd()
  if (!fast) return false
  const { width, height, tiles, tileWidth, tileHeight } = grid
  const most = Math.min(tileHeight, Math.ceil(stripBytes / width))
  const [found = 0, rows = 0] = fast.place(countsBytes, most * width)
  const { bytes } = fast
  const answer = new Int32Array(bytes.buffer, found, levels)
  for (let tile = 0; tile < tiles * tiles; tile += tiles) {
    const top = (tile / tiles) * tileHeight
    for (let first = top; first < top + tileHeight; first += most) {
      const count = Math.min(most, top + tileHeight - first)
      copyRows(plane, { width, height, first, count, border: reflect101 }, bytes, rows)
      for (let column = 0; column < tiles; column++) {
        const at = (tile + column) * levels
        const left = column * tileWidth
        const inside = Math.min(width - left, tileWidth)
        if (inside > 0) {
          fast.run.histogram(rows + left, width, inside, count, found)
          for (let level = 0; level < levels; level++) counts[at + level]! += answer[level]!
        }
        for (let x = Math.max(width, left); x < left + tileWidth; x++) {
          const from = rows + reflect101(x, width)
          for (let y = 0; y < count; y++) counts[at + bytes[from + y * width]!]!++
        }
      }
    }
  }
  return true
}

type Answers = { tables: Uint8Array; columns: TilePairs; rows: TilePairs }

/** Fills `out` with each sample's answer between the four tiles around it; false where there are no fast kernels. */
export function fastBlend(
  plane: Uint8Array,
  { width, height, tiles }: TileGrid,
  { tables, columns, rows }: Answers,
  out: Uint8Array,
): boolean {
  const fast = simd()
  if (!fast) return false
  const weightBytes = 4 * (width + 4)
  const extra = [tables.length, (tiles + 1) * quadBytes, weightBytes, weightBytes, weightBytes]
  inStrips(fast, plane, out, { width, height, reach: 0, extra }, (places) => {
    const [table = 0, quads = 0, offsets = 0, near = 0, far = 0] = places
    const { bytes } = fast
    bytes.set(tables, table)
    new Int32Array(bytes.buffer, offsets, width + 4).fill(0).set(columns.pair.map((pair) => pair * quadBytes))
    new Float32Array(bytes.buffer, near, width).set(columns.near)
    new Float32Array(bytes.buffer, far, width).set(columns.far)
    let y = 0
    let prepared = -1
    return (strip) => {
      for (let i = 0; i < strip.count; i++, y++) {
        const pair = rows.pair[y]!
        if (pair !== prepared) fast.run.quadTables(table, quads, tiles, pair)
        prepared = pair
        const from = strip.rows + i * width
        const to = strip.out + i * width
        fast.run.claheRow(from, to, width, quads, offsets, near, far, rows.near[y]!, rows.far[y]!)
      }
    }
  })
  return true
}
