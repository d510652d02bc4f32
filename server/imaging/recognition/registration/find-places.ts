import { clahe } from '../../pipeline/kernels/clahe.ts'
import { grey } from '../../pipeline/kernels/grey.ts'
import { reduceToEdge } from '../../pipeline/kernels/reduce.ts'
import type { Pixels } from '../../pipeline/tasks.ts'
import type { Keep, Mat, OpenCv } from '../opencv.ts'
import type { Place, Size } from './plane.ts'

/** What is looked at: one plane, its contrast evened out in tiles, because skin has little of it. */
export type Plane = Size & { samples: Uint8Array }
/** Places that stand out, and how each looks, a row of the descriptors for each. */
export type Places = { at: Place[]; descriptors: Mat }
/** The same place in both pictures, in pixels. */
export type Pair = { from: Place; to: Place }

/** Longer edge: enough to find the pores' and hairs' pattern of a close-up, and done in a second. */
const longerEdge = 1024
/** The strongest ones; matching takes the product of both pictures' numbers. */
const mostPlaces = 2500
/** A place is found again when the second best is clearly worse (Lowe's ratio). */
const ratio = 0.8

/** Makes the plane to look at. */
export function planeOf({ rgb, width, height }: Pixels): Plane {
  const reduced = reduceToEdge(grey(rgb), width, height, longerEdge)
  const { plane, ...size } = reduced
  return { samples: clahe(plane, size.width, size.height, { clipLimit: 3, tiles: 8 }), ...size }
}

/** Finds places that stand out, by AKAZE (Alcantarilla et al., 2013). */
export function findPlaces(cv: OpenCv, keep: Keep, { samples, width, height }: Plane): Places {
  const plane = keep(new cv.Mat(height, width, cv.CV_8UC1))
  plane.data.set(samples)
  const found = keep(new cv.KeyPointVector())
  const all = keep(new cv.Mat())
  keep(new cv.AKAZE()).detectAndCompute(plane, keep(new cv.Mat()), found, all)
  const points = Array.from({ length: found.size() }, (_, row) => {
    const { pt, response } = found.get(row)
    return { at: { x: pt.x, y: pt.y }, response, row }
  })
  const strongest = points.toSorted((p, q) => q.response - p.response).slice(0, mostPlaces)
  const descriptors = keep(new cv.Mat(strongest.length, all.cols, cv.CV_8UC1))
  strongest.forEach(({ row }, at) => {
    descriptors.data.set(all.data.subarray(row * all.cols, (row + 1) * all.cols), at * all.cols)
  })
  return { at: strongest.map(({ at }) => at), descriptors }
}

/** Pairs of which each is the best for the other, and clearly so. */
export function pairPlaces(cv: OpenCv, keep: Keep, first: Places, second: Places): Pair[] {
  const matcher = keep(new cv.BFMatcher(cv.NORM_HAMMING, false))
  const there = keep(new cv.DMatchVectorVector())
  matcher.knnMatch(first.descriptors, second.descriptors, there, 2)
  const back = keep(new cv.DMatchVector())
  matcher.match(second.descriptors, first.descriptors, back)
  const bestOf = Array.from({ length: back.size() }, (_, at) => back.get(at).trainIdx)
  const pairs: Pair[] = []
  for (let at = 0; at < there.size(); at++) {
    const candidates = there.get(at)
    const [best, next] = candidates.size() === 2 ? [candidates.get(0), candidates.get(1)] : []
    candidates.delete()
    if (!best || !next || best.distance > ratio * next.distance) continue
    if (bestOf[best.trainIdx] !== best.queryIdx) continue
    pairs.push({ from: first.at[best.queryIdx]!, to: second.at[best.trainIdx]! })
  }
  return pairs
}
