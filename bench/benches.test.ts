import assert from 'node:assert/strict'
import { SetupError } from '#scripts/run.ts'
import { chosen, exitCodeOf, runBenches, type Bench } from './benches.ts'
import { bounded } from './result.ts'

const good: Bench = { name: 'good', run: async () => [bounded('answers', 'ms', [1], 2)] }
const over: Bench = { name: 'over', run: async () => [bounded('answers late', 'ms', [3], 2)] }
const lacking: Bench = {
  name: 'lacking',
  run: () => Promise.reject(new SetupError('sudo apt-get install python3-opencv')),
}
const breaking: Bench = { name: 'breaking', run: () => Promise.reject(new Error('the server went away')) }

async function outcomeOf(benches: Bench[]) {
  const lines: string[] = []
  return { outcome: await runBenches(benches, (line) => lines.push(line)), said: lines.join('\n') }
}

describe('Benchmarks', () => {
  it('go on when one lacks something on this machine, and say what to install', async () => {
    const { outcome, said } = await outcomeOf([lacking, good])
    assert.equal(outcome.results.length, 1)
    assert.deepEqual(outcome.skipped.map(({ name }) => name), ['lacking']) // prettier-ignore
    assert.match(said, /skipped: sudo apt-get install python3-opencv/)
    assert.equal(exitCodeOf(outcome, []), 0)
  })

  it('fail when the one that lacks something was asked for by name', async () => {
    const { outcome } = await outcomeOf([lacking])
    assert.equal(exitCodeOf(outcome, ['lacking']), 1)
  })

  it('fail when a limit is passed, or when one breaks, after the others had their turn', async () => {
    assert.equal(exitCodeOf((await outcomeOf([good, over])).outcome, []), 1)
    const { outcome, said } = await outcomeOf([breaking, good])
    assert.deepEqual([outcome.results.length, outcome.broken.length], [1, 1])
    assert.match(said, /the server went away/)
    assert.equal(exitCodeOf(outcome, []), 1)
  })

  it('are chosen by their names, and a name that is none is told', () => {
    assert.deepEqual(chosen([good, over], ['over']), [over])
    assert.deepEqual(chosen([good, over], []), [good, over])
    assert.throws(() => chosen([good, over], ['gold']), /no benchmark gold; there are good, over/)
  })
})
