import type { ContentTasks } from './content/task.ts'
import type { FaceTasks } from './faces/task.ts'
import type { OutlineTasks } from './outline/task.ts'
import type { RegistrationTasks } from './registration/task.ts'
import type { TextTasks } from './text/task.ts'

/**
 * What the server asks of a recognition process; each task has a folder of its own, and a line here and in worker.ts.
 * Asked with samples, never with files: a media process has decoded them.
 */
export type RecognitionTasks = TextTasks & FaceTasks & ContentTasks & RegistrationTasks & OutlineTasks
