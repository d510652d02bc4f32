import { reflect101 } from './rounding.ts'

const reach = 5
const sigma = 1.5
// (0.01 * 255)² and (0.03 * 255)².
const c1 = 6.5025
const c2 = 58.5225

const weights = normalised(
  Float64Array.from({ length: 2 * reach + 1 }, (_, i) => Math.exp(-((i - reach) ** 2) / (2 * sigma * sigma))),
)

/**
 * Mean structural similarity of two 8-bit planes of the same size, at most 1, which equal ones have:
 * (2 ma mb + c1)(2 cov + c2) / (ma² + mb² + c1)(va + vb + c2), with means, variances and covariance under an 11x11
 * Gaussian window of sigma 1.5, K1 0.01, K2 0.03 and L 255, at every pixel, edges mirrored (reflect-101). In float64;
 * OpenCV's quality module has the same in float32 (within 1e-5). (Z. Wang et al., "Image quality assessment: from error visibility
 * to structural similarity", IEEE Trans. Image Processing 13, 2004, whose own program leaves the edge pixels out.)
 */
export function ssim(a: Uint8Array, b: Uint8Array, width: number, height: number): number {
  const columns = weightedColumns(width)
  let total = 0
  for (let y = 0; y < height; y++) {
    weighColumns(a, b, { width, height, y }, columns)
    total += sumOfRow(columns, width)
  }
  return total / a.length
}

/** For each column, and `reach` more at either end, weighted sums of a, b, a² + b² and a * b over eleven rows. */
type Columns = { a: Float64Array; b: Float64Array; squares: Float64Array; products: Float64Array }

function weightedColumns(width: number): Columns {
  const make = () => new Float64Array(width + 2 * reach)
  return { a: make(), b: make(), squares: make(), products: make() }
}

function weighColumns(
  a: Uint8Array,
  b: Uint8Array,
  { width, height, y }: { width: number; height: number; y: number },
  columns: Columns,
): void {
  const { a: sumA, b: sumB, squares, products } = columns
  for (const sums of Object.values(columns)) sums.fill(0)
  for (let k = -reach; k <= reach; k++) {
    const weight = weights[k + reach]!
    const line = reflect101(y + k, height) * width
    for (let x = 0; x < width; x++) {
      const p = a[line + x]!
      const q = b[line + x]!
      const at = x + reach
      sumA[at]! += weight * p
      sumB[at]! += weight * q
      squares[at]! += weight * (p * p + q * q)
      products[at]! += weight * (p * q)
    }
  }
  for (const sums of Object.values(columns)) {
    for (let i = 1; i <= reach; i++) {
      sums[reach - i] = sums[reach + reflect101(-i, width)]!
      sums[reach + width - 1 + i] = sums[reach + reflect101(width - 1 + i, width)]!
    }
  }
}

function sumOfRow({ a, b, squares, products }: Columns, width: number): number {
  let total = 0
  for (let x = 0; x < width; x++) {
    let meanA = 0
    let meanB = 0
    let square = 0
    let product = 0
    for (let k = 0; k < weights.length; k++) {
      const weight = weights[k]!
      meanA += weight * a[x + k]!
      meanB += weight * b[x + k]!
      square += weight * squares[x + k]!
      product += weight * products[x + k]!
    }
    const means = meanA * meanA + meanB * meanB
    const meanProduct = meanA * meanB
    total +=
      ((2 * meanProduct + c1) * (2 * (product - meanProduct) + c2)) / ((means + c1) * (square - means + c2))
  }
  return total
}

function normalised(values: Float64Array): Float64Array {
  const total = values.reduce((sum, value) => sum + value)
  return values.map((value) => value / total)
}
