// The child process in which models look at pictures. Networks and OpenCV are native or generated code that nobody here
// has read: what goes wrong in them ends this process and nothing else.
import { serve } from '../processes/serve.ts'
import type { RecognitionTasks } from './tasks.ts'
import { contentWorkers, warmUpContent } from './content/task.ts'
import { faceWorkers, warmUpFaces } from './faces/task.ts'
import { outlineWorkers, warmUpOutline } from './outline/task.ts'
import { registrationWorkers, warmUpRegistration } from './registration/task.ts'
import { textWorkers, warmUpText } from './text/task.ts'

/** Opens and tries out what the tasks need, so that the first one does not wait for it. */
const warmUps: readonly (() => Promise<void>)[] = [
  warmUpText,
  warmUpFaces,
  warmUpContent,
  warmUpRegistration,
  warmUpOutline,
]

await serve<RecognitionTasks>(
  { ...textWorkers, ...faceWorkers, ...contentWorkers, ...registrationWorkers, ...outlineWorkers },
  async () => {
    for (const warmUp of warmUps)
      await warmUp().catch((error: unknown) => {
        // Whoever asks for what it does is refused; the other models are not to suffer for it.
        process.stderr.write(`a model does not open: ${String(error)}\n`)
      })
  },
)
