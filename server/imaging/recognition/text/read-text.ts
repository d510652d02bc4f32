import type { TextLine } from '#shared/imaging-recognition.ts'
import type { Corners } from '../../pipeline/kernels/marker/point.ts'
import type { Pixels } from '../../pipeline/tasks.ts'
import { detect, sharesOf, withLarge } from './detect.ts'
import { axisOf, turnedTo } from './direction.ts'
import type { TextModels } from './models.ts'
import { inReadingOrder } from './reading-order.ts'
import { recognise } from './recognise.ts'
import { displaysIn } from './segments/displays.ts'
import { settle, type Line } from './settle.ts'
import { sidesOf } from './text-map.ts'

/** Of a leaflet no more than this many lines are read. */
const mostLines = 100
const leastConfidence = 0.5
/** Read this surely, a line is not upside down. */
const sure = 0.85

/** Reads what stands within four corners, the first of them where reading begins. */
type Reader = (corners: Corners) => Promise<Line>

/**
 * The lines of text in a picture, in the order of reading; upside down and on its side too. Lines that stay unclear are
 * left out.
 */
export async function readText(picture: Pixels, models: TextModels): Promise<TextLine[]> {
  const { lines: found, large } = await detect(picture, models.detector)
  const boxes = withLarge(found, large).slice(0, mostLines)
  const read: Reader = async (corners) => ({ ...(await recognise(picture, corners, models)), corners })
  const { direction, lines } = await readEach(boxes, axisOf(found.length > 0 ? found : large), read)
  const mayBeDisplays = [...found, ...large].map((box) => turnedTo(box, direction))
  const clear = lines.filter(({ text, confidence }) => text.trim() !== '' && confidence >= leastConfidence)
  const settled = settle(clear, displaysIn(picture, mayBeDisplays, direction))
  return inReadingOrder(settled, ({ corners }) => corners, direction).map(
    ({ text, confidence, corners }) => ({
      text: text.trim(),
      confidence,
      corners: sharesOf(corners, picture),
    }),
  )
}

/**
 * Reads each box once, but for a picture that may be upside down: which end of its lines is their beginning shows when
 * the two longest are read both ways.
 */
async function readEach(
  boxes: readonly Corners[],
  axis: number,
  read: Reader,
): Promise<{ direction: number; lines: Line[] }> {
  const longestFirst = [...boxes].sort((a, b) => lengthOf(b) - lengthOf(a))
  const forth: Line[] = []
  const back: Line[] = []
  for (const box of longestFirst.slice(0, 2)) {
    const usual = await read(turnedTo(box, axis))
    forth.push(usual)
    if (usual.confidence >= sure) break
    back.push(await read(turnedTo(box, axis + Math.PI)))
  }
  const upsideDown = back.length === forth.length && confidenceOf(back) > confidenceOf(forth)
  const lines = upsideDown ? back : forth
  const direction = upsideDown ? axis + Math.PI : axis
  for (const box of longestFirst.slice(lines.length)) lines.push(await read(turnedTo(box, direction)))
  return { direction, lines }
}

function confidenceOf(lines: readonly Line[]): number {
  return lines.reduce((sum, { confidence }) => sum + confidence, 0)
}

function lengthOf(box: Corners): number {
  const { along, across } = sidesOf(box)
  return Math.max(along, across)
}
