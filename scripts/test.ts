// `npm test`: gets what the tests need, runs every check and every test, and says at the end what failed.
//   npm test                            everything
//   npm test -- unit|int|e2e|check      one part
//   npm test -- int server/x.int.test.ts -g 'twenty'   mocha's own arguments, and files instead of the whole part
import { join } from 'node:path'
import { buildClient } from './client-build.ts'
import { runScript, SetupError } from './run.ts'
import { runCheck, checks } from './test/checks.ts'
import { add, lastLine, none, type Counts } from './test/counts.ts'
import { runMocha, suites, type Part } from './test/suites.ts'
import { ensurePackages, testPackages } from './system-packages.ts'
import { findWorkerBin } from './worker/find.ts'

const root = join(import.meta.dirname, '..')
const [first, ...rest] = process.argv.slice(2)
const parts: Part[] = ['check', 'unit', 'int', 'e2e']

await runScript(async () => {
  const wanted = first === undefined ? parts : parts.filter((part) => part === first)
  if (wanted.length === 0) throw new SetupError(`Usage: npm test -- [${parts.join('|')}] [mocha arguments]`)
  const env = await setUp(wanted)
  let total: Counts = none
  if (wanted.includes('check')) for (const check of checks) total = add(total, await runCheck(root, check))
  for (const suite of suites.filter(({ part }) => wanted.includes(part))) {
    total = add(total, await runMocha(root, suite, rest, env))
  }
  process.stdout.write(`\n${lastLine(total)}\n`)
  process.exitCode = total.failed > 0 ? 1 : 0
})

async function setUp(wanted: Part[]): Promise<NodeJS.ProcessEnv> {
  if (!wanted.includes('int') && !wanted.includes('e2e')) return process.env
  await ensurePackages('Testing Bedside', testPackages)
  const workerBin = await findWorkerBin()
  await buildClient(root)
  return { ...process.env, MEDIASOUP_WORKER_BIN: workerBin }
}
