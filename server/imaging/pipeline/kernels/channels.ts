/**
 * Does to red, green and blue of interleaved 8-bit samples, each on its own, what `filter` does to one plane. The
 * filter must give a plane of the same size.
 */
export function eachChannel(rgb: Uint8Array, filter: (plane: Uint8Array) => Uint8Array): Uint8Array {
  const out = new Uint8Array(rgb.length)
  const plane = new Uint8Array(rgb.length / 3)
  for (let channel = 0; channel < 3; channel++) {
    for (let i = 0, at = channel; i < plane.length; i++, at += 3) plane[i] = rgb[at]!
    const done = filter(plane)
    for (let i = 0, at = channel; i < plane.length; i++, at += 3) out[at] = done[i]!
  }
  return out
}
