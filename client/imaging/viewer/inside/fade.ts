/**
 * The plane, fading to its mean towards its edges, so that the edges themselves, where right would run on into left, draw
 * no cross through the spectrum. (J. von Hann's window; F. Harris, Proc. IEEE 66, 1978.)
 */
export function faded(plane: Uint8Array, width: number, height: number): Uint8Array {
  let sum = 0
  for (let i = 0; i < plane.length; i++) sum += plane[i]!
  const mean = sum / plane.length
  const [across, down] = [hann(width), hann(height)]
  const out = new Uint8Array(plane.length)
  for (let y = 0, at = 0; y < height; y++) {
    const share = down[y]!
    for (let x = 0; x < width; x++, at++) out[at] = mean + (plane[at]! - mean) * share * across[x]! + 0.5
  }
  return out
}

function hann(length: number): Float64Array {
  return Float64Array.from({ length }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * (i + 0.5)) / length))
}
