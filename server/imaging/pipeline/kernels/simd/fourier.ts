import type { Spectrum } from '../fourier.ts'
import { twiddleFactors } from '../fourier-transform.ts'
import { letGoOfLarge, simd, type Simd } from './instance.ts'

// Each gives what the plain code does, to the last bit, or says false where there are no fast kernels.

/** Fills the half spectrum of a plane whose sides are powers of two. */
export function fastSpectrum(plane: Uint8Array, { width, height, re, im }: Spectrum): boolean {
  const fast = simd()
  if (!fast) return false
  const room = spectrumRoom(fast, plane, width, height)
  for (let x = 0; x <= width >> 1; x += 2) room.columns(x)
  for (let x = 0; x <= width >> 1; x++) {
    re.set(room.column(room.re, x), x * height)
    im.set(room.column(room.im, x), x * height)
  }
  letGoOfLarge()
  return true
}

/** What becomes of column x of the spectrum: fills `gains`, a factor for each of its numbers. */
export type ColumnGains = (x: number, gains: Float64Array) => void

/**
 * Multiplies the spectrum of a plane by gains and fills `out` with what comes back, scale * value + offset rounded to
 * 0..255. `out` may be the plane.
 */
export function fastFilter(
  plane: Uint8Array,
  width: number,
  height: number,
  gainsOf: ColumnGains,
  { scale, offset, out }: { scale: number; offset: number; out: Uint8Array },
): boolean {
  const fast = simd()
  if (!fast) return false
  const room = spectrumRoom(fast, plane, width, height)
  const last = width >> 1
  const column = new Float64Array(height)
  const gains = new Float64Array(fast.bytes.buffer, room.gains, 2 * height)
  for (let x = 0; x <= last; x += 2) {
    for (let lane = 0; lane < 2; lane++) {
      gainsOf(Math.min(x + lane, last), column)
      for (let y = 0; y < height; y++) gains[2 * y + lane] = column[y]!
    }
    room.filterColumns(x)
  }
  room.planeRows(scale, offset)
  out.set(fast.bytes.subarray(room.plane, room.plane + plane.length))
  letGoOfLarge()
  return true
}

/** Lays out the memory and transforms the rows. */
function spectrumRoom(fast: Simd, samples: Uint8Array, width: number, height: number) {
  const longest = Math.max(width, height)
  // Not a power of two, or all columns would fight for the same lines of the cache.
  const stride = 8 * (height + 8)
  const columns = (width >> 1) + 2
  const fullRows = (height + 3) & ~3
  const sizes = [fullRows * width, stride * columns, stride * columns, 16 * longest]
  const places = fast.place(...sizes, 32 * longest, 32 * longest, 16 * height)
  const [plane = 0, re = 0, im = 0, twiddles = 0, x = 0, y = 0, gains = 0] = places
  const { bytes } = fast
  bytes.set(samples, plane)
  bytes.fill(0, plane + samples.length, plane + fullRows * width)
  new Float64Array(bytes.buffer, twiddles, 2 * longest).set(twiddleFactors(longest))
  const across = longest / width
  const down = longest / height
  fast.run.spectrumRows(plane, width, height, re, im, stride, twiddles, across, x, y)
  return {
    plane,
    re,
    im,
    gains,
    column: (part: number, at: number) => new Float64Array(bytes.buffer, part + at * stride, height),
    columns(at: number) {
      fast.run.spectrumColumns(re + at * stride, im + at * stride, stride, height, twiddles, down, x, y)
    },
    filterColumns(at: number) {
      fast.run.filterColumns(re + at * stride, im + at * stride, stride, height, twiddles, down, x, y, gains)
    },
    planeRows(scale: number, offset: number) {
      fast.run.planeRows(plane, width, height, re, im, stride, twiddles, across, x, y, scale, offset)
    },
  }
}
