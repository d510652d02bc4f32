import assert from 'node:assert/strict'
import { presets, Recipe, recipeOf } from './imaging-recipe.ts'

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

  it('has few steps of those that would keep all other pictures waiting', () => {
    const open = { op: 'morphology', version: 1, operation: 'open', shape: 'ellipse', size: 31 } as const
    const ink = {
      op: 'adaptiveThreshold',
      version: 1,
      neighbourhood: 'gaussian',
      size: 99,
      offset: 10,
    } as const
    assert.equal(Recipe.safeParse(recipeOf([open, ink, open])).success, true)
    assert.equal(Recipe.safeParse(recipeOf([open, ink, open, ink])).success, false)
  })
})
