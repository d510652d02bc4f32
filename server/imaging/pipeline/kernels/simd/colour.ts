import { simd } from './instance.ts'

// Each gives what the plain kernel of its name gives, to the bit, or says false where there are no fast kernels.

// With their planes, a few strips fit into the processor's second cache.
const stripPixels = 32 * 1024

/** BT.601 luma of interleaved RGB. */
export function fastGrey(rgb: Uint8Array, out: Uint8Array): boolean {
  const fast = simd()
  if (!fast) return false
  const [from = 0, to = 0] = fast.place(3 * stripPixels, stripPixels)
  const { bytes } = fast
  eachStrip(out.length, (first, end) => {
    bytes.set(rgb.subarray(3 * first, 3 * end), from)
    fast.run.grey(from, to, end - first)
    out.set(bytes.subarray(to, to + end - first), first)
  })
  return true
}

/** The parts of red, green and blue by sample, and the lightness of their sums by 1/4096. */
export type LightnessTables = { shares: readonly [Int32Array, Int32Array, Int32Array]; levels: Uint8Array }

export function fastLightness(
  rgb: Uint8Array,
  { shares, levels }: LightnessTables,
  out: Uint8Array,
): boolean {
  const fast = simd()
  if (!fast) return false
  const places = fast.place(3 * 1024, levels.length, 3 * stripPixels, stripPixels)
  const [sharesAt = 0, levelsAt = 0, from = 0, to = 0] = places
  const { bytes } = fast
  shares.forEach((share, i) => new Int32Array(bytes.buffer, sharesAt + 1024 * i, 256).set(share))
  bytes.set(levels, levelsAt)
  eachStrip(out.length, (first, end) => {
    bytes.set(rgb.subarray(3 * first, 3 * end), from)
    fast.run.lightness(from, to, end - first, sharesAt, levelsAt)
    out.set(bytes.subarray(to, to + end - first), first)
  })
  return true
}

/** See the plain kernel, and assembly/lightness.ts. */
export type MoveTables = {
  light: Float64Array
  shifts: Float64Array
  roots: Float32Array
  encoded: Uint8Array
  matrix: Float64Array
}

export function fastMoveLightness(
  rgb: Uint8Array,
  before: Uint8Array,
  after: Uint8Array,
  tables: MoveTables,
): boolean {
  const fast = simd()
  if (!fast) return false
  const parts = [tables.light, tables.shifts, tables.roots, tables.encoded, tables.matrix]
  const sizes = [...parts.map((part) => part.byteLength), 3 * stripPixels, stripPixels, stripPixels]
  const places = fast.place(...sizes)
  const { bytes } = fast
  parts.forEach((part, i) =>
    bytes.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), places[i]),
  )
  const [light = 0, shifts = 0, roots = 0, encoded = 0, matrix = 0, at = 0, from = 0, to = 0] = places
  const steps = tables.encoded.length - 1
  eachStrip(before.length, (first, end) => {
    const strip = rgb.subarray(3 * first, 3 * end)
    bytes.set(strip, at)
    bytes.set(before.subarray(first, end), from)
    bytes.set(after.subarray(first, end), to)
    fast.run.moveLightness(at, from, to, end - first, light, shifts, roots, encoded, matrix, steps)
    strip.set(bytes.subarray(at, at + strip.length))
  })
  return true
}

function eachStrip(pixels: number, work: (first: number, end: number) => void): void {
  for (let first = 0; first < pixels; first += stripPixels) work(first, Math.min(first + stripPixels, pixels))
}
