import { equal, rejects } from 'node:assert/strict'
import { openOnce } from './open-once.ts'

describe('a model that is opened when it is needed', () => {
  it('is opened once, and tried again when it could not be opened', async () => {
    let tries = 0
    const model = openOnce(async () => {
      if (++tries === 1) throw new Error('the disk does not answer')
      return { tries }
    })
    await rejects(model(), /disk/)
    const [first, second] = await Promise.all([model(), model()])
    equal(first, second)
    equal(tries, 2)
  })
})
