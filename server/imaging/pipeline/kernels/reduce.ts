/**
 * One 8-bit plane made smaller, so that its longer edge has at most `maxEdge` samples: each new sample is the mean of
 * the area that it covers, parts of samples counted as parts, halves upwards. The mean stays; nothing is enlarged.
 * (OpenCV calls it INTER_AREA.) Meant for measuring: light and focus of pictures of different sizes become comparable.
 */
export function reduceToEdge(
  plane: Uint8Array,
  width: number,
  height: number,
  maxEdge: number,
): { plane: Uint8Array; width: number; height: number } {
  const scale = maxEdge / Math.max(width, height)
  if (scale >= 1) return { plane, width, height }
  const newWidth = Math.max(1, Math.round(width * scale))
  const newHeight = Math.max(1, Math.round(height * scale))
  const columns = sharesOf(width, newWidth)
  const rows = sharesOf(height, newHeight)
  const out = new Uint8Array(newWidth * newHeight)
  const sums = new Float64Array(width)
  const area = rows.size * columns.size
  for (let y = 0; y < newHeight; y++) {
    sums.fill(0)
    for (let row = rows.first[y]!; row <= rows.last[y]!; row++) {
      const weight = shareOf(rows, y, row)
      const start = row * width
      for (let x = 0; x < width; x++) sums[x]! += weight * plane[start + x]!
    }
    for (let x = 0; x < newWidth; x++) {
      const first = columns.first[x]!
      const last = columns.last[x]!
      let sum = columns.ofFirst[x]! * sums[first]!
      for (let at = first + 1; at < last; at++) sum += sums[at]!
      if (last > first) sum += columns.ofLast[x]! * sums[last]!
      out[y * newWidth + x] = Math.floor(sum / area + 0.5)
    }
  }
  return { plane: out, width: newWidth, height: newHeight }
}

/** Which old samples each new one covers, and how much of the first and the last; those between count whole. */
type Shares = {
  size: number
  first: Int32Array
  last: Int32Array
  ofFirst: Float64Array
  ofLast: Float64Array
}

function sharesOf(before: number, after: number): Shares {
  const size = before / after
  const first = new Int32Array(after)
  const last = new Int32Array(after)
  const ofFirst = new Float64Array(after)
  const ofLast = new Float64Array(after)
  for (let i = 0; i < after; i++) {
    const from = i * size
    const to = i === after - 1 ? before : (i + 1) * size
    first[i] = Math.floor(from)
    last[i] = Math.min(before - 1, Math.ceil(to) - 1)
    ofFirst[i] = Math.min(to, first[i]! + 1) - from
    ofLast[i] = to - last[i]!
  }
  return { size, first, last, ofFirst, ofLast }
}

function shareOf({ first, last, ofFirst, ofLast }: Shares, at: number, sample: number): number {
  if (sample === first[at]) return ofFirst[at]!
  return sample === last[at] ? ofLast[at]! : 1
}
