import { reflect101 } from '../rounding.ts'
import type { Simd } from './instance.ts'

// A strip and what is made of it stay in the processor's second cache; the memory does not grow with the picture.
const stripBytes = 96 * 1024

export type Strips = {
  width: number
  height: number
  /** How many rows above and below a row its answer depends on. */
  reach: number
  /** Which row stands in for one outside the picture; mirrored (reflect-101) unless told. */
  border?: (row: number, height: number) => number
  /** Bytes for tables and the like, placed before the first strip. */
  extra?: number[]
}

/** What a kernel is given: where the strip's rows (`reach` above the first) and answers lie, and how many there are. */
export type Strip = { rows: number; out: number; count: number }

/**
 * Passes a plane through a kernel in strips of rows, and the answers into `out`, which is another place. `prepare` is told where the extra bytes
 * lie and fills them; what it returns does one strip.
 */
export function inStrips(
  simd: Simd,
  plane: Uint8Array,
  out: Uint8Array | Int16Array,
  { width, height, reach, border = reflect101, extra = [] }: Strips,
  prepare: (extra: number[]) => (strip: Strip) => void,
): void {
  const answerBytes = out.BYTES_PER_ELEMENT
  const most = Math.min(height, Math.max(Math.ceil(stripBytes / width), 2 * reach, 4))
  const places = simd.place(...extra, (most + 2 * reach) * width, most * width * answerBytes)
  const [rows = 0, to = 0] = places.slice(extra.length)
  const work = prepare(places)
  const answers = new Uint8Array(out.buffer, out.byteOffset, out.byteLength)
  for (let first = 0; first < height; first += most) {
    const count = Math.min(most, height - first)
    copyRows(
      plane,
      { width, height, first: first - reach, count: count + 2 * reach, border },
      simd.bytes,
      rows,
    )
    work({ rows, out: to, count })
    const bytes = count * width * answerBytes
    answers.set(simd.bytes.subarray(to, to + bytes), first * width * answerBytes)
  }
}

/** Passes samples, each by itself, through a kernel that works in place; `out` may be the samples. The rest as above. */
export function sampleStrips(
  simd: Simd,
  samples: Uint8Array,
  out: Uint8Array,
  extra: number[],
  prepare: (extra: number[]) => (at: number, count: number) => void,
): void {
  const most = Math.min(samples.length, stripBytes)
  const places = simd.place(...extra, most)
  const at = places[extra.length] ?? 0
  const work = prepare(places)
  const { bytes } = simd
  for (let first = 0; first < samples.length; first += most) {
    const strip = samples.subarray(first, first + most)
    bytes.set(strip, at)
    work(at, strip.length)
    out.set(bytes.subarray(at, at + strip.length), first)
  }
}

type RowCopy = {
  width: number
  height: number
  first: number
  count: number
  border: (row: number, height: number) => number
}

/** Copies rows, with those outside the picture that `border` has stand in for them. */
export function copyRows(
  plane: Uint8Array,
  { width, height, first, count, border }: RowCopy,
  into: Uint8Array,
  at: number,
): void {
  const inside = Math.min(Math.max(first, 0), first + count)
  const end = Math.max(Math.min(first + count, height), inside)
  into.set(plane.subarray(inside * width, end * width), at + (inside - first) * width)
  const copyOutside = (row: number) => {
    const from = border(row, height) * width
    into.set(plane.subarray(from, from + width), at + (row - first) * width)
  }
  for (let row = first; row < inside; row++) copyOutside(row)
  for (let row = end; row < first + count; row++) copyOutside(row)
}
