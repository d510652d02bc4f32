import type { Point } from '../../pipeline/kernels/marker/point.ts'
import type { Pixels } from '../../pipeline/tasks.ts'
import { withOpenCv } from '../opencv.ts'
import type { Region } from './region.ts'

const iterations = 4
/** Share of the longer edge around a tap that is as sure as the tap. */
const tapReach = 0.015

/**
 * What stands out of its surroundings within the box, 255, by GrabCut: colours inside and outside each as five Gaussians, a cut
 * that runs along edges, and again with what was found. Outside of the box is surely not it; its corners are probably not,
 * for what grows is rounded. Places in pixels. (C. Rother, V. Kolmogorov, A. Blake, "GrabCut", SIGGRAPH 2004.)
 */
export function grabCut(
  { rgb, width, height }: Pixels,
  box: Region,
  taps: { inside: readonly Point[]; outside: readonly Point[] },
): Promise<Uint8Array> {
  return withOpenCv((cv, keep) => {
    const picture = keep(new cv.Mat(height, width, cv.CV_8UC3))
    picture.data.set(rgb)
    const sure = new Uint8Array(width * height).fill(cv.GC_BGD)
    for (let y = box.top; y < box.top + box.height; y++) {
      for (let x = box.left; x < box.left + box.width; x++) {
        const [dx, dy] = [(x + 0.5 - box.left) / box.width - 0.5, (y + 0.5 - box.top) / box.height - 0.5]
        sure[y * width + x] = dx * dx + dy * dy <= 0.25 ? cv.GC_PR_FGD : cv.GC_PR_BGD
      }
    }
    const reach = Math.max(2, Math.round(tapReach * Math.max(width, height)))
    for (const at of taps.inside) disc(sure, width, height, { at, reach, value: cv.GC_FGD })
    for (const at of taps.outside) disc(sure, width, height, { at, reach, value: cv.GC_BGD })
    const mask = keep(new cv.Mat(height, width, cv.CV_8UC1))
    mask.data.set(sure)
    const [outside, inside] = [keep(new cv.Mat()), keep(new cv.Mat())]
    cv.grabCut(picture, mask, new cv.Rect(0, 0, 1, 1), outside, inside, iterations, cv.GC_INIT_WITH_MASK)
    return mask.data.map((one) => (one === cv.GC_FGD || one === cv.GC_PR_FGD ? 255 : 0))
  })
}

function disc(
  mask: Uint8Array,
  width: number,
  height: number,
  { at, reach, value }: { at: Point; reach: number; value: number },
): void {
  for (let y = Math.max(0, Math.ceil(at.y - reach)); y <= Math.min(height - 1, at.y + reach); y++)
    for (let x = Math.max(0, Math.ceil(at.x - reach)); x <= Math.min(width - 1, at.x + reach); x++)
      if ((x - at.x) ** 2 + (y - at.y) ** 2 <= reach * reach) mask[y * width + x] = value
}
