// `npm run bench [-- name ...]`: gets what the benchmarks need and runs them; see bench/run.ts.
import { join } from 'node:path'
import { buildClient } from './client-build.ts'
import { run, runScript } from './run.ts'
import { ensurePackages, testPackages } from './system-packages.ts'
import { findWorkerBin } from './worker/find.ts'

const root = join(import.meta.dirname, '..')

await runScript(async () => {
  await ensurePackages('Measuring Bedside', testPackages)
  const workerBin = await findWorkerBin()
  await buildClient(root)
  const { code } = await run(process.execPath, [join(root, 'bench/run.ts'), ...process.argv.slice(2)], {
    env: { ...process.env, MEDIASOUP_WORKER_BIN: workerBin },
    onLine: (line) => process.stdout.write(`${line}\n`),
  })
  process.exitCode = code
})
