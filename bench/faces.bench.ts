import { join } from 'node:path'
import sharp from 'sharp'
import { createRecognition } from '#server/imaging/recognition/index.ts'
import { faceCard, faceFile, findFaces } from '#server/imaging/recognition/faces/find-faces.ts'
import { openModelInWasm } from '#server/imaging/recognition/runtime.ts'
import { bounded, type BenchResult } from './result.ts'

const portrait = join(import.meta.dirname, '../server/imaging/recognition/test/faces/astronaut.jpg')
const [width, height] = [1280, 720]
const warmUps = 3
const runs = 25
const limitMs = 100
/** Without native code nobody waits at a screen for it. */
const wasmLimitMs = 400

/** Looking for faces in 1280x720: in the process that the product uses, there and back; and in WebAssembly, here. */
export async function run(): Promise<BenchResult[]> {
  const rgb = await sharp(portrait).resize(width, height, { fit: 'cover' }).raw().toBuffer()
  const picture = { rgb: new Uint8Array(rgb), width, height }
  const recognition = createRecognition()
  try {
    await recognition.warm()
    const native = await measured(() => recognition.run('findFaces', { picture }))
    const detector = await openModelInWasm(faceCard, faceFile)
    const wasm = await measured(() => findFaces(detector, picture))
    return [
      bounded('faces in a 1280x720 picture', 'ms', native, limitMs),
      bounded('faces in a 1280x720 picture, in WebAssembly', 'ms', wasm, wasmLimitMs),
    ]
  } finally {
    await recognition.close()
  }
}

async function measured(work: () => Promise<readonly unknown[]>): Promise<number[]> {
  const times: number[] = []
  for (let round = -warmUps; round < runs; round++) {
    const startedAt = performance.now()
    const found = await work()
    if (found.length !== 1) throw new Error(`${found.length} faces in a portrait`)
    if (round >= 0) times.push(performance.now() - startedAt)
  }
  return times
}
