import type { Pixels } from '../../pipeline/tasks.ts'
import { withOpenCv } from '../opencv.ts'
import type { Region } from './region.ts'

const iterations = 4

/**
 * What stands out of its surroundings within the box, 255, by GrabCut: colours inside and outside each as five Gaussians, a cut
 * that runs along edges, and again with what was found. Outside of the box is surely not it; its corners are probably not,
 * for what grows is rounded. `taps` are masks of what surely is and is not. (C. Rother, V. Kolmogorov, A. Blake, "GrabCut", SIGGRAPH 2004.)
 */
export function grabCut(
  { rgb, width, height }: Pixels,
  box: Region,
  taps: { inside: Uint8Array; outside: Uint8Array },
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
    for (let at = 0; at < sure.length; at++) {
      if (taps.inside[at] !== 0) sure[at] = cv.GC_FGD
      if (taps.outside[at] !== 0) sure[at] = cv.GC_BGD
    }
    const mask = keep(new cv.Mat(height, width, cv.CV_8UC1))
    mask.data.set(sure)
    const [outside, inside] = [keep(new cv.Mat()), keep(new cv.Mat())]
    cv.grabCut(picture, mask, new cv.Rect(0, 0, 1, 1), outside, inside, iterations, cv.GC_INIT_WITH_MASK)
    return mask.data.map((one) => (one === cv.GC_FGD || one === cv.GC_PR_FGD ? 255 : 0))
  })
}
