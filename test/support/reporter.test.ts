import assert from 'node:assert/strict'
import { join } from 'node:path'
import Mocha, { type AsyncFunc, type Context, type Func } from 'mocha'
import { skipBecause } from './skip.ts'

/** What the reporter prints for a suite with these tests. */
async function reportOn(tests: Record<string, Func | AsyncFunc | undefined>): Promise<string> {
  const lines: string[] = []
  const print = (text: string): void => void lines.push(text)
  const mocha = new Mocha({ reporter: join(import.meta.dirname, 'reporter.ts'), reporterOptions: { print } })
  const suite = Mocha.Suite.create(mocha.suite, 'The waiting room')
  for (const [title, body] of Object.entries(tests)) suite.addTest(new Mocha.Test(title, body))
  const { promise, resolve } = Promise.withResolvers<number>()
  mocha.run(resolve)
  await promise
  return lines.join('\n')
}

describe('The report on a test run', () => {
  it('shows a failure in full, with its cause', async () => {
    const report = await reportOn({
      'is open': () => undefined,
      'has a queue': () => {
        throw new Error('nobody is here', { cause: new Error('the door is shut') })
      },
    })
    assert.match(report, /✘ The waiting room › has a queue\n +Error: nobody is here[^]*the door is shut/)
    assert.match(report, /1 passed, 1 failed, 0 skipped$/)
  })

  it('prints and counts every skip with its reason', async () => {
    const report = await reportOn({
      rings(this: Context) {
        skipBecause(this, 'no loudspeaker here')
      },
    })
    assert.match(report, /skipped: The waiting room › rings: no loudspeaker here/)
    assert.match(report, /0 passed, 0 failed, 1 skipped$/)
  })

  it('takes a skip without a reason for a failure', async () => {
    const report = await reportOn({ 'is painted': undefined })
    assert.match(report, /✘ The waiting room › is painted\n +Skipped without a reason/)
    assert.match(report, /0 passed, 1 failed, 0 skipped$/)
  })
})
