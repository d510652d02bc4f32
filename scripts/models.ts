// `node scripts/models.ts`: makes the networks in server/imaging/recognition/models/ from the weights that two packages ship.
// With --check nothing is written; it fails when a file in the tree is not what the packages give. Needs the network.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeContentNetwork } from './models/content-network.ts'
import { makeFaceNetwork } from './models/face-network.ts'
import { runScript, SetupError } from './run.ts'

const folder = join(import.meta.dirname, '../server/imaging/recognition/models')
const networks = { 'tiny-face-detector.onnx': makeFaceNetwork, 'content.onnx': makeContentNetwork }

await runScript(async () => {
  for (const [name, make] of Object.entries(networks)) {
    const fresh = await make()
    const path = join(folder, name)
    if (!process.argv.includes('--check')) await writeFile(path, fresh)
    else if (!(await readFile(path)).equals(fresh)) {
      throw new SetupError(`${name} in the tree is not what its package gives: node scripts/models.ts`)
    }
  }
})
