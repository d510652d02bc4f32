import { transformer } from './fourier-transform.ts'
import { reflect101, saturate } from './rounding.ts'
import { fastSpectrum } from './simd/fourier.ts'

/**
 * Half of the spectrum of a real plane; the other half is its mirror, F(-x, -y) = conj F(x, y). Columns 0..width / 2, each
 * with `height` numbers: re[x * height + y]. Frequency x is x / width cycles a sample, y above height / 2 is negative.
 */
export type Spectrum = { width: number; height: number; re: Float64Array; im: Float64Array }

/**
 * Two-dimensional discrete Fourier transform of an 8-bit plane, in float64:
 * F(u, v) = sum over x, y of plane(x, y) * exp(-2 pi i (u x / width + v y / height)), not scaled; equal within rounding to
 * the left half of numpy's fft2. Both sides must be powers of two (see `padded`). `out` may be given to spare making it.
 * (J. Cooley, J. Tukey, Math. Comp. 19, 1965; in T. Stockham's order, AFIPS 28, 1966.) @throws RangeError.
 */
export function fft2(plane: Uint8Array, width: number, height: number, out?: Spectrum): Spectrum {
  if (!isPowerOfTwo(width) || !isPowerOfTwo(height)) {
    throw new RangeError(`both sides must be powers of two, not ${width} and ${height}`)
  }
  const size = ((width >> 1) + 1) * height
  const spectrum = out ?? { width, height, re: new Float64Array(size), im: new Float64Array(size) }
  if (!fastSpectrum(plane, spectrum)) plainSpectrum(plane, spectrum)
  return spectrum
}

/** A picture of the spectrum to look at, with the size of the padded plane. */
export type SpectrumView = { levels: Uint8Array; width: number; height: number }

/**
 * The magnitude of the spectrum on a logarithmic scale, 255 * log(1 + |F|) / log(1 + max |F|), halves to even, with zero
 * frequency moved to (width / 2, height / 2). The plane is padded first. (Gonzalez and Woods, section 4.5.)
 */
export function logMagnitude(plane: Uint8Array, width: number, height: number): SpectrumView {
  const pad = padded(plane, width, height)
  const { re, im } = fft2(pad.plane, pad.width, pad.height)
  let most = 0
  const magnitude = re
  for (let i = 0; i < magnitude.length; i++) {
    const value = Math.sqrt(re[i]! * re[i]! + im[i]! * im[i]!)
    magnitude[i] = value
    if (value > most) most = value
  }
  const scale = most > 0 ? 255 / Math.log(1 + most) : 0
  const levels = new Uint8Array(pad.plane.length)
  for (let x = 0; x <= pad.width >> 1; x++) {
    const right = (x + (pad.width >> 1)) % pad.width
    const left = (pad.width - x + (pad.width >> 1)) % pad.width
    for (let y = 0; y < pad.height; y++) {
      const level = saturate(scale * Math.log(1 + magnitude[x * pad.height + y]!))
      levels[((y + (pad.height >> 1)) % pad.height) * pad.width + right] = level
      levels[((pad.height - y + (pad.height >> 1)) % pad.height) * pad.width + left] = level
    }
  }
  return { levels, width: pad.width, height: pad.height }
}

/**
 * The plane with its sides brought to the next powers of two. Beyond the picture lies its mirror image (reflect-101), half
 * from either edge, so that right runs on into left without a step; a side that is a power of two already is left alone.
 */
export function padded(
  plane: Uint8Array,
  width: number,
  height: number,
): { plane: Uint8Array; width: number; height: number } {
  const [wide, high] = [nextPowerOfTwo(width), nextPowerOfTwo(height)]
  if (wide === width && high === height) return { plane, width, height }
  const out = new Uint8Array(wide * high)
  const columns = Int32Array.from({ length: wide - width }, (_, i) => sourceOf(width + i, width, wide))
  for (let y = 0; y < high; y++) {
    const from = sourceOf(y, height, high) * width
    out.set(plane.subarray(from, from + width), y * wide)
    for (let x = width; x < wide; x++) out[y * wide + x] = plane[from + columns[x - width]!]!
  }
  return { plane: out, width: wide, height: high }
}

function sourceOf(index: number, length: number, full: number): number {
  if (index < length) return index
  return reflect101(index < (length + full) / 2 ? index : index - full, length)
}

function nextPowerOfTwo(length: number): number {
  let power = 1
  while (power < length) power *= 2
  return power
}

function isPowerOfTwo(length: number): boolean {
  return length > 0 && nextPowerOfTwo(length) === length
}

function plainSpectrum(plane: Uint8Array, { width, height, re, im }: Spectrum): void {
  const plain = transformer(width, height)
  plain.rows(plane, re, im)
  for (let x = 0; x <= width >> 1; x++) plain.columns(re, im, x)
}
