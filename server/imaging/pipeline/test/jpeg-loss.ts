// ITU-T T.81, table K.1.
const luminance = [
  16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51,
  87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101,
  72, 92, 95, 98, 112, 100, 103, 99,
] // prettier-ignore

const cosines = Array.from({ length: 8 }, (_, u) =>
  Float64Array.from(
    { length: 8 },
    (_, x) => (u === 0 ? Math.SQRT1_2 : 1) * 0.5 * Math.cos(((2 * x + 1) * u * Math.PI) / 16),
  ),
)

/** What a JPEG of this quality (1..100) leaves of an 8-bit plane: its blocks' frequencies, rounded to their steps. */
export function jpegLoss(plane: Uint8Array, width: number, height: number, quality: number): Uint8Array {
  const scale = quality < 50 ? 5000 / quality : 200 - 2 * quality
  const steps = luminance.map((step) => Math.max(1, Math.floor((step * scale + 50) / 100)))
  const out = new Uint8Array(plane.length)
  const block = new Float64Array(64)
  for (let top = 0; top < height; top += 8) {
    for (let left = 0; left < width; left += 8) {
      for (let i = 0; i < 64; i++) {
        const y = Math.min(height - 1, top + (i >> 3))
        block[i] = plane[y * width + Math.min(width - 1, left + (i & 7))]! - 128
      }
      const frequencies = transform(block, true).map((value, i) => Math.round(value / steps[i]!) * steps[i]!)
      const back = transform(frequencies, false)
      for (let i = 0; i < 64; i++) {
        const [x, y] = [left + (i & 7), top + (i >> 3)]
        if (x < width && y < height)
          out[y * width + x] = Math.min(255, Math.max(0, Math.round(back[i]! + 128)))
      }
    }
  }
  return out
}

/** The discrete cosine transform of a block, or back. */
function transform(block: Float64Array, forwards: boolean): Float64Array {
  const half = new Float64Array(64)
  const out = new Float64Array(64)
  const weight = (at: number, of: number) => (forwards ? cosines[at]![of]! : cosines[of]![at]!)
  for (let y = 0; y < 8; y++) {
    for (let u = 0; u < 8; u++) {
      for (let x = 0; x < 8; x++) half[y * 8 + u]! += block[y * 8 + x]! * weight(u, x)
    }
  }
  for (let u = 0; u < 8; u++) {
    for (let v = 0; v < 8; v++) {
      for (let y = 0; y < 8; y++) out[v * 8 + u]! += half[y * 8 + u]! * weight(v, y)
    }
  }
  return out
}
