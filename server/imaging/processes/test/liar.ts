// A child process that answers every job with bytes that it never wrote.
import type { FromChild, ToChild } from '../protocol.ts'

const say = (message: FromChild) => void process.send?.(message)
process.on('disconnect', () => process.exit(0))
process.on('message', ({ id }: ToChild) => {
  say({ id, state: 'done', answer: {}, placed: [{ name: 'picture', at: 0, length: 1_000_000 }] })
})
say({ state: 'ready' })
