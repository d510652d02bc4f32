// `node scripts/fuzz-pictures.ts [how many] [seed]`: sends damaged pictures through the picture pipeline and says what
// became of them. A failure names kind and number; the same seed makes the same mutants.
import { createPipeline } from '#server/imaging/pipeline/index.ts'
import { fuzz } from '#server/imaging/pipeline/test/fuzz.ts'
import { runScript, SetupError } from './run.ts'

await runScript(async () => {
  const [count = 5_000, seed = 20_261_122] = process.argv.slice(2).map(Number)
  if (!(count > 0 && seed > 0)) throw new SetupError('Usage: node scripts/fuzz-pictures.ts [how many] [seed]')
  const pipeline = createPipeline({ size: 1 })
  try {
    await pipeline.warm()
    const startedAt = performance.now()
    const rssBefore = process.memoryUsage.rss()
    const report = await fuzz(pipeline, {
      count,
      seed,
      onMutant: (done) => {
        if (done % 500 === 0) process.stdout.write(`${done} of ${count}\n`)
      },
    })
    const grownMb = Math.round((process.memoryUsage.rss() - rssBefore) / 1024 / 1024)
    const seconds = Math.round((performance.now() - startedAt) / 1000)
    console.log(JSON.stringify({ seed, seconds, serverGrewMb: grownMb, ...report }, null, 2))
    process.exitCode = report.lost.length > 0 ? 1 : 0
  } finally {
    await pipeline.close()
  }
})
