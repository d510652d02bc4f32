import { fastGrey } from './simd/colour.ts'

/**
 * Luma of interleaved 8-bit RGB, 0..255, one sample a pixel: 0.299 R + 0.587 G + 0.114 B (ITU-R BT.601) in units of
 * 1/32768, halves upwards. Equal to OpenCV's cvtColor(rgb, COLOR_RGB2GRAY). `out` may be given to
 * spare making it.
 */
export function grey(rgb: Uint8Array, out = new Uint8Array(rgb.length / 3)): Uint8Array {
  if (fastGrey(rgb, out)) return out
  for (let i = 0, at = 0; i < out.length; i++, at += 3) {
    out[i] = (9798 * rgb[at]! + 19235 * rgb[at + 1]! + 3735 * rgb[at + 2]! + 16384) >> 15
  }
  return out
}
