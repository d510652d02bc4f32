import { labOf } from '../../pipeline/kernels/lesion-lab.ts'
import { partAt } from '../../pipeline/kernels/lesion-mask.ts'
import type { Point } from '../../pipeline/kernels/marker/point.ts'
import type { Pixels } from '../../pipeline/tasks.ts'
import { viewOf, within, type Region } from './region.ts'

// Coarse: only how far it reaches is asked.
const edge = 288
/** Half sides of the squares that are tried, in shares of the longer edge. */
const reaches = [0.03, 0.045, 0.065, 0.095, 0.14, 0.2, 0.28, 0.38]
/** In dE76: a plain one is looked for first, then a faint one, which a shade within it may look like. */
const leastDifferences = [6, 4]
/** Of the square's rim, that may look like what was tapped: a hair, a shadow. */
const mostAlike = 0.08

type Colour = readonly [number, number, number]

/**
 * A box around what was tapped: the smallest square around the taps whose rim looks different from them, drawn in to what, inside
 * of it, looks more like the taps than like the rim. Null when it has no edge as far as that.
 */
export function extentOf(picture: Pixels, taps: readonly Point[]): Region | null {
  const view = viewOf(picture, { left: 0, top: 0, width: picture.width, height: picture.height }, edge)
  const { width, height } = view
  const lab = labOf(view.rgb)
  const seeds = taps.map(view.toView)
  const tapped = medianOf(
    lab,
    seeds.flatMap((seed) => placesNear(seed, 2, width, height)),
  )
  for (const least of leastDifferences)
    for (const reach of reaches) {
      const square = squareAround(seeds, reach * Math.max(width, height), view)
      const rim = rimOf(square, width)
      const around = medianOf(lab, rim)
      if (differ(tapped, around) < least) continue
      const alike = (at: number) => differ(colourAt(lab, at), tapped) < differ(colourAt(lab, at), around)
      if (rim.filter(alike).length > mostAlike * rim.length) continue
      const mask = new Uint8Array(width * height)
      for (const at of placesIn(square, width)) if (alike(at)) mask[at] = 255
      const part = partAt(mask, width, height, seeds)
      return part && onPicture(boxOf(part, width), view.toPicture, picture)
    }
  return null
}

function squareAround(seeds: readonly Point[], far: number, picture: Pixels): Region {
  const [xs, ys] = [seeds.map(({ x }) => x), seeds.map(({ y }) => y)]
  const [left, top] = [Math.min(...xs) - far, Math.min(...ys) - far]
  return within(
    { left, top, width: Math.max(...xs) + far - left, height: Math.max(...ys) + far - top },
    picture,
  )
}

function rimOf(square: Region, width: number): number[] {
  const [right, bottom] = [square.left + square.width - 1, square.top + square.height - 1]
  return placesIn(square, width).filter((at) => {
    const [x, y] = [at % width, Math.floor(at / width)]
    return x - square.left < 2 || right - x < 2 || y - square.top < 2 || bottom - y < 2
  })
}

function placesIn({ left, top, width, height }: Region, stride: number): number[] {
  return Array.from(
    { length: width * height },
    (_, i) => (top + Math.floor(i / width)) * stride + left + (i % width),
  )
}

function placesNear({ x, y }: Point, reach: number, width: number, height: number): number[] {
  const [left, top] = [Math.round(x) - reach, Math.round(y) - reach]
  const side = 2 * reach + 1
  return placesIn(
    within({ left, top, width: side, height: side }, { rgb: new Uint8Array(), width, height }),
    width,
  )
}

function boxOf(mask: Uint8Array, width: number): Region {
  let [left, right, top, bottom] = [Infinity, 0, Infinity, 0]
  mask.forEach((one, at) => {
    if (one === 0) return
    const [x, y] = [at % width, Math.floor(at / width)]
    left = Math.min(left, x)
    right = Math.max(right, x)
    top = Math.min(top, y)
    bottom = Math.max(bottom, y)
  })
  return { left, top, width: right - left + 1, height: bottom - top + 1 }
}

/** Coarse pixels reach half a pixel beyond their middles. */
function onPicture(
  { left, top, width, height }: Region,
  toPicture: (at: Point) => Point,
  picture: Pixels,
): Region {
  const from = toPicture({ x: left - 0.5, y: top - 0.5 })
  const to = toPicture({ x: left + width - 0.5, y: top + height - 0.5 })
  return within({ left: from.x, top: from.y, width: to.x - from.x, height: to.y - from.y }, picture)
}

function medianOf(lab: Float32Array, places: readonly number[]): Colour {
  const middle = (axis: number) =>
    places.map((at) => lab[3 * at + axis]!).sort((a, b) => a - b)[places.length >> 1] ?? 0
  return [middle(0), middle(1), middle(2)]
}

function colourAt(lab: Float32Array, at: number): Colour {
  return [lab[3 * at]!, lab[3 * at + 1]!, lab[3 * at + 2]!]
}

function differ(a: Colour, b: Colour): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])
}
