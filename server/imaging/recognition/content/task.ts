import type { Pixels } from '../../pipeline/tasks.ts'
import type { Workers } from '../../processes/serve.ts'
import { openOnce } from '../open-once.ts'
import { describeContent, openContentModels, type Description } from './describe-content.ts'

export type ContentTasks = {
  /** Pictures need not be larger than `contentEdge`. */
  describeContent: { ask: { picture: Pixels }; answer: Description }
}

const models = openOnce(openContentModels)

export const contentWorkers: Workers<ContentTasks> = {
  describeContent: async ({ picture }) => describeContent(await models(), picture),
}

/** Opens the models and runs them once: the first run of a network takes longer. */
export async function warmUpContent(): Promise<void> {
  await describeContent(await models(), { rgb: new Uint8Array(3), width: 1, height: 1 })
}
