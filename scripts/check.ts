// `npm run check`: types, lint, format and dead code; the quick part of `npm test`.
import { join } from 'node:path'
import { runScript } from './run.ts'
import { runChecks } from './test/checks.ts'
import { lastLine } from './test/counts.ts'

await runScript(async () => {
  const total = await runChecks(join(import.meta.dirname, '..'))
  process.stdout.write(`\n${lastLine(total)}\n`)
  process.exitCode = total.failed > 0 ? 1 : 0
})
