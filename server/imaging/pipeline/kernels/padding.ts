/**
 * The picture with `reach` pixels more on every side, rows interleaved as before; `outside` says which pixel of an axis
 * stands in for one beyond it.
 */
export function padded(
  samples: Uint8Array,
  width: number,
  height: number,
  { reach, outside }: { reach: number; outside: (index: number, length: number) => number },
): Uint8Array {
  const channels = samples.length / (width * height)
  const stride = (width + 2 * reach) * channels
  const out = new Uint8Array((height + 2 * reach) * stride)
  for (let y = 0; y < height + 2 * reach; y++) {
    const from = outside(y - reach, height) * width * channels
    const to = y * stride + reach * channels
    out.set(samples.subarray(from, from + width * channels), to)
    for (let i = 1; i <= reach; i++) {
      const left = from + outside(-i, width) * channels
      const right = from + outside(width - 1 + i, width) * channels
      for (let c = 0; c < channels; c++) {
        out[to - i * channels + c] = samples[left + c]!
        out[to + (width - 1 + i) * channels + c] = samples[right + c]!
      }
    }
  }
  return out
}
