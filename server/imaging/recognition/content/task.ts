import type { Pixels } from '../../pipeline/tasks.ts'
import type { Workers } from '../../processes/serve.ts'
import {
  contentModels,
  describeContent,
  type ContentQuestions,
  type Description,
} from './describe-content.ts'

export type ContentTasks = {
  /** Pictures need not be larger than `contentEdge`. */
  describeContent: { ask: { picture: Pixels; asked: ContentQuestions }; answer: Description }
}

const models = contentModels()

export const contentWorkers: Workers<ContentTasks> = {
  describeContent: ({ picture, asked }) => describeContent(models, picture, asked),
}

/** Opens the models and runs them once: the first run of a network takes longer. */
export async function warmUpContent(): Promise<void> {
  const dot = { rgb: new Uint8Array(3), width: 1, height: 1 }
  await describeContent(models, dot, { guard: true, type: true })
}
