import type { OutlineProposal, OutlineSeed } from '#shared/imaging-outline.ts'
import type { Pixels } from '../../pipeline/tasks.ts'
import type { Workers } from '../../processes/serve.ts'
import { warmOpenCv } from '../opencv.ts'
import { propose } from './propose.ts'

export type OutlineTasks = {
  /** An outline of what a box or taps show, or why there is none. */
  outline: { ask: { picture: Pixels; seed: OutlineSeed }; answer: OutlineProposal }
}

export const outlineWorkers: Workers<OutlineTasks> = { outline: propose }

export const warmUpOutline = warmOpenCv
