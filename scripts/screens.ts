// `npm run screens [-- name ...]`: goes through every screen of a fresh demo clinic in Chromium, in both languages, sizes
// and colours, and puts the pictures into screens/. Ends with 1 when a screen cannot be reached.
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { buildClient } from './client-build.ts'
import { runScript } from './run.ts'
import { startDemoClinic } from './screens/clinic.ts'
import { takePictures } from './screens/pictures.ts'
import { tour } from './screens/tour.ts'
import { languages } from './screens/words.ts'
import { ensurePackages } from './system-packages.ts'
import { findWorkerBin } from './worker/find.ts'

const root = join(import.meta.dirname, '..')
const folder = join(root, 'screens')

await runScript(async () => {
  await ensurePackages('Picturing the screens', ['chromium', 'fonts-noto-cjk'])
  const workerBin = await findWorkerBin()
  await buildClient(root)
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder)
  const clinic = await startDemoClinic(workerBin)
  try {
    const { pictures, problems } = await takePictures(clinic, folder, tour, languages)
    for (const problem of problems) process.stdout.write(`  ${problem}\n`)
    process.stdout.write(`\n${pictures} pictures in ${folder}, ${problems.length} problems\n`)
    process.exitCode = problems.length > 0 ? 1 : 0
  } finally {
    await clinic.close()
  }
})
