import type { Point } from './marker/point.ts'

/**
 * The mask of a closed outline, 255 inside and 0 outside, of `width` x `height` pixels whose middles lie at whole numbers. A
 * pixel is inside when its middle is, by the even-odd rule; sides are half-open downwards, so that neighbours share no pixel.
 */
export function fillOutline(points: readonly Point[], width: number, height: number): Uint8Array {
  const mask = new Uint8Array(width * height)
  const crossings: number[] = []
  for (let y = 0; y < height; y++) {
    crossings.length = 0
    for (let i = 0; i < points.length; i++) {
      const a = points[i]!
      const b = points[(i + 1) % points.length]!
      if (a.y <= y === b.y <= y) continue
      crossings.push(a.x + ((y - a.y) / (b.y - a.y)) * (b.x - a.x))
    }
    crossings.sort((a, b) => a - b)
    for (let i = 0; i + 1 < crossings.length; i += 2) {
      const from = Math.max(0, Math.ceil(crossings[i]!))
      const to = Math.min(width, Math.ceil(crossings[i + 1]!))
      if (to > from) mask.fill(255, y * width + from, y * width + to)
    }
  }
  return mask
}
