import { deepEqual, equal, rejects } from 'node:assert/strict'
import { createLog } from './log.ts'
import { createJobs } from './jobs.ts'

const log = createLog({ level: 'silent' })
const long = 60_000

describe('Work that waits in a line', () => {
  it('runs no more at once than it may, in the order it came', async () => {
    const queue = createJobs({ log }).queue('test', { running: 2, waiting: 10, timeoutMs: long })
    const order: number[] = []
    let running = 0
    let most = 0
    await Promise.all(
      [0, 1, 2, 3, 4].map((n) =>
        queue(async () => {
          most = Math.max(most, ++running)
          order.push(n)
          await new Promise(setImmediate)
          running--
        }),
      ),
    )
    deepEqual(order, [0, 1, 2, 3, 4])
    equal(most, 2)
  })

  it('is refused when the line is full', async () => {
    const queue = createJobs({ log }).queue('test', { running: 1, waiting: 1, timeoutMs: long })
    const gate = Promise.withResolvers<void>()
    const first = queue(() => gate.promise)
    const second = queue(async () => 'done')
    await rejects(
      queue(async () => 'never'),
      { code: 'busy' },
    )
    gate.resolve()
    await first
    equal(await second, 'done')
  })

  it('frees its place after a failure', async () => {
    const queue = createJobs({ log }).queue('test', { running: 1, waiting: 1, timeoutMs: long })
    await rejects(
      queue(async () => Promise.reject(new Error('broken'))),
      /broken/,
    )
    equal(await queue(async () => 'next'), 'next')
  })

  it('is given up when it takes too long, and told so', async () => {
    const queue = createJobs({ log }).queue('test', { running: 1, waiting: 1, timeoutMs: 10 })
    let aborted = false
    const stuck = queue(
      (signal) =>
        new Promise<void>((resolve) =>
          signal.addEventListener('abort', () => resolve(((aborted = true), undefined))),
        ),
    )
    await rejects(stuck, { code: 'busy' })
    equal(aborted, true)
  })

  it('is aborted and waited for at the end', async () => {
    const jobs = createJobs({ log })
    const queue = jobs.queue('test', { running: 1, waiting: 1, timeoutMs: long })
    let ended = false
    const work = queue(
      (signal) =>
        new Promise<void>((resolve) =>
          signal.addEventListener('abort', () =>
            setImmediate(() => {
              ended = true
              resolve()
            }),
          ),
        ),
    )
    const refused = rejects(work, { code: 'busy' })
    await new Promise(setImmediate)
    await jobs.close()
    equal(ended, true)
    await refused
    await rejects(
      queue(async () => 'late'),
      { code: 'busy' },
    )
  })
})
