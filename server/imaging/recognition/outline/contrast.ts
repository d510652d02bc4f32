import { labOf } from '../../pipeline/kernels/lesion-lab.ts'
import { meanOf } from '../../pipeline/kernels/lesion-colour.ts'
import { morphology } from '../../pipeline/kernels/morphology.ts'
import type { Pixels } from '../../pipeline/tasks.ts'

export type Contrast = {
  /** Between the mean colours of the two sides, in dE76. */
  contrast: number
  /** The same over the standard deviation along that difference, of both sides together. */
  distinctness: number
}

/**
 * How a part differs from a ring around it that is about as wide as a fifth of its radius; the blurred border itself is left out.
 * Null when one side has no pixels.
 */
export function contrastOf({ rgb, width, height }: Pixels, mask: Uint8Array): Contrast | null {
  const radius = Math.sqrt(mask.reduce((count, one) => count + (one === 0 ? 0 : 1), 0) / Math.PI)
  const gap = odd(Math.min(9, 0.1 * radius))
  const wide = odd(Math.min(61, 0.5 * radius) + gap)
  const grown = (size: number, operation: 'dilate' | 'erode') =>
    morphology(mask, width, height, { operation, shape: 'ellipse', size })
  const [near, far] = [grown(gap, 'dilate'), grown(wide, 'dilate')]
  const core = grown(gap, 'erode')
  const inside = labOf(pixels(rgb, (at) => core[at] !== 0, core.length))
  const around = labOf(pixels(rgb, (at) => far[at] !== 0 && near[at] === 0, far.length))
  if (inside.length === 0 || around.length === 0) return null
  const [a, b] = [meanOf(inside), meanOf(around)]
  const way = a.map((value, axis) => value - b[axis]!)
  const contrast = Math.hypot(...way)
  const spread = Math.sqrt((varianceAlong(inside, a, way) + varianceAlong(around, b, way)) / 2)
  return { contrast, distinctness: contrast / Math.max(spread, 0.1) }
}

function odd(size: number): number {
  return 2 * Math.floor(size / 2) + 1
}

function pixels(rgb: Uint8Array, taken: (at: number) => boolean, count: number): Uint8Array {
  const out = new Uint8Array(rgb.length)
  let to = 0
  for (let at = 0; at < count; at++) {
    if (!taken(at)) continue
    out.set(rgb.subarray(3 * at, 3 * at + 3), to)
    to += 3
  }
  return out.subarray(0, to)
}

function varianceAlong(lab: Float32Array, mean: readonly number[], way: readonly number[]): number {
  const length = Math.hypot(...way) || 1
  let squares = 0
  for (let at = 0; at < lab.length; at += 3) {
    let along = 0
    for (let axis = 0; axis < 3; axis++) along += ((lab[at + axis]! - mean[axis]!) * way[axis]!) / length
    squares += along * along
  }
  return squares / (lab.length / 3)
}
