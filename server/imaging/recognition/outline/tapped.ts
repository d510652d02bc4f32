import { labOf } from '../../pipeline/kernels/lesion-lab.ts'
import type { Point } from '../../pipeline/kernels/marker/point.ts'
import type { Pixels } from '../../pipeline/tasks.ts'

/** As far as a tap can mean, in shares of the longer edge, and how different what it means may look, in dE76. */
const farthest = 0.2
const mostDifferent = 8
/** This near to it, all of it is meant. */
const nearest = 0.015

/** What taps mean, 255: what lies right under them, and what looks the same and hangs together with it, not far away. */
export function tapped(picture: Pixels, taps: readonly Point[]): Uint8Array {
  const mask = new Uint8Array(picture.width * picture.height)
  if (taps.length === 0) return mask
  const lab = labOf(picture.rgb)
  for (const tap of taps) spread(mask, picture, lab, tap)
  return mask
}

function spread(mask: Uint8Array, { width, height }: Pixels, lab: Float32Array, tap: Point): void {
  const edge = Math.max(width, height)
  const [x, y] = [Math.round(tap.x), Math.round(tap.y)]
  if (x < 0 || y < 0 || x >= width || y >= height) return
  const from = y * width + x
  const seen = new Uint8Array(mask.length)
  const open = [from]
  seen[from] = 1
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const [column, row] = [at % width, Math.floor(at / width)]
    const away = Math.hypot(column - x, row - y)
    if (away > farthest * edge) continue
    if (away > Math.max(2, nearest * edge) && differ(lab, at, from) > mostDifferent) continue
    mask[at] = 255
    const next = [
      column > 0 && at - 1,
      column < width - 1 && at + 1,
      row > 0 && at - width,
      row < height - 1 && at + width,
    ]
    for (const one of next) {
      if (one === false || seen[one] !== 0) continue
      seen[one] = 1
      open.push(one)
    }
  }
}

function differ(lab: Float32Array, a: number, b: number): number {
  return Math.hypot(lab[3 * a]! - lab[3 * b]!, lab[3 * a + 1]! - lab[3 * b + 1]!, lab[3 * a + 2]! - lab[3 * b + 2]!) // prettier-ignore
}
