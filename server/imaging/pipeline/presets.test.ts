import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { PresetName, presets, type Step } from '#shared/imaging-recipe.ts'
import { applyStep } from './kernels/apply-step.ts'
import { varianceOfLaplacian } from './kernels/focus.ts'
import { grey } from './kernels/grey.ts'
import { Picture } from './kernels/picture.ts'
import { statistics } from './kernels/statistics.ts'
import { seeded, skin } from './test/specimens.ts'

const width = 320
const height = 240

function enhanced(rgb: Uint8Array, steps: readonly Step[]): Uint8Array {
  const picture = new Picture(rgb.slice(), width, height)
  for (const step of steps) applyStep(picture, step)
  return picture.rgb()
}
const hash = (samples: Uint8Array) => createHash('sha256').update(samples).digest('hex')
const detail = (rgb: Uint8Array) => varianceOfLaplacian(grey(rgb), width, height)
const light = (rgb: Uint8Array) => statistics(grey(rgb), { dark: 8, bright: 247 }).mean
const isGrey = (rgb: Uint8Array) => rgb.every((sample, i) => sample === rgb[i - (i % 3)])

/** Skin without its noise, a little of it, or much. */
function noisySkin(noise: number): Uint8Array {
  const next = seeded(5)
  return skin(width, height).map((sample) =>
    Math.max(0, Math.min(255, sample + (noise === 0 ? 0 : (next() % (2 * noise + 1)) - noise))),
  )
}

describe('the presets of enhancement', () => {
  const original = noisySkin(0)

  for (const name of PresetName.options) {
    it(`make the same pixels each time (${name})`, () => {
      const before = hash(original)
      const made = hash(enhanced(original, presets[name].steps))
      assert.equal(hash(enhanced(original, presets[name].steps)), made)
      assert.equal(hash(original), before)
      assert.equal(made === before, name === 'plain')
    })
  }

  it('do what they are called', () => {
    const made = (name: PresetName, of = original) => enhanced(of, presets[name].steps)
    assert.ok(light(made('brighter')) > light(original) + 15)
    assert.ok(detail(made('skinDetail')) > 2 * detail(original))
    assert.ok(detail(made('reduceNoise', noisySkin(25))) < detail(noisySkin(25)) / 4)
    assert.ok(!isGrey(original))
    for (const name of ['document', 'xray'] as const) assert.ok(isGrey(made(name)), name)
    const ink = made('document')
    const parted = ink.filter((sample) => sample < 40 || sample > 215).length
    assert.ok(parted > 0.9 * ink.length, 'a document is black and white')
  })

  it('mark the rim of a wound more than the skin around it', () => {
    const spot = (rgb: Uint8Array, x: number) => rgb[3 * ((height / 2) * width + x)] ?? 0
    const rim = width / 2 - height / 6
    const step = (rgb: Uint8Array) => Math.abs(spot(rgb, rim - 3) - spot(rgb, rim + 3))
    assert.ok(step(enhanced(original, presets.woundEdges.steps)) > 1.5 * step(original))
  })
})

describe('the steps of a recipe', () => {
  it('change the picture that was given to no other size, whatever their order', () => {
    const steps: Step[] = [
      { op: 'whiteBalance', version: 1, patch: { left: 0, top: 0, width: 0.1, height: 0.1 } },
      { op: 'colourGains', version: 1, red: 0.9, green: 1, blue: 1.4 },
      { op: 'median', version: 1, size: 5 },
      { op: 'clahe', version: 1, clipLimit: 2, tiles: 4 },
      { op: 'gaussian', version: 1, sigma: 2 },
      { op: 'bilateral', version: 1, diameter: 3, sigmaColour: 20, sigmaSpace: 1 },
      { op: 'wiener', version: 1, sigma: 1, noise: 0.02 },
      { op: 'lowPass', version: 1, cutoff: 0.3, shape: 'butterworth', order: 2 },
      { op: 'bandPass', version: 1, from: 0.01, to: 0.4, shape: 'gaussian', order: 1 },
      { op: 'highPass', version: 1, cutoff: 0.02, shape: 'ideal', order: 1 },
      { op: 'laplacian', version: 1, neighbours: 8, scale: 2 },
      { op: 'otsu', version: 1, kind: 'binary' },
      { op: 'morphology', version: 1, operation: 'close', shape: 'ellipse', size: 5 },
      { op: 'threshold', version: 1, level: 100, kind: 'inverse' },
    ]
    const [there, back] = [steps, steps.toReversed()].map((order) => enhanced(noisySkin(3), order))
    assert.deepEqual([there?.length, back?.length], [width * height * 3, width * height * 3])
    assert.notDeepEqual(there, back)
  })

  it('make of a grey picture the same whether its channels were written out between or not', () => {
    const steps: Step[] = [
      { op: 'grey', version: 1 },
      { op: 'gaussian', version: 1, sigma: 1.3 },
      { op: 'median', version: 1, size: 3 },
      { op: 'otsu', version: 1, kind: 'truncate' },
      { op: 'unsharp', version: 1, sigma: 1, amount: 1, threshold: 0 },
    ]
    const picture = new Picture(noisySkin(9), width, height)
    for (const step of steps) {
      applyStep(picture, step)
      picture.rgb()
    }
    assert.equal(hash(enhanced(noisySkin(9), steps)), hash(picture.rgb()))
  })

  it('balance by a patch that reaches over the edge, and refuse one with nothing to go by', () => {
    const balanceBy = (rgb: Uint8Array, left: number) =>
      enhanced(rgb, [{ op: 'whiteBalance', version: 1, patch: { left, top: 0, width: 1, height: 1 } }])
    const balanced = balanceBy(noisySkin(0), 1)
    const corner = balanced.subarray(3 * (width - 1), 3 * width)
    assert.ok(Math.max(...corner) - Math.min(...corner) < 12)
    assert.throws(() => balanceBy(new Uint8Array(width * height * 3), 0), RangeError)
  })
})
