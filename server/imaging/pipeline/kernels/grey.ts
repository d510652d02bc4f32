/**
 * Luma of interleaved 8-bit RGB, 0..255, one sample a pixel: 0.299 R + 0.587 G + 0.114 B (ITU-R BT.601) in units of
 * 1/32768, halves upwards. Equal to OpenCV's cvtColor(rgb, COLOR_RGB2GRAY).
 */
export function grey(rgb: Uint8Array): Uint8Array {
  const plane = new Uint8Array(rgb.length / 3)
  for (let i = 0, at = 0; i < plane.length; i++, at += 3) {
    plane[i] = (9798 * rgb[at]! + 19235 * rgb[at + 1]! + 3735 * rgb[at + 2]! + 16384) >> 15
  }
  return plane
}
