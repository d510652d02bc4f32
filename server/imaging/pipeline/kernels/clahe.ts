import { reflect101, roundHalfEven, saturate } from './rounding.ts'

const levels = 256
const f = Math.fround

export type ClaheOptions = { clipLimit: number; tiles: number }

/**
 * Contrast-limited adaptive histogram equalisation of one 8-bit plane; equal, sample for sample, to OpenCV's
 * createCLAHE(clipLimit, (tiles, tiles)). The float32 roundings are part of that and must stay.
 */
export function clahe(
  plane: Uint8Array,
  width: number,
  height: number,
  { clipLimit, tiles }: ClaheOptions,
): Uint8Array {
  // Like OpenCV: if either side does not divide, both are padded, one that divides by a whole further step.
  const divides = width % tiles === 0 && height % tiles === 0
  const tileWidth = divides ? width / tiles : Math.floor(width / tiles) + 1
  const tileHeight = divides ? height / tiles : Math.floor(height / tiles) + 1
  const tables = tileTables(plane, width, height, { clipLimit, tiles, tileWidth, tileHeight })
  return interpolate(plane, width, height, { tables, tiles, tileWidth, tileHeight })
}

type Grid = { tiles: number; tileWidth: number; tileHeight: number }

function tileTables(
  plane: Uint8Array,
  width: number,
  height: number,
  { clipLimit, tiles, tileWidth, tileHeight }: Grid & { clipLimit: number },
): Float32Array {
  const area = tileWidth * tileHeight
  const scale = f((levels - 1) / area)
  const clip = Math.max(Math.trunc((clipLimit * area) / levels), 1)
  // Levels, kept as floats to spare the inner loop a conversion.
  const tables = new Float32Array(tiles * tiles * levels)
  const histogram = new Int32Array(levels)
  for (let row = 0; row < tiles; row++) {
    for (let column = 0; column < tiles; column++) {
      countTile(plane, width, height, { row, column, tileWidth, tileHeight }, histogram)
      clipHistogram(histogram, clip)
      const at = (row * tiles + column) * levels
      let sum = 0
      for (let level = 0; level < levels; level++) {
        sum += histogram[level]!
        tables[at + level] = saturate(f(sum * scale))
      }
    }
  }
  return tables
}

type Tile = { row: number; column: number; tileWidth: number; tileHeight: number }

function countTile(
  plane: Uint8Array,
  width: number,
  height: number,
  { row, column, tileWidth, tileHeight }: Tile,
  histogram: Int32Array,
): void {
  histogram.fill(0)
  const left = column * tileWidth
  const right = left + tileWidth
  const inside = Math.max(left, Math.min(right, width))
  for (let y = row * tileHeight; y < (row + 1) * tileHeight; y++) {
    const line = reflect101(y, height) * width
    for (let x = left; x < inside; x++) histogram[plane[line + x]!]!++
    for (let x = inside; x < right; x++) histogram[plane[line + reflect101(x, width)]!]!++
  }
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

function interpolate(
  plane: Uint8Array,
  width: number,
  height: number,
  { tables, tiles, tileWidth, tileHeight }: Grid & { tables: Float32Array },
): Uint8Array {
  const out = new Uint8Array(plane.length)
  const columns = neighbours(width, tileWidth, tiles)
  const rows = neighbours(height, tileHeight, tiles)
  const { first: left, second: right, near, far } = columns
  for (let y = 0; y < height; y++) {
    const top = rows.first[y]! * tiles
    const bottom = rows.second[y]! * tiles
    const up = rows.near[y]!
    const down = rows.far[y]!
    const line = y * width
    for (let x = 0; x < width; x++) {
      const level = plane[line + x]!
      const l = left[x]! + level
      const r = right[x]! + level
      const n = near[x]!
      const m = far[x]!
      const above = f(f(tables[top + l]! * n) + f(tables[top + r]! * m))
      const below = f(f(tables[bottom + l]! * n) + f(tables[bottom + r]! * m))
      // A weighted mean of levels cannot leave 0..255.
      out[line + x] = roundHalfEven(f(f(above * up) + f(below * down)))
    }
  }
  return out
}

/** For each place on an axis: the tables' offsets of the tile before and after it, and their weights. */
function neighbours(length: number, tileLength: number, tiles: number) {
  const first = new Int32Array(length)
  const second = new Int32Array(length)
  const near = new Float32Array(length)
  const far = new Float32Array(length)
  const inverse = f(1 / tileLength)
  for (let i = 0; i < length; i++) {
    const position = f(f(i * inverse) - 0.5)
    const tile = Math.floor(position)
    far[i] = f(position - tile)
    near[i] = f(1 - far[i]!)
    first[i] = Math.max(tile, 0) * levels
    second[i] = Math.min(tile + 1, tiles - 1) * levels
  }
  return { first, second, near, far }
}
