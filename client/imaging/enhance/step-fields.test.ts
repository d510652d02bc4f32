import assert from 'node:assert/strict'
import { presets, Step } from '#shared/imaging-recipe.ts'
import { fieldsOf, offeredSteps, valueOf, withValue } from './step-fields.ts'

describe('the steps that a doctor may add by hand', () => {
  it('are steps that the server takes, at both ends of every slider and with every choice', () => {
    for (const step of offeredSteps) {
      assert.deepEqual(Step.parse(step), step)
      const { sliders, choices } = fieldsOf(step)
      const values = [
        ...sliders.flatMap(({ name, min, max }) => [min, max].map((value) => ({ name, value }))),
        ...choices.flatMap(({ name, of }) => of.map((value) => ({ name, value }))),
      ]
      for (const { name, value } of values) {
        const changed = withValue(step, name, value)
        assert.equal(valueOf(changed, name), value)
        assert.equal(changed.op, step.op)
      }
    }
  })

  it('let every number of every preset be changed', () => {
    for (const step of Object.values(presets).flatMap(({ steps }) => steps)) {
      const { sliders, choices } = fieldsOf(step)
      const named = [...sliders, ...choices].map(({ name }) => name).sort()
      const there = Object.keys(step).filter((key) => !['op', 'version'].includes(key))
      assert.deepEqual(named, there.sort(), step.op)
      for (const { name, min, max } of sliders) {
        const value = valueOf(step, name)
        assert.ok(typeof value === 'number' && value >= min && value <= max, `${step.op} ${name}`)
      }
    }
  })
})
