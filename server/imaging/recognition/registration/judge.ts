import type { Registration, RegistrationFacts } from '#shared/imaging-compare.ts'
import type { Homography } from '#shared/imaging-viewer.ts'
import type { Pair } from './find-places.ts'
import { floors, mostForeshortened, scaleRange } from './floors.ts'
import { areaOf, clipped, cornersOf, hullOf, inShares, moved, type Place, type Size } from './plane.ts'

type Found = {
  from: Size
  to: Size
  /** All places found again, and those of them that agreed. */
  pairs: readonly Pair[]
  inliers: readonly Pair[]
  homography: Homography
  /** All that agrees with it: places, and squares between them. */
  support: readonly Pair[]
  likeness: number
}

/** Says by counted and measured facts alone whether the movement is to be believed, and how far. */
export function judge({ from, to, pairs, inliers, homography, support, likeness }: Found): Registration {
  const landed = cornersOf(from).map((corner) => moved(homography, corner))
  const shared = clipped(landed, cornersOf(to))
  const sharedArea = areaOf(shared)
  const apart = support.map(({ from: place, to: found }) => distance(moved(homography, place), found))
  const hull = clipped(hullOf(support.map((pair) => pair.to)), shared)
  const residualPixels = Math.sqrt(mean(apart.map((pixels) => pixels ** 2)))
  const facts: RegistrationFacts = {
    matches: pairs.length,
    inliers: inliers.length,
    inlierShare: inliers.length / pairs.length,
    spread: sharedArea > 0 ? areaOf(hull) / sharedArea : 0,
    residual: residualPixels / Math.max(to.width, to.height),
    overlap: sharedArea / (to.width * to.height),
    likeness,
  }
  const scale = scaleAt(homography, middleOf(inliers))
  if (scale < scaleRange.least || scale > scaleRange.most) return refused('scale', facts)
  const { fair, good } = floors
  if (facts.inliers < fair.inliers) return refused('few_places', facts)
  if (facts.inlierShare < fair.inlierShare || residualPixels > fair.residualPixels)
    return refused('disagreement', facts)
  if (facts.overlap < fair.overlap) return refused('little_overlap', facts)
  if (facts.spread < fair.spread) return refused('small_part', facts)
  if (facts.likeness < fair.likeness) return refused('unlike', facts)
  const isGood =
    facts.inliers >= good.inliers &&
    facts.inlierShare >= good.inlierShare &&
    facts.overlap >= good.overlap &&
    facts.spread >= good.spread &&
    facts.likeness >= good.likeness &&
    residualPixels <= good.residualPixels
  return {
    state: 'registered',
    homography: inShares(homography, from, to),
    confidence: isGood ? 'good' : 'fair',
    facts,
  }
}

/** Mirrored, turned inside out, or seen so far aside that one edge is much longer than the one across. */
export function isFolded(homography: Homography, from: Size): boolean {
  const landed = cornersOf(from).map((corner) => moved(homography, corner))
  const ws = landed.map(({ w }) => w)
  if (Math.min(...ws) <= 0 || Math.max(...ws) > mostForeshortened * Math.min(...ws)) return true
  const hull = hullOf(landed)
  if (hull.length !== 4 || areaOf(landed) <= 0) return true
  const [top, right, bottom, left] = landed.map((corner, at) => distance(corner, landed[(at + 1) % 4]!))
  return unequal(top!, bottom!) > mostForeshortened || unequal(left!, right!) > mostForeshortened
}

/** How much longer things become around a place. */
function scaleAt(homography: Homography, { x, y }: Place): number {
  const step = 4
  const square = [
    { x: x - step, y: y - step },
    { x: x + step, y: y - step },
    { x: x + step, y: y + step },
    { x: x - step, y: y + step },
  ]
  const area = areaOf(square.map((corner) => moved(homography, corner)))
  return Math.sqrt(Math.max(0, area) / areaOf(square))
}

function middleOf(pairs: readonly Pair[]): Place {
  return { x: mean(pairs.map(({ from }) => from.x)), y: mean(pairs.map(({ from }) => from.y)) }
}

export function refused(
  reason: Extract<Registration, { state: 'refused' }>['reason'],
  facts: RegistrationFacts | null = null,
): Registration {
  return { state: 'refused', reason, facts }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function distance(a: Place, b: Place): number {
  return Math.hypot(a.x - b.x, a.y - b.y)
}

function unequal(a: number, b: number): number {
  return Math.max(a, b) / Math.min(a, b)
}
