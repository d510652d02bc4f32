import assert from 'node:assert/strict'
import { sideBySide, type Print } from './side-by-side.ts'

describe('Test suites side by side', () => {
  it('run at once, and are read one after another', async () => {
    const said: string[] = []
    const gate = Promise.withResolvers<void>()
    const kathmandu = async (print: Print) => {
      print('▶ Kathmandu')
      await gate.promise
      print('✔ Kathmandu')
      return 2
    }
    const utc = async (print: Print) => {
      print('▶ UTC')
      print('✔ UTC')
      // Would never be reached if they ran one after another.
      gate.resolve()
      return 3
    }
    assert.deepEqual(await sideBySide([kathmandu, utc], (text) => said.push(text)), [2, 3])
    assert.deepEqual(said, ['▶ Kathmandu', '✔ Kathmandu', '▶ UTC', '✔ UTC'])
  })

  it('are heard as they speak when it is their turn, and when one before them breaks', async () => {
    const said: string[] = []
    const breaking = async () => Promise.reject(new Error('mocha is not there'))
    const good = async (print: Print) => {
      await Promise.resolve()
      print('✔ UTC')
    }
    await assert.rejects(
      sideBySide([breaking, good], (text) => said.push(text)),
      /mocha is not there/,
    )
    assert.deepEqual(said, ['✔ UTC'])
  })
})
