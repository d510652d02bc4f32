import { homographyOf } from '../../pipeline/kernels/marker/homography.ts'
import type { Corners } from '../../pipeline/kernels/marker/point.ts'
import type { Pixels } from '../../pipeline/tasks.ts'

/**
 * What lies within four corners, set upright: planes blue, green, red of `width` x `height`, each level 0..255 mapped to
 * -1..1, as the recogniser was trained. Large text is averaged down, small text interpolated up; what lies outside the
 * picture repeats its edge.
 */
export function cropOf(picture: Pixels, corners: Corners, width: number, height: number): Float32Array {
  const h = homographyOf(rectangle(width, height), corners)
  const longest = Math.max(
    Math.hypot(corners[1].x - corners[0].x, corners[1].y - corners[0].y) / width,
    Math.hypot(corners[3].x - corners[0].x, corners[3].y - corners[0].y) / height,
  )
  const fine = Math.min(4, Math.max(1, Math.round(longest)))
  const area = width * height
  const out = new Float32Array(3 * area)
  const mean = new Float64Array(3)
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      mean.fill(0)
      for (let i = 0; i < fine * fine; i++) {
        const u = x + ((i % fine) + 0.5) / fine - 0.5
        const v = y + (Math.floor(i / fine) + 0.5) / fine - 0.5
        const w = h[6]! * u + h[7]! * v + h[8]!
        add(mean, picture, (h[0]! * u + h[1]! * v + h[2]!) / w, (h[3]! * u + h[4]! * v + h[5]!) / w)
      }
      const scale = 2 / 255 / (fine * fine)
      out[at] = mean[2]! * scale - 1
      out[area + at] = mean[1]! * scale - 1
      out[2 * area + at] = mean[0]! * scale - 1
    }
  }
  return out
}

function rectangle(width: number, height: number): Corners {
  const [right, bottom] = [width - 0.5, height - 0.5]
  return [
    { x: -0.5, y: -0.5 },
    { x: right, y: -0.5 },
    { x: right, y: bottom },
    { x: -0.5, y: bottom },
  ]
}

/** Adds the sample at a place between pixels, from its four neighbours. */
function add(sum: Float64Array, { rgb, width, height }: Pixels, x: number, y: number): void {
  const px = Math.min(width - 1, Math.max(0, x))
  const py = Math.min(height - 1, Math.max(0, y))
  const left = Math.min(Math.max(0, width - 2), Math.floor(px))
  const top = Math.min(Math.max(0, height - 2), Math.floor(py))
  const [fx, fy] = [px - left, py - top]
  const at = 3 * (top * width + left)
  const right = at + (width > 1 ? 3 : 0)
  const down = height > 1 ? 3 * width : 0
  for (let c = 0; c < 3; c++) {
    const above = rgb[at + c]! + fx * (rgb[right + c]! - rgb[at + c]!)
    const below = rgb[at + down + c]! + fx * (rgb[right + down + c]! - rgb[at + down + c]!)
    sum[c]! += above + fy * (below - above)
  }
}
