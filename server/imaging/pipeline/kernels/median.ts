import { fastMedian3 } from './simd/filters.ts'

export type MedianOptions = { size: 3 | 5 }

/**
 * Median of the 3x3 or 5x5 samples around each one of an 8-bit plane; takes specks away and keeps edges. Edge samples
 * are repeated outwards. Equal to OpenCV's medianBlur(plane, size). `out` may be given to spare making it; it may not be
 * the plane.
 */
export function median(
  plane: Uint8Array,
  width: number,
  height: number,
  { size }: MedianOptions,
  out = new Uint8Array(plane.length),
): Uint8Array {
  if (size === 5) medianOfTwentyFive(plane, width, height, out)
  else if (!fastMedian3(plane, width, height, out)) medianOfNine(plane, width, height, out)
  return out
}

/**
 * Each column of three is sorted once; the median of nine is the median of the greatest low, the median middle and the
 * least high. (J. L. Smith, "Implementing median filters in XC4000E FPGAs", Xcell 23, 1996.)
 */
function medianOfNine(plane: Uint8Array, width: number, height: number, out: Uint8Array): void {
  // One place more at either end, where the edge column is repeated.
  const low = new Uint8Array(width + 2)
  const middle = new Uint8Array(width + 2)
  const high = new Uint8Array(width + 2)
  for (let y = 0; y < height; y++) {
    const line = y * width
    sortColumns(plane, [y > 0 ? line - width : line, line, y < height - 1 ? line + width : line], {
      low,
      middle,
      high,
    })
    for (const sorted of [low, middle, high]) {
      sorted[0] = sorted[1]!
      sorted[width + 1] = sorted[width]!
    }
    for (let x = 0; x < width; x++) {
      const a = low[x]!
      const b = low[x + 1]!
      const c = low[x + 2]!
      const ab = a > b ? a : b
      const greatestLow = ab > c ? ab : c
      const d = high[x]!
      const e = high[x + 1]!
      const f = high[x + 2]!
      const de = d < e ? d : e
      const leastHigh = de < f ? de : f
      out[line + x] = middleOf(greatestLow, middleOf(middle[x]!, middle[x + 1]!, middle[x + 2]!), leastHigh)
    }
  }
}

type Columns = { low: Uint8Array; middle: Uint8Array; high: Uint8Array }

function sortColumns(
  plane: Uint8Array,
  [up, line, down]: [number, number, number],
  { low, middle, high }: Columns,
): void {
  const width = low.length - 2
  for (let x = 0; x < width; x++) {
    const a = plane[up + x]!
    const b = plane[line + x]!
    const c = plane[down + x]!
    const less = a < b ? a : b
    const more = a < b ? b : a
    low[x + 1] = less < c ? less : c
    high[x + 1] = more > c ? more : c
    middle[x + 1] = more < c ? more : less > c ? less : c
  }
}

function middleOf(a: number, b: number, c: number): number {
  const less = a < b ? a : b
  const more = a < b ? b : a
  return more < c ? more : less > c ? less : c
}

/**
 * A histogram slides along the row and the median's level follows it. (T. Huang, G. Yang, G. Tang, "A fast
 * two-dimensional median filtering algorithm", IEEE Trans. ASSP 27, 1979.)
 */
function medianOfTwentyFive(plane: Uint8Array, width: number, height: number, out: Uint8Array): void {
  const count = new Int32Array(256)
  const rows = new Int32Array(5)
  const last = width - 1
  for (let y = 0; y < height; y++) {
    count.fill(0)
    for (let i = 0; i < 5; i++) {
      const row = Math.min(Math.max(y + i - 2, 0), height - 1) * width
      rows[i] = row
      for (let x = -2; x <= 2; x++) count[plane[row + Math.min(Math.max(x, 0), last)]!]!++
    }
    // 12 of the 25 may lie below the median's level.
    let level = 0
    let below = 0
    for (let x = 0; x < width; x++) {
      while (below > 12) below -= count[--level]!
      while (below + count[level]! <= 12) below += count[level++]!
      out[y * width + x] = level
      const leaving = x > 2 ? x - 2 : 0
      const entering = x + 3 < last ? x + 3 : last
      for (let i = 0; i < 5; i++) {
        const old = plane[rows[i]! + leaving]!
        const fresh = plane[rows[i]! + entering]!
        count[old]!--
        count[fresh]!++
        // One more or one less where the difference is negative; a branch would guess wrong half the time.
        below += ((fresh - level) >>> 31) - ((old - level) >>> 31)
      }
    }
  }
}
