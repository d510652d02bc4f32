import type { Homography } from '#shared/imaging-viewer.ts'
import type { Pair } from './find-places.ts'
import { inverse, moved } from './plane.ts'
import { laidOver, likeness, type Structure } from './structure.ts'

/** Squares looked at along the longer edge, and half their side in pixels. */
const across = 16
const reach = 24
/** A square counts when it is found again this clearly. */
const leastLikeness = 0.7

/**
 * Where the squares of a grid of the second picture really lie on the first, when the movement is right but for some pixels:
 * each is shifted about until it is most alike. Unlike places that stand out, they are everywhere, so that a movement made with
 * them holds in the corners too.
 */
export function findShifts(
  first: Structure,
  second: Structure,
  homography: Homography,
  farthest: number,
): Pair[] {
  const over = laidOver(first, second, homography)
  const back = inverse(homography)
  const step = Math.max(second.width, second.height) / across
  const pairs: Pair[] = []
  for (let top = step / 2; top < second.height; top += step) {
    for (let left = step / 2; left < second.width; left += step) {
      const [x, y] = [Math.round(left), Math.round(top)]
      const best = bestShift(over, second, { x, y, farthest })
      if (best) pairs.push({ from: moved(back, { x: x - best.dx, y: y - best.dy }), to: { x, y } })
    }
  }
  return pairs
}

type Shift = { dx: number; dy: number }

/** By how much the first one's square lies aside, to parts of a pixel; null when that is not clear. */
function bestShift(
  over: Structure,
  second: Structure,
  { x, y, farthest }: { x: number; y: number; farthest: number },
): Shift | null {
  const at = (dx: number, dy: number) => likeness(over, second, { x, y, dx, dy, reach })
  let best = { dx: 0, dy: 0, value: at(0, 0) }
  // Structure is several pixels wide: every second shift cannot miss its top.
  for (let dy = -farthest; dy <= farthest; dy += 2)
    for (let dx = -farthest; dx <= farthest; dx += 2) {
      const value = at(dx, dy)
      if (value > best.value) best = { dx, dy, value }
    }
  const { dx: aboutX, dy: aboutY } = best
  for (let dy = aboutY - 1; dy <= aboutY + 1; dy++)
    for (let dx = aboutX - 1; dx <= aboutX + 1; dx++) {
      const value = at(dx, dy)
      if (value > best.value) best = { dx, dy, value }
    }
  const { dx, dy, value } = best
  // One at the edge may still be climbing.
  if (value < leastLikeness || Math.max(Math.abs(dx), Math.abs(dy)) > farthest) return null
  return {
    dx: dx + top(at(dx - 1, dy), value, at(dx + 1, dy)),
    dy: dy + top(at(dx, dy - 1), value, at(dx, dy + 1)),
  }
}

/** Where a parabola through three neighbours has its top, from the middle one. */
function top(before: number, here: number, after: number): number {
  const bend = before - 2 * here + after
  return bend < 0 ? (before - after) / (2 * bend) : 0
}
