// The child process in which strangers' bytes are decoded. It has no environment, no secrets and nothing to keep: the
// pool kills it when it is slow, large or no longer wanted.
import { serve } from '../processes/serve.ts'
import { lockDown } from './codec.ts'
import { decodeOriginal, derive } from './derive.ts'
import { ImageRejected } from './errors.ts'
import { simdProblem } from './kernels/simd/instance.ts'
import type { MediaTasks } from './tasks.ts'
import { warmUp } from './warm-up.ts'

lockDown()
await serve<MediaTasks>(
  {
    derive: ({ original, recipe, preview }) => derive(original, recipe, preview),
    async pixels({ original, maxEdge }) {
      const picture = await decodeOriginal(original, maxEdge)
      return { rgb: picture.rgb(), width: picture.width, height: picture.height }
    },
  },
  async () => {
    const problem = simdProblem()
    if (problem !== null)
      process.stderr.write(`the fast pixel kernels are not there, the plain ones work: ${problem}\n`)
    await warmUp()
  },
  (error) => (error instanceof ImageRejected ? { code: error.code, reason: error.message } : null),
)
