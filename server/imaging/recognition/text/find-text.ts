import type { TextLine } from '#shared/imaging-recognition.ts'
import type { Pixels } from '../../pipeline/tasks.ts'
import type { Model } from '../runtime.ts'
import { detect, sharesOf } from './detect.ts'

/** Where text may stand; four corners in shares of the picture's width and height, clockwise. */
export type TextBox = { corners: TextLine['corners']; score: number }

/** Where text stands in a picture, without reading it: proposals for what to cover. */
export async function findText(picture: Pixels, detector: Model): Promise<TextBox[]> {
  const found = await detect(picture, detector)
  return found.map(({ corners, score }) => ({ corners: sharesOf(corners, picture), score }))
}
