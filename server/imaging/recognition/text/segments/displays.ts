import { grey } from '../../../pipeline/kernels/grey.ts'
import type { Corners } from '../../../pipeline/kernels/marker/point.ts'
import type { Pixels } from '../../../pipeline/tasks.ts'
import { alignedTo } from '../direction.ts'
import { isSamePlace } from '../quad.ts'
import { readDisplay, type DisplayNumber } from './read-display.ts'

/**
 * The numbers of seven-segment displays among boxes in which text was found, when its lines run along `direction`
 * (radians clockwise on the screen). Each number once, as most boxes show it.
 */
export function displaysIn(picture: Pixels, boxes: readonly Corners[], direction: number): DisplayNumber[] {
  const plane = { samples: grey(picture.rgb), width: picture.width, height: picture.height }
  const found = boxes.flatMap((box) => {
    // The bars of few digits tell less of how they lie than all lines together.
    const readings = [box, alignedTo(box, direction)].map((corners) => readDisplay(plane, corners))
    return readings.flat()
  })
  const votes = new Map<string, number>()
  for (const { text } of found) votes.set(text, (votes.get(text) ?? 0) + 1)
  // A box with the display's frame in it may add a 1, a box too small may lose one; most boxes are right.
  const credit = ({ text, worth }: DisplayNumber) => votes.get(text)! + worth / 2
  const kept: DisplayNumber[] = []
  for (const number of found.toSorted((a, b) => credit(b) - credit(a))) {
    if (!kept.some(({ corners }) => isSamePlace(corners, number.corners))) kept.push(number)
  }
  return kept
}
