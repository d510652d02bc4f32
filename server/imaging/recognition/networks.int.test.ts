import assert from 'node:assert/strict'
import { contentCard, contentFile } from './content/cards.ts'
import { faceCard, faceFile } from './faces/find-faces.ts'
import { openModel, openModelInWasm, type Tensor } from './runtime.ts'
import golden from './test/golden-networks.json' with { type: 'json' }

/** A picture by a formula, so that TensorFlow.js could be given the same. */
function pattern(edge: number, seed: number): Tensor {
  const data = new Float32Array(3 * edge * edge)
  for (let channel = 0, at = 0; channel < 3; channel++) {
    for (let y = 0; y < edge; y++) {
      for (let x = 0; x < edge; x++, at++) {
        const across = x * (3 + channel * 2 + seed) + y * (5 + seed * 3 - channel)
        data[at] = (across + ((x * y) >> (2 + channel))) % 256
      }
    }
  }
  return { data, dims: [1, 3, edge, edge] }
}

const every = (step: number, { data }: Tensor) => [...data].filter((_, at) => at % step === 0)

function near(found: number[], expected: number[], tolerance: number): void {
  assert.equal(found.length, expected.length)
  found.forEach((value, at) => {
    const difference = Math.abs(value - expected[at]!)
    assert.ok(difference <= tolerance, `number ${at}: ${value} instead of ${expected[at]}`)
  })
}

describe('networks made of the weights of TensorFlow.js models', function () {
  this.timeout(60_000)

  for (const [runtime, open] of [
    ['native code', openModel],
    ['WebAssembly', openModelInWasm],
  ] as const) {
    it(`give in ${runtime} the numbers that TensorFlow.js gave for the same pictures`, async () => {
      const content = await open(contentCard, contentFile)
      const faces = await open(faceCard, faceFile)
      for (const { seed, probabilities, embedding, cells } of golden.pictures) {
        const said = await content.run({ pixels: pattern(224, seed) })
        near([...said['probabilities']!.data], probabilities, 2e-4)
        near(every(golden.embeddingEvery, said['embedding']!), embedding, 1e-3)
        const found = await faces.run({ pixels: pattern(416, seed) })
        near(every(golden.cellsEvery, found['cells']!), cells, 1e-3)
      }
    })
  }
})
