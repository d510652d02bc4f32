import type { TextLine } from '#shared/imaging-recognition.ts'
import type { Pixels } from '../../pipeline/tasks.ts'
import type { Workers } from '../../processes/serve.ts'
import { openOnce } from '../open-once.ts'
import { findText, type TextBox } from './find-text.ts'
import { openTextModels } from './models.ts'
import { readText } from './read-text.ts'

export type TextTasks = {
  /** The lines of text in the order of reading. */
  readText: { ask: { picture: Pixels }; answer: TextLine[] }
  /** Where text stands, unread. */
  findText: { ask: { picture: Pixels }; answer: TextBox[] }
}

const models = openOnce(openTextModels)

export const textWorkers: Workers<TextTasks> = {
  readText: async ({ picture }) => readText(picture, await models()),
  findText: async ({ picture }) => findText(picture, (await models()).detector),
}

/** Opens the models and runs them once: the first run of a network takes longer. */
export async function warmUpText(): Promise<void> {
  const { detector, recogniser } = await models()
  await findText({ rgb: new Uint8Array(3 * 64 * 64), width: 64, height: 64 }, detector)
  await recogniser.run({ x: { data: new Float32Array(3 * 48 * 320), dims: [1, 3, 48, 320] } })
}
