import type { Registration } from '#shared/imaging-compare.ts'
import type { Pixels } from '../../pipeline/tasks.ts'
import type { Workers } from '../../processes/serve.ts'
import { warmOpenCv } from '../opencv.ts'
import { register } from './register.ts'

export type RegistrationTasks = {
  /** How the first, earlier picture lies on the second. */
  registration: { ask: { first: Pixels; second: Pixels }; answer: Registration }
}

export const registrationWorkers: Workers<RegistrationTasks> = {
  registration: ({ first, second }) => register(first, second),
}

export const warmUpRegistration = warmOpenCv
