/** An 8-bit plane with its size in pixels. */
export type Plane = { samples: Uint8Array; width: number; height: number }

/** The level at a place between pixels, from the four around it; edge samples are repeated outwards. */
export function levelAt({ samples, width, height }: Plane, x: number, y: number): number {
  const cx = x < 0 ? 0 : x > width - 1 ? width - 1 : x
  const cy = y < 0 ? 0 : y > height - 1 ? height - 1 : y
  const left = Math.floor(cx)
  const top = Math.floor(cy)
  const right = left + 1 < width ? left + 1 : left
  const bottom = top + 1 < height ? top + 1 : top
  const fx = cx - left
  const above = (1 - fx) * samples[top * width + left]! + fx * samples[top * width + right]!
  const below = (1 - fx) * samples[bottom * width + left]! + fx * samples[bottom * width + right]!
  return above + (cy - top) * (below - above)
}
