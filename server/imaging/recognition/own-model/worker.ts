// The child process in which clinics' own networks run: one of its own, so that a network that nobody here has tried
// cannot take those with it that read labels or find faces.
import { serve } from '../../processes/serve.ts'
import { createClassifier } from './classify.ts'
import { ModelRefused } from './refused.ts'
import type { OwnModelTasks } from './tasks.ts'

const classifier = createClassifier()

await serve<OwnModelTasks>(
  {
    async tryOut(own) {
      await classifier.tryOut(own)
      return {}
    },
    classify: async ({ picture, ...own }) => ({ labels: await classifier.classify(own, picture) }),
  },
  async () => undefined,
  (error) => (error instanceof ModelRefused ? { code: error.code, reason: error.message } : null),
)
