import type { Corners } from '../../pipeline/kernels/marker/point.ts'
import type { Pixels } from '../../pipeline/tasks.ts'
import { cropOf } from './crop.ts'
import { decode, type Decoded } from './ctc.ts'
import type { TextModels } from './models.ts'
import { mended } from './slips.ts'
import { sidesOf } from './text-map.ts'

/** The recogniser's own. */
const lineHeight = 48
const leastWidth = 32
const mostWidth = 1200

/** What stands within four corners, the first of them where reading begins. */
export async function recognise(
  picture: Pixels,
  corners: Corners,
  { recogniser, alphabet }: Pick<TextModels, 'recogniser' | 'alphabet'>,
): Promise<Decoded> {
  const { along, across } = sidesOf(corners)
  const width = Math.min(mostWidth, Math.max(leastWidth, Math.round((lineHeight * along) / across)))
  const data = cropOf(picture, corners, width, lineHeight)
  // One line at a time: in a batch all would be as wide as the widest, and native code gains nothing from batches.
  const [shares] = Object.values(await recogniser.run({ x: { data, dims: [1, 3, lineHeight, width] } }))
  const steps = shares?.dims[1]
  if (!shares || steps === undefined) throw new Error('the text recogniser gave no characters')
  const { text, confidence } = decode(shares.data, steps, alphabet)
  return { text: mended(text), confidence }
}
