import assert from 'node:assert/strict'
import { presets, Recipe } from './imaging-recipe.ts'

describe('the recipe of a derived picture', () => {
  it('accepts each preset as it is', () => {
    for (const preset of Object.values(presets)) assert.deepEqual(Recipe.parse(preset), preset)
  })

  it('keeps the steps in the order they were asked for', () => {
    const steps = [...presets.balanced.steps].reverse()
    assert.deepEqual(
      Recipe.parse({ ...presets.balanced, steps }).steps.map((step) => step.op),
      ['unsharp', 'clahe', 'scaleAbs'],
    )
  })

  it('survives being stored as text', () => {
    assert.deepEqual(Recipe.parse(JSON.parse(JSON.stringify(presets.balanced))), presets.balanced)
  })

  it('refuses what it does not know rather than leaving it out', () => {
    const { balanced } = presets
    const [first] = balanced.steps
    const wrong = [
      { ...balanced, version: 2 },
      { ...balanced, note: 'x' },
      { ...balanced, steps: [{ op: 'rembrandt', version: 1 }] },
      { ...balanced, steps: [{ ...first, version: 2 }] },
      { ...balanced, steps: [{ ...first, gamma: 1 }] },
      { ...balanced, steps: [{ ...first, alpha: Number.NaN }] },
      { ...balanced, steps: [{ ...first, alpha: Number.POSITIVE_INFINITY }] },
      { ...balanced, steps: Array.from({ length: 17 }, () => first) },
      { ...balanced, display: { maxEdge: 100_000, quality: 90 } },
    ]
    for (const recipe of wrong) assert.equal(Recipe.safeParse(recipe).success, false)
  })
})
