import { roundHalfEven } from './rounding.ts'

const f = Math.fround

// Up to a side of nine OpenCV has these by heart.
const smallWeights: Record<number, number[]> = {
  1: [1],
  3: [0.25, 0.5, 0.25],
  5: [0.0625, 0.25, 0.375, 0.25, 0.0625],
  7: [0.03125, 0.109375, 0.21875, 0.28125, 0.21875, 0.109375, 0.03125],
  9: [0.015625, 0.05078125, 0.1171875, 0.19921875, 0.234375, 0.19921875, 0.1171875, 0.05078125, 0.015625],
}

/**
 * Plain mean of the size x size samples around each one of an 8-bit plane, rounded to the nearest level; edge samples
 * are repeated outwards; `size` is odd. Equal to OpenCV's blur(plane, (size, size), BORDER_REPLICATE).
 */
export function meanNeighbourhood(
  plane: Uint8Array,
  width: number,
  height: number,
  size: number,
): Uint8Array {
  const out = new Uint8Array(plane.length)
  const reach = size >> 1
  const area = size * size
  const half = area >> 1
  const columns = new Int32Array(width)
  for (let i = -reach; i <= reach; i++) addRow(columns, plane, clamp(i, height) * width)
  for (let y = 0; y < height; y++) {
    let sum = 0
    for (let i = -reach; i <= reach; i++) sum += columns[clamp(i, width)]!
    for (let x = 0; x < width; x++) {
      // The area is odd, so no mean lies half-way between two levels.
      out[y * width + x] = (sum + half) / area
      sum += columns[clamp(x + reach + 1, width)]! - columns[clamp(x - reach, width)]!
    }
    addRow(columns, plane, clamp(y + reach + 1, height) * width)
    subtractRow(columns, plane, clamp(y - reach, height) * width)
  }
  return out
}

/**
 * Gaussian mean of the size x size samples around each one of an 8-bit plane, halves to the even level; sigma is
 * 0.15 * size + 0.35, weights up to size 9 are the nearest 1/256; edge samples are repeated outwards; `size` is odd.
 * Equal to OpenCV's GaussianBlur of the plane as float32 with BORDER_REPLICATE, rounded, on a processor with fused
 * multiply-add, whose order of sums is kept.
 */
export function gaussianNeighbourhood(
  plane: Uint8Array,
  width: number,
  height: number,
  size: number,
): Uint8Array {
  const across = weightsOf(width === 1 ? 1 : size)
  const down = weightsOf(height === 1 ? 1 : size)
  const reach = down.length >> 1
  const blurRow = across.length > 5 ? blurRowInOrder : blurRowFromMiddle
  const rows = Array.from({ length: height }, (_, y) => {
    const row = new Float32Array(width)
    blurRow(repeatEdges(plane.subarray(y * width, (y + 1) * width), across.length >> 1), across, row)
    return row
  })
  const out = new Uint8Array(plane.length)
  const sums = new Float32Array(width)
  for (let y = 0; y < height; y++) {
    const middle = rows[y]!
    for (let x = 0; x < width; x++) sums[x] = middle[x]! * down[reach]!
    for (let k = 1; k <= reach; k++) {
      const above = rows[clamp(y - k, height)]!
      const below = rows[clamp(y + k, height)]!
      const weight = down[reach + k]!
      for (let x = 0; x < width; x++) sums[x] = f(below[x]! + above[x]!) * weight + sums[x]!
    }
    for (let x = 0; x < width; x++) out[y * width + x] = roundHalfEven(sums[x]!)
  }
  return out
}

function clamp(index: number, length: number): number {
  return index < 0 ? 0 : index < length ? index : length - 1
}

function addRow(columns: Int32Array, plane: Uint8Array, from: number): void {
  for (let x = 0; x < columns.length; x++) columns[x]! += plane[from + x]!
}

function subtractRow(columns: Int32Array, plane: Uint8Array, from: number): void {
  for (let x = 0; x < columns.length; x++) columns[x]! -= plane[from + x]!
}

function weightsOf(size: number): Float32Array {
  const small = smallWeights[size]
  if (small) return Float32Array.from(small)
  const sigma = 0.15 * size + 0.35
  const exact = Array.from({ length: size }, (_, i) => {
    const twice = 2 * i + 1 - size
    return Math.exp((twice * twice * -0.125) / (sigma * sigma))
  })
  const total = 2 * exact.slice(0, size >> 1).reduce((sum, weight) => sum + weight, 0) + 1
  return Float32Array.from(exact, (weight) => weight * (1 / total))
}

function repeatEdges(row: Uint8Array, reach: number): Uint8Array {
  const out = new Uint8Array(row.length + 2 * reach)
  out.fill(row[0]!, 0, reach)
  out.set(row, reach)
  out.fill(row[row.length - 1]!, reach + row.length)
  return out
}

function blurRowInOrder(row: Uint8Array, weights: Float32Array, out: Float32Array): void {
  const first = weights[0]!
  for (let x = 0; x < out.length; x++) out[x] = row[x]! * first
  for (let k = 1; k < weights.length; k++) {
    const weight = weights[k]!
    for (let x = 0; x < out.length; x++) out[x] = row[x + k]! * weight + out[x]!
  }
}

/** Weights of three and five are quarters and sixteenths, so that no sum here is rounded. */
function blurRowFromMiddle(row: Uint8Array, weights: Float32Array, out: Float32Array): void {
  const reach = weights.length >> 1
  for (let x = 0; x < out.length; x++) {
    let sum = weights[reach]! * row[x + reach]!
    for (let k = 1; k <= reach; k++) sum += weights[reach + k]! * (row[x + reach + k]! + row[x + reach - k]!)
    out[x] = sum
  }
}
