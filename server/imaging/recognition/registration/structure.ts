import type { Homography } from '#shared/imaging-viewer.ts'
import { gaussianBlur } from '../../pipeline/kernels/gaussian.ts'
import type { Plane } from './find-places.ts'
import { inverse, moved, type Size } from './plane.ts'

/** Blur, in pixels: finer is noise, coarser is light. */
const fine = 2
const coarse = 12
/** Where the earlier picture does not reach. */
const outside = -32768

/** A plane's fine structure: the differences of two blurs, so that light and shade are gone. */
export type Structure = Size & { values: Int16Array }

export function structureOf({ samples, width, height }: Plane): Structure {
  const blurred = (sigma: number) => gaussianBlur(samples, width, height, sigma)
  const [near, far] = [blurred(fine), blurred(coarse)]
  return { values: Int16Array.from(near, (value, at) => value - far[at]!), width, height }
}

/** What the first shows where it lies on the second; the second's size. */
export function laidOver(first: Structure, second: Size, homography: Homography): Structure {
  const { width, height } = second
  const values = new Int16Array(width * height).fill(outside)
  const back = inverse(homography)
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      const place = moved(back, { x, y })
      if (place.w > 0) values[at] = sampleAt(first, place.x, place.y)
    }
  }
  return { values, width, height }
}

/**
 * How alike two are where both are known: Pearson's correlation. With `at`, only in a square around it, the first one's shifted
 * by so many pixels; looked at in every third place of all, every second of a square. 0 where there is nothing to compare.
 */
export function likeness(first: Structure, second: Structure, square?: Square): number {
  const { width, height } = second
  const { x, y, dx, dy, reach } = square ?? { x: 0, y: 0, dx: 0, dy: 0, reach: Infinity }
  const step = square ? 2 : 3
  const [left, right] = [Math.max(0, x - reach, dx), Math.min(width - 1, x + reach, width - 1 + dx)]
  const [top, bottom] = [Math.max(0, y - reach, dy), Math.min(height - 1, y + reach, height - 1 + dy)]
  let [n, a, b, aa, bb, ab] = [0, 0, 0, 0, 0, 0]
  for (let row = top; row <= bottom; row += step) {
    for (let column = left; column <= right; column += step) {
      const p = first.values[(row - dy) * width + column - dx]!
      if (p === outside) continue
      const q = second.values[row * width + column]!
      n++
      a += p
      b += q
      aa += p * p
      bb += q * q
      ab += p * q
    }
  }
  const [varied, variedToo] = n > 0 ? [aa - (a * a) / n, bb - (b * b) / n] : [0, 0]
  const spread = Math.sqrt(varied * variedToo)
  return spread > 0 ? (ab - (a * b) / n) / spread : 0
}

/** Around a place of the second, the first one's shifted by (dx, dy). */
export type Square = { x: number; y: number; dx: number; dy: number; reach: number }

/** Between its four neighbours. */
function sampleAt({ values, width, height }: Structure, x: number, y: number): number {
  const [left, top] = [Math.floor(x), Math.floor(y)]
  if (left < 0 || top < 0 || left >= width - 1 || top >= height - 1) return outside
  const at = top * width + left
  const [right, down] = [x - left, y - top]
  const upper = values[at]! * (1 - right) + values[at + 1]! * right
  const lower = values[at + width]! * (1 - right) + values[at + width + 1]! * right
  return Math.round(upper * (1 - down) + lower * down)
}
