// `npm test`: runs every check and every test, gets what they need, and says at the end what failed.
//   npm test                            everything
//   npm test -- unit|int|e2e|check      one part
//   npm test -- int server/x.int.test.ts -g 'twenty'   mocha's own arguments, and files instead of the whole part
import { join } from 'node:path'
import { buildClient } from './client-build.ts'
import { explain, runScript, SetupError } from './run.ts'
import { runChecks } from './test/checks.ts'
import { add, lastLine, none } from './test/counts.ts'
import { sideBySide, type Print } from './test/side-by-side.ts'
import { roundsOf, runMocha, type Part } from './test/suites.ts'
import { ensurePackages, testPackages } from './system-packages.ts'
import { findWorkerBin } from './worker/find.ts'

const root = join(import.meta.dirname, '..')
const parts: Part[] = ['check', 'unit', 'int', 'e2e']
const [first, ...mochaArguments] = process.argv.slice(2)
let total = none

await runScript(async () => {
  const wanted = first === undefined ? parts : parts.filter((part) => part === first)
  if (wanted.length === 0) throw new SetupError(`Usage: npm test -- [${parts.join('|')}] [mocha arguments]`)
  if (wanted.includes('check')) total = add(total, await runChecks(root))
  if (wanted.includes('unit')) await runSuites(['unit'], process.env)
  if (wanted.includes('int') || wanted.includes('e2e')) await runWithServers(wanted)
  process.stdout.write(`\n${lastLine(total)}\n`)
  process.exitCode = total.failed > 0 ? 1 : 0
})

async function runWithServers(wanted: Part[]): Promise<void> {
  const needs = async (): Promise<string> => {
    await ensurePackages('Testing Bedside', testPackages)
    return findWorkerBin()
  }
  const workerBin = await countFailure(needs)
  if (workerBin === undefined)
    return void process.stdout.write('Integration and end-to-end tests were not run.\n')
  // What needs no page is tested even when the pages cannot be built.
  await countFailure(() => buildClient(root))
  await runSuites(
    wanted.filter((part) => part === 'int' || part === 'e2e'),
    { ...process.env, MEDIASOUP_WORKER_BIN: workerBin },
  )
}

async function runSuites(wanted: Part[], env: NodeJS.ProcessEnv): Promise<void> {
  for (const round of roundsOf(wanted, mochaArguments)) {
    const works = round.map((suite) => (print: Print) => runMocha(root, suite, mochaArguments, env, print))
    const counts = await sideBySide(works, (text) => process.stdout.write(text))
    total = counts.reduce(add, total)
  }
}

/** A part of the set-up that fails counts as one failed test, so that the last line tells the truth. */
async function countFailure<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work()
  } catch (error) {
    process.stdout.write(`${explain(error)}\n`)
    total = add(total, { ...none, failed: 1 })
    return undefined
  }
}
