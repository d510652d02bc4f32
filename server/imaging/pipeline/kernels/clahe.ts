import { reflect101, roundHalfEven, saturate } from './rounding.ts'
import { fastBlend, fastTileCounts } from './simd/clahe.ts'

const levels = 256
const f = Math.fround

export type ClaheOptions = { clipLimit: number; tiles: number }

/** How a plane is laid out in tiles; the last ones may reach beyond it. */
export type TileGrid = { width: number; height: number; tiles: number; tileWidth: number; tileHeight: number }

/** For each place on an axis: which pair of neighbouring tiles it lies between, 0 before the first, and their weights. */
export type TilePairs = { pair: Int32Array; near: Float32Array; far: Float32Array }

/**
 * Contrast-limited adaptive histogram equalisation of one 8-bit plane; equal, sample for sample, to OpenCV's
 * createCLAHE(clipLimit, (tiles, tiles)). The float32 roundings are part of that and must stay. `out` may be given to
 * spare making it; it may not be the plane.
 */
export function clahe(
  plane: Uint8Array,
  width: number,
  height: number,
  { clipLimit, tiles }: ClaheOptions,
  out = new Uint8Array(plane.length),
): Uint8Array {
  // Like OpenCV: if either side does not divide, both are padded, one that divides by a whole further step.
  const divides = width % tiles === 0 && height % tiles === 0
  const tileWidth = divides ? width / tiles : Math.floor(width / tiles) + 1
  const tileHeight = divides ? height / tiles : Math.floor(height / tiles) + 1
  const grid = { width, height, tiles, tileWidth, tileHeight }
  const counts = new Int32Array(tiles * tiles * levels)
  if (!fastTileCounts(plane, grid, counts)) countTiles(plane, grid, counts)
  const tables = tileTables(counts, tileWidth * tileHeight, clipLimit)
  const columns = tilePairs(width, tileWidth)
  const rows = tilePairs(height, tileHeight)
  if (!fastBlend(plane, grid, { tables, columns, rows }, out))
    blend(plane, grid, { tables, columns, rows }, out)
  return out
}

function countTiles(plane: Uint8Array, grid: TileGrid, counts: Int32Array): void {
  const { width, height, tiles, tileWidth, tileHeight } = grid
  for (let tile = 0; tile < tiles * tiles; tile++) {
    const histogram = counts.subarray(tile * levels, (tile + 1) * levels)
    const top = Math.floor(tile / tiles) * tileHeight
    const left = (tile % tiles) * tileWidth
    for (let y = top; y < top + tileHeight; y++) {
      const line = reflect101(y, height) * width
      for (let x = left; x < left + tileWidth; x++) histogram[plane[line + reflect101(x, width)]!]!++
    }
  }
}

/** What becomes of each level in each tile. */
function tileTables(counts: Int32Array, area: number, clipLimit: number): Uint8Array {
  const scale = f((levels - 1) / area)
  const clip = Math.max(Math.trunc((clipLimit * area) / levels), 1)
  const tables = new Uint8Array(counts.length)
  for (let at = 0; at < counts.length; at += levels) {
    const histogram = counts.subarray(at, at + levels)
    clipHistogram(histogram, clip)
    let sum = 0
    for (let level = 0; level < levels; level++) {
      sum += histogram[level]!
      tables[at + level] = saturate(f(sum * scale))
    }
  }
  return tables
}

/** Cuts the peaks and spreads what was cut, the remainder in even strides. */
function clipHistogram(histogram: Int32Array, clip: number): void {
  let cut = 0
  for (let level = 0; level < levels; level++) {
    const over = histogram[level]! - clip
    if (over > 0) {
      cut += over
      histogram[level] = clip
    }
  }
  const share = Math.trunc(cut / levels)
  let rest = cut - share * levels
  for (let level = 0; level < levels; level++) histogram[level]! += share
  if (rest === 0) return
  const stride = Math.max(Math.trunc(levels / rest), 1)
  for (let level = 0; level < levels && rest > 0; level += stride, rest--) histogram[level]!++
}

type Answers = { tables: Uint8Array; columns: TilePairs; rows: TilePairs }

function blend(
  plane: Uint8Array,
  { width, height, tiles }: TileGrid,
  { tables, columns, rows }: Answers,
  out: Uint8Array,
): void {
  const before = (pair: number) => Math.max(pair - 1, 0) * levels
  const after = (pair: number) => Math.min(pair, tiles - 1) * levels
  const left = columns.pair.map(before)
  const right = columns.pair.map(after)
  for (let y = 0; y < height; y++) {
    const top = before(rows.pair[y]!) * tiles
    const bottom = after(rows.pair[y]!) * tiles
    const up = rows.near[y]!
    const down = rows.far[y]!
    const line = y * width
    for (let x = 0; x < width; x++) {
      const level = plane[line + x]!
      const l = left[x]! + level
      const r = right[x]! + level
      const n = columns.near[x]!
      const m = columns.far[x]!
      const above = f(f(tables[top + l]! * n) + f(tables[top + r]! * m))
      const below = f(f(tables[bottom + l]! * n) + f(tables[bottom + r]! * m))
      // A weighted mean of levels cannot leave 0..255.
      out[line + x] = roundHalfEven(f(f(above * up) + f(below * down)))
    }
  }
}

function tilePairs(length: number, tileLength: number): TilePairs {
  const pair = new Int32Array(length)
  const near = new Float32Array(length)
  const far = new Float32Array(length)
  const inverse = f(1 / tileLength)
  for (let i = 0; i < length; i++) {
    const position = f(f(i * inverse) - 0.5)
    const tile = Math.floor(position)
    far[i] = f(position - tile)
    near[i] = f(1 - far[i]!)
    pair[i] = tile + 1
  }
  return { pair, near, far }
}
