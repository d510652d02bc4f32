import { adaptiveThreshold } from '../../../pipeline/kernels/adaptive-threshold.ts'
import { homographyOf, project } from '../../../pipeline/kernels/marker/homography.ts'
import type { Corners } from '../../../pipeline/kernels/marker/point.ts'
import { levelAt, type Plane } from '../../../pipeline/kernels/marker/sampling.ts'
import { otsuLevel } from '../../../pipeline/kernels/otsu.ts'
import { sidesOf } from '../text-map.ts'
import type { Extent, Mask } from './bars.ts'
import { numbersIn, type Shown } from './rows.ts'

/** A number that a display of seven bars shows; the corners in pixels of the picture. */
export type DisplayNumber = Omit<Shown, 'extent'> & {
  corners: Corners
  /** To choose between several readings of one display: greater is better. */
  worth: number
}

/** Pixels that the height of the box is looked at with. */
const boxHeight = 48
/** Around the box, of its height: detectors tend to leave out a 1 at either end. */
const beside = 1.3
/** Room for three digits and more, if the box is around one. */
const leastAspect = 4.8
const above = 0.2
const mostAspect = 6
/** Of digits that lean to the right, in degrees, and of boxes that lie askew. */
const slants = [0, 6, 12, 3, 9, -4]

/** The numbers, of two digits and more, of a display of seven bars in the box of a line of text; empty when there is anything else in it. */
export function readDisplay(grey: Plane, box: Corners): DisplayNumber[] {
  const { along, across } = sidesOf(box)
  if (across < 8 || along > mostAspect * across) return []
  const width = Math.round((boxHeight * along) / across)
  const dx = Math.round(boxHeight * Math.max(beside, (leastAspect - along / across) / 2))
  const dy = Math.round(above * boxHeight)
  const core: Extent = { left: dx, top: dy, right: dx + width, bottom: dy + boxHeight }
  const there = homographyOf(cornersOf(core), box)
  const upright = sampled(grey, there, width + 2 * dx, boxHeight + 2 * dy)
  let best: { numbers: Shown[]; slant: number; worth: number } | null = null
  for (const mask of masksOf(upright, core)) {
    for (const slant of slants) {
      const numbers = numbersIn(leaned(mask, slant), core)
      const worth = worthOf(numbers)
      if (worth > (best?.worth ?? 0)) best = { numbers, slant, worth }
    }
  }
  if (!best) return []
  const { numbers, slant } = best
  return numbers.flatMap(({ extent, ...number }) => {
    if (number.text.length < 2) return []
    const corners = placed(extent, upright.height, slant, there)
    return corners ? [{ ...number, corners, worth: worthOf([number]) }] : []
  })
}

/** More digits first, then more points, for a point is easily lost among bars, then clearer ones. */
function worthOf(numbers: readonly Pick<Shown, 'text' | 'clarity'>[]): number {
  const text = numbers.map((number) => number.text).join('')
  const digits = text.replace(/\D/g, '').length
  if (digits === 0) return 0
  return digits + 0.4 * (text.length - digits) + 0.4 * Math.min(...numbers.map(({ clarity }) => clarity))
}

function cornersOf({ left, top, right, bottom }: Extent): Corners {
  const [l, t, r, b] = [left - 0.5, top - 0.5, right - 0.5, bottom - 0.5]
  return [
    { x: l, y: t },
    { x: r, y: t },
    { x: r, y: b },
    { x: l, y: b },
  ]
}

function sampled(grey: Plane, there: Float64Array, width: number, height: number): Plane {
  const samples = new Uint8Array(width * height)
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      const from = project(there, { x, y })
      if (from) samples[at] = Math.round(levelAt(grey, from.x, from.y))
    }
  }
  return { samples, width, height }
}

/** Ink by one level for the whole box, and by each place's surroundings where light is uneven. */
function* masksOf(plane: Plane, core: Extent): Generator<Mask> {
  const { samples, width, height } = plane
  const inside = new Uint8Array((core.right - core.left) * (core.bottom - core.top))
  for (let y = core.top, at = 0; y < core.bottom; y++) {
    inside.set(samples.subarray(y * width + core.left, y * width + core.right), at)
    at += core.right - core.left
  }
  const level = otsuLevel(inside)
  const bright = inside.reduce((count, sample) => count + (sample > level ? 1 : 0), 0)
  // There is more glass than ink.
  const inkIsBright = 2 * bright < inside.length
  yield { samples: samples.map((sample) => (sample > level === inkIsBright ? 255 : 0)), width, height }
  const flipped = inkIsBright ? samples : samples.map((sample) => 255 - sample)
  const local = adaptiveThreshold(flipped, width, height, { neighbourhood: 'mean', size: 41, offset: -12 })
  yield { samples: local, width, height }
}

/** Rows moved sideways so that what leans by `slant` stands upright; the middle row stays. */
function leaned({ samples, width, height }: Mask, slant: number): Mask {
  if (slant === 0) return { samples, width, height }
  const out = new Uint8Array(samples.length)
  for (let y = 0; y < height; y++) {
    const shift = shiftOf(y, height, slant)
    for (let x = Math.max(0, -shift); x < Math.min(width, width - shift); x++) {
      out[y * width + x] = samples[y * width + x + shift]!
    }
  }
  return { samples: out, width, height }
}

function shiftOf(y: number, height: number, slant: number): number {
  return Math.round(Math.tan((slant * Math.PI) / 180) * ((height - 1) / 2 - y))
}

function placed(extent: Extent, height: number, slant: number, there: Float64Array): Corners | null {
  const points = cornersOf(extent).map(({ x, y }) => project(there, { x: x + shiftOf(y, height, slant), y }))
  const [a, b, c, d] = points
  return a && b && c && d ? [a, b, c, d] : null
}
