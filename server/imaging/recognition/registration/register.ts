import type { Registration } from '#shared/imaging-compare.ts'
import type { Homography } from '#shared/imaging-viewer.ts'
import type { Pixels } from '../../pipeline/tasks.ts'
import { withOpenCv, type Keep, type OpenCv } from '../opencv.ts'
import { findPlaces, pairPlaces, planeOf, type Pair } from './find-places.ts'
import { findShifts } from './find-shifts.ts'
import { leastPairs } from './floors.ts'
import { isFolded, judge, refused } from './judge.ts'
import { laidOver, likeness, structureOf, type Structure } from './structure.ts'

/** How far, in pixels of the looked-at planes, a pair may be off the common movement. */
const tolerance = 3
/** AKAZE halves pictures several times over. */
const leastEdge = 64
/** How far squares are sought from where the movement has them, in pixels, time after time. */
const searches = [12, 6]

type Agreed = { homography: Homography; inliers: readonly Pair[] }

/**
 * Says how the first picture lies on the second: places that both show (AKAZE, matched both ways) and the movement of a
 * plane that most of them agree on (RANSAC); then that movement is made better by what lies between the places. Refuses rather
 * than guesses; see judge. @throws Error with OpenCV's words.
 */
export async function register(first: Pixels, second: Pixels): Promise<Registration> {
  if (Math.min(first.width, first.height, second.width, second.height) < leastEdge)
    return refused('few_places')
  const [from, to] = [planeOf(first), planeOf(second)]
  const { pairs, agreed } = await withOpenCv((cv, keep) => {
    const [here, there] = [findPlaces(cv, keep, from), findPlaces(cv, keep, to)]
    if (Math.min(here.at.length, there.at.length) < leastPairs) return { pairs: [], agreed: null }
    const matched = pairPlaces(cv, keep, here, there)
    return { pairs: matched, agreed: commonMovement(cv, keep, matched) }
  })
  if (pairs.length < leastPairs) return refused('few_places')
  if (!agreed) return refused('disagreement')
  if (isFolded(agreed.homography, from)) return refused('folded')
  const structures = [structureOf(from), structureOf(to)] as const
  const better = await improved(structures, agreed)
  return judge({
    from,
    to,
    pairs,
    inliers: agreed.inliers,
    ...better,
    likeness: likeness(laidOver(structures[0], to, better.homography), structures[1]),
  })
}

/** The movement that most pairs agree on, in pixels, and those that do; null when there is none. */
function commonMovement(cv: OpenCv, keep: Keep, pairs: readonly Pair[]): Agreed | null {
  if (pairs.length < leastPairs) return null
  const listOf = (end: keyof Pair) => {
    const values = pairs.flatMap((pair) => [pair[end].x, pair[end].y])
    return keep(cv.matFromArray(pairs.length, 1, cv.CV_32FC2, values))
  }
  const agreeing = keep(new cv.Mat())
  const movement = keep(cv.findHomography(listOf('from'), listOf('to'), cv.RANSAC, tolerance, agreeing))
  const inliers = pairs.filter((_, at) => agreeing.data[at] === 1)
  if (movement.rows !== 3 || inliers.length < leastPairs) return null
  return { homography: Array.from(movement.data64F), inliers }
}

/** The movement that places and squares between them agree on; as it was where there are no squares to be found. */
async function improved(
  [first, second]: readonly [Structure, Structure],
  agreed: Agreed,
): Promise<{ homography: Homography; support: readonly Pair[] }> {
  let [homography, support] = [agreed.homography, agreed.inliers]
  for (const farthest of searches) {
    const squares = findShifts(first, second, homography, farthest)
    const next = await withOpenCv((cv, keep) => commonMovement(cv, keep, [...agreed.inliers, ...squares]))
    if (!next || isFolded(next.homography, first)) break
    ;({ homography, inliers: support } = next)
  }
  return { homography, support }
}
