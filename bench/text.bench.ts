import { join } from 'node:path'
import sharp from 'sharp'
import { createRecognition } from '#server/imaging/recognition/index.ts'
import { openModelInWasm } from '#server/imaging/recognition/runtime.ts'
import { openTextModels } from '#server/imaging/recognition/text/models.ts'
import { readText } from '#server/imaging/recognition/text/read-text.ts'
import { bounded, type BenchResult } from './result.ts'

const folder = join(import.meta.dirname, '../server/imaging/recognition/test/text')
/** With what stands on them: lines. */
const pictures = [
  { name: 'an English label of 8 lines', file: 'label-en-2.jpg', lines: 8, limitMs: 400 },
  { name: 'a Chinese label of 8 lines', file: 'label-zh-9.jpg', lines: 8, limitMs: 400 },
  { name: 'a blood pressure monitor', file: 'segments-5-blood-pressure.jpg', lines: 10, limitMs: 400 },
]
const warmUps = 3
const runs = 25
/** Without native code nobody waits at a screen for it. */
const wasmLimitMs = 1500
const wasmRuns = 7

/** Reading text in 1280x720: in the process that the product uses, there and back; and in WebAssembly, here. */
export async function run(): Promise<BenchResult[]> {
  const recognition = createRecognition()
  const results: BenchResult[] = []
  try {
    await recognition.warm()
    const slow = await openTextModels(openModelInWasm)
    for (const { name, file, lines, limitMs } of pictures) {
      const { data, info } = await sharp(join(folder, file))
        .removeAlpha()
        .raw()
        .toBuffer({ resolveWithObject: true })
      const picture = { rgb: new Uint8Array(data), width: info.width, height: info.height }
      const native = await measured(() => recognition.run('readText', { picture }), lines, runs)
      results.push(bounded(`reading ${name}`, 'ms', native, limitMs))
      const wasm = await measured(() => readText(picture, slow), lines, wasmRuns)
      results.push(bounded(`reading ${name}, in WebAssembly`, 'ms', wasm, wasmLimitMs))
    }
    return results
  } finally {
    await recognition.close()
  }
}

async function measured(
  work: () => Promise<readonly unknown[]>,
  lines: number,
  rounds: number,
): Promise<number[]> {
  const times: number[] = []
  for (let round = -warmUps; round < rounds; round++) {
    const startedAt = performance.now()
    const read = await work()
    if (read.length !== lines) throw new Error(`${read.length} lines where ${lines} stand`)
    if (round >= 0) times.push(performance.now() - startedAt)
  }
  return times
}
