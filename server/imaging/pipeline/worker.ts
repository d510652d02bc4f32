// The child process in which strangers' bytes are decoded. It has no environment, no secrets and nothing to keep: the
// pool kills it when it is slow, large or no longer wanted, and it ends by itself when the server goes away.
import { lockDown } from './codec.ts'
import { derive } from './derive.ts'
import { ImageRejected } from './errors.ts'
import { simdProblem } from './kernels/simd/instance.ts'
import type { Answer, FromChild, Job } from './protocol.ts'
import { warmUp } from './warm-up.ts'

process.on('disconnect', () => process.exit(0))
process.on('message', (job: Job) => {
  void answer(job).then(send)
})

lockDown()
const problem = simdProblem()
if (problem !== null)
  process.stderr.write(`the fast pixel kernels are not there, the plain ones work: ${problem}\n`)
await warmUp()
send({ state: 'ready' })

async function answer({ id, original, recipe }: Job): Promise<Answer> {
  try {
    return { id, state: 'done', outcome: await derive(original, recipe) }
  } catch (error) {
    if (error instanceof ImageRejected)
      return { id, state: 'rejected', code: error.code, reason: error.message }
    return { id, state: 'failed', reason: error instanceof Error ? error.message : String(error) }
  }
}

function send(message: FromChild): void {
  process.send?.(message)
}
