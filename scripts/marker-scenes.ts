// `node scripts/marker-scenes.ts FOLDER`: writes the photographs that markers are looked for on, for golden/markers.py.
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { greyOf, markerScenes } from '#server/imaging/pipeline/test/marker-scenes.ts'
import { runScript, SetupError } from './run.ts'

await runScript(() => {
  const [folder] = process.argv.slice(2)
  if (!folder) throw new SetupError('Usage: node scripts/marker-scenes.ts FOLDER')
  mkdirSync(folder, { recursive: true })
  for (const scene of markerScenes()) {
    const { width, height } = scene.picture
    writeFileSync(
      path.join(folder, `${scene.name}.pgm`),
      Buffer.concat([Buffer.from(`P5 ${width} ${height} 255\n`), greyOf(scene)]),
    )
  }
  return Promise.resolve()
})
