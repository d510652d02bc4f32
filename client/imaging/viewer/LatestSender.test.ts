import assert from 'node:assert/strict'
import { waitFor } from '#test/support/wait-for.ts'
import { LatestSender } from './LatestSender.ts'

describe('the sender of what is newest', () => {
  it('never has more under way than it may, skips what was overtaken, and always sends the last', async () => {
    const sent: number[] = []
    const answers: (() => void)[] = []
    const sender = new LatestSender<number>({
      send: (value) => {
        sent.push(value)
        return new Promise<void>((resolve) => answers.push(resolve))
      },
      everyMs: 1,
      maxUnderWay: 2,
      failed: (error) => assert.fail(String(error)),
    })
    for (let value = 1; value <= 50; value++) sender.send(value)
    await waitFor('two are under way', () => sent.length === 2)
    for (let value = 51; value <= 60; value++) sender.send(value)
    assert.deepEqual(sent, [1, 50])
    answers.shift()?.()
    await waitFor('the newest is sent', () => sent.length === 3)
    assert.deepEqual(sent, [1, 50, 60])
  })

  it('goes on after a failure', async () => {
    const sent: string[] = []
    const failures: unknown[] = []
    const sender = new LatestSender<string>({
      send: async (value) => {
        sent.push(value)
        if (value === 'first') throw new Error('the line is down')
      },
      everyMs: 1,
      maxUnderWay: 1,
      failed: (error) => void failures.push(error),
    })
    sender.send('first')
    sender.send('second')
    await waitFor('the second is sent', () => sent.length === 2)
    assert.equal(failures.length, 1)
  })

  it('forgets what waits when it is closed', () => {
    const sent: string[] = []
    const sender = new LatestSender<string>({
      send: async (value) => void sent.push(value),
      everyMs: 60_000,
      maxUnderWay: 1,
      failed: (error) => assert.fail(String(error)),
    })
    sender.send('first')
    sender.send('second')
    sender.close()
    sender.send('third')
    sender.close()
    assert.equal(sent.includes('second'), false)
  })
})
