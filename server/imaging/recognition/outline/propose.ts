import type { OutlineProposal, OutlineSeed } from '#shared/imaging-outline.ts'
import { maxOutlinePoints, type PicturePoint } from '#shared/imaging-viewer.ts'
import { eachChannel } from '../../pipeline/kernels/channels.ts'
import { partAt } from '../../pipeline/kernels/lesion-mask.ts'
import { smoothOutline } from '../../pipeline/kernels/lesion-outline.ts'
import { median } from '../../pipeline/kernels/median.ts'
import { morphology } from '../../pipeline/kernels/morphology.ts'
import type { Point } from '../../pipeline/kernels/marker/point.ts'
import type { Pixels } from '../../pipeline/tasks.ts'
import { halfWay } from './border.ts'
import { contrastOf } from './contrast.ts'
import { extentOf } from './extent.ts'
import { grabCut } from './grab-cut.ts'
import { tapped } from './tapped.ts'
import { viewOf, widened, within, type Region, type View } from './region.ts'

const by = 'grabcut@1'

/** The part that is looked at is made this small: a quarter of a second instead of one, and half a percent of its size exact. */
export const viewEdge = 420
/** Around the box: enough of what it is not. */
const surroundings = 0.3
/** A tap finds a tight box; what is faint at the rim lies beyond it. */
const beyondTaps = 0.12
/** Hairs narrower than this, in pixels of the part, are painted over. */
const hairWidth = 7
/** Of the box, in pixels of the picture: below it there is no shape to be seen. */
const leastSide = 16
/** Pixels of the part: less is a speck. */
const fewest = 120
const leastContrast = 4
const leastDistinctness = 1.1

/**
 * Proposes an outline of what a box or taps show on a picture. Only for a process that may crash.
 * @throws Error in OpenCV's words.
 */
export async function propose({
  picture,
  seed,
}: {
  picture: Pixels
  seed: OutlineSeed
}): Promise<OutlineProposal> {
  const taps = { inside: inPixels(seed.inside, picture), outside: inPixels(seed.outside, picture) }
  const box = boxOf(picture, seed, taps.inside)
  if (!box) return { found: false, by, reason: 'no_edge' }
  if (Math.min(box.width, box.height) < leastSide) return { found: false, by, reason: 'too_small' }
  const view = viewOf(picture, widened(box, surroundings, picture), viewEdge)
  const calm = { ...view, rgb: calmed(view) }
  const onView = { inside: taps.inside.map(view.toView), outside: taps.outside.map(view.toView) }
  const sure = { inside: tapped(calm, onView.inside), outside: tapped(calm, onView.outside) }
  const found = await grabCut(calm, onto(view, box), sure)
  const opened = morphology(found, view.width, view.height, { operation: 'open', shape: 'ellipse', size: 5 })
  const rough = partAt(opened, view.width, view.height, onView.inside)
  const fine =
    rough && halfWay(calm, rough).map((one, at) => (sure.outside[at] === 0 ? one | sure.inside[at]! : 0))
  const part = fine && partAt(fine, view.width, view.height, onView.inside)
  if (!part || countOf(part) < fewest) return { found: false, by, reason: 'no_contrast' }
  const facts = contrastOf(calm, part)
  if (!facts || facts.contrast < leastContrast || facts.distinctness < leastDistinctness)
    return { found: false, by, reason: 'no_contrast' }
  const options = { sigma: 2.5, tolerance: 0.6, most: maxOutlinePoints }
  const outline = smoothOutline(part, view.width, view.height, options)
  if (!outline) return { found: false, by, reason: 'too_small' }
  return {
    found: true,
    by,
    points: outline.map((point) => inShares(view.toPicture(point), picture)),
    ...facts,
  }
}

function countOf(mask: Uint8Array): number {
  return mask.reduce((count, one) => count + (one === 0 ? 0 : 1), 0)
}

function boxOf(picture: Pixels, { box }: OutlineSeed, inside: readonly Point[]): Region | null {
  if (!box) {
    const extent = extentOf(picture, inside)
    return extent && widened(extent, beyondTaps, picture)
  }
  const { width, height } = picture
  const drawn = { left: box.x * width, top: box.y * height, width: box.width * width, height: box.height * height } // prettier-ignore
  // What belongs to it by a tap belongs into the box.
  const [xs, ys] = [inside.map(({ x }) => x), inside.map(({ y }) => y)]
  const reach = 0.06 * Math.max(drawn.width, drawn.height)
  const left = Math.min(drawn.left, ...xs.map((x) => x - reach))
  const top = Math.min(drawn.top, ...ys.map((y) => y - reach))
  return within(
    {
      left,
      top,
      width: Math.max(drawn.left + drawn.width, ...xs.map((x) => x + reach)) - left,
      height: Math.max(drawn.top + drawn.height, ...ys.map((y) => y + reach)) - top,
    },
    picture,
  )
}

/** Without dark hairs (a closing fills what is narrower than it) and without single noisy pixels. */
function calmed({ rgb, width, height }: Pixels): Uint8Array {
  return eachChannel(rgb, (plane) =>
    median(
      morphology(plane, width, height, { operation: 'close', shape: 'ellipse', size: hairWidth }),
      width,
      height,
      { size: 3 },
    ),
  )
}

function onto(view: View, box: Region): Region {
  const from = view.toView({ x: box.left - 0.5, y: box.top - 0.5 })
  const to = view.toView({ x: box.left + box.width - 0.5, y: box.top + box.height - 0.5 })
  return within({ left: from.x + 0.5, top: from.y + 0.5, width: to.x - from.x, height: to.y - from.y }, view)
}

function inPixels(points: readonly PicturePoint[], { width, height }: Pixels): Point[] {
  return points.map(({ x, y }) => ({ x: x * width - 0.5, y: y * height - 0.5 }))
}

function inShares({ x, y }: Point, { width, height }: Pixels): PicturePoint {
  const share = (value: number) => Math.round(Math.min(1, Math.max(0, value)) * 1e6) / 1e6
  return { x: share((x + 0.5) / width), y: share((y + 0.5) / height) }
}
