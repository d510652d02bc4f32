import type { TextLine } from '#shared/imaging-recognition.ts'
import type { Pixels } from '../../pipeline/tasks.ts'
import type { Model } from '../runtime.ts'
import { detect, sharesOf, withLarge } from './detect.ts'

/** Where text stands: four corners in shares of the picture's width and height, clockwise. */
export type TextBox = Pick<TextLine, 'corners'>

/** Where text stands in a picture, without reading it: proposals for what to cover. */
export async function findText(picture: Pixels, detector: Model): Promise<TextBox[]> {
  const { lines, large } = await detect(picture, detector)
  return withLarge(lines, large).map((corners) => ({ corners: sharesOf(corners, picture) }))
}
