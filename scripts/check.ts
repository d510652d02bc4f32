// `npm run check`: types, lint, format and dead code; the quick part of `npm test`.
import { join } from 'node:path'
import { runScript } from './run.ts'
import { checks, runCheck } from './test/checks.ts'
import { add, lastLine, none } from './test/counts.ts'

await runScript(async () => {
  let total = none
  for (const check of checks) total = add(total, await runCheck(join(import.meta.dirname, '..'), check))
  process.stdout.write(`\n${lastLine(total)}\n`)
  process.exitCode = total.failed > 0 ? 1 : 0
})
