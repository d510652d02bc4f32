import { deepEqual, equal, ok } from 'node:assert/strict'
import { Step } from '#shared/imaging-recipe.ts'
import { filters, leastSize, mostSize, sizeAt, stepOf } from './filters.ts'
import { boxHeight, histogramPaths } from './histogram-paths.ts'

describe('a part of the structures of a picture', () => {
  it('is one that the server would take too, at every place of the slider', () => {
    for (const filter of filters) {
      for (const place of [0, 13, 50, 100]) {
        const step = stepOf(filter, sizeAt(place), 2)
        deepEqual(Step.parse(step), step)
        if (step.op === 'bandPass') ok(step.from < step.to)
      }
    }
  })

  it('is chosen by size, from two pixels to two hundred', () => {
    equal(sizeAt(0), leastSize)
    ok(Math.abs(sizeAt(100) - mostSize) < 1e-9)
    ok(Math.abs(sizeAt(50) - 20) < 1e-9)
  })
})

describe('the drawing of a histogram', () => {
  it('is not made flat by a wall of white', () => {
    const counts = new Int32Array(256)
    counts[100] = 50
    counts[255] = 100_000
    const [path = ''] = histogramPaths([counts])
    ok(path.includes('L100 0L'), path)
    ok(path.endsWith(`L255 0L255 ${boxHeight}Z`))
  })
})
