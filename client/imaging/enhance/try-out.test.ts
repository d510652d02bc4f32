import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { Picture } from '#kernels/picture.ts'
import { decode, encodeDisplay } from '#server/imaging/pipeline/codec.ts'
import { derive } from '#server/imaging/pipeline/derive.ts'
import { aJpeg } from '#server/imaging/pipeline/test/specimens.ts'
import { presets, recipeOf, type Step } from '#shared/imaging-recipe.ts'
import { offeredSteps } from './step-fields.ts'
import { stepsAt, tryOut, type Pixels } from './try-out.ts'

const hash = (samples: Uint8Array | Uint8ClampedArray) => createHash('sha256').update(samples).digest('hex')

/** As a canvas hands the same decoded pixels over. */
function onCanvas(rgb: Uint8Array, width: number, height: number): Pixels {
  const data = new Uint8ClampedArray(width * height * 4).fill(255)
  for (let i = 0; i < width * height; i++) data.set(rgb.subarray(3 * i, 3 * i + 3), 4 * i)
  return { data, width, height }
}

const offCanvas = ({ data }: Pixels) => Uint8Array.from(data.filter((_, i) => i % 4 !== 3))

describe('trying steps on a picture in the browser', () => {
  const width = 321
  const height = 203
  let original: Buffer

  before(async () => {
    original = await aJpeg(width, height)
  })

  /** What the browser makes of the pixels, encoded as the server encodes its own. */
  async function inBrowser(steps: readonly Step[]): Promise<string> {
    const pixels = onCanvas((await decode(original, 4096)).rgb(), width, height)
    const made = new Picture(offCanvas(tryOut(pixels, steps)), width, height)
    return hash(await encodeDisplay(made, recipeOf([]).display))
  }
  const onServer = async (steps: readonly Step[]) => (await derive(original, recipeOf([...steps]))).sha256

  for (const [name, { steps }] of Object.entries(presets)) {
    it(`gives what the server makes of the same pixels, to the bit (${name})`, async () => {
      assert.equal(await inBrowser(steps), await onServer(steps))
    })
  }

  it('gives what the server makes by every step that a doctor may add', async () => {
    for (const step of offeredSteps) assert.equal(await inBrowser([step]), await onServer([step]), step.op)
  })

  it('leaves the pixels that it was given as they were', async () => {
    const pixels = onCanvas((await decode(original, 4096)).rgb(), width, height)
    const before = hash(pixels.data)
    tryOut(pixels, presets.woundEdges.steps)
    assert.equal(hash(pixels.data), before)
  })

  it('shrinks with the picture what is measured in pixels, and nothing else', () => {
    const [blur, curve, specks, wide] = stepsAt(
      [
        { op: 'gaussian', version: 1, sigma: 4 },
        { op: 'gamma', version: 1, gamma: 0.6 },
        { op: 'median', version: 1, size: 5 },
        { op: 'adaptiveThreshold', version: 1, neighbourhood: 'mean', size: 41, offset: 8 },
      ],
      0.5,
    )
    assert.deepEqual(blur, { op: 'gaussian', version: 1, sigma: 2 })
    assert.deepEqual(curve, { op: 'gamma', version: 1, gamma: 0.6 })
    assert.deepEqual(specks, { op: 'median', version: 1, size: 3 })
    assert.equal(wide?.op === 'adaptiveThreshold' && wide.size, 21)
    assert.deepEqual(stepsAt([{ op: 'median', version: 1, size: 3 }], 0.4), [])
    const steps = [...offeredSteps]
    assert.deepEqual(stepsAt(steps, 1), steps)
    // At any size every step can still be done: sides stay odd, radii above nothing.
    const small = onCanvas(new Uint8Array(64 * 48 * 3).fill(90), 64, 48)
    for (const factor of [0.05, 0.33, 0.75]) tryOut(small, stepsAt(steps, factor))
  })
})
