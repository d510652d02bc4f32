import assert from 'node:assert/strict'
import type { Tensor } from '../runtime.ts'
import { boxesIn, surest, type Found } from './cells.ts'

/** An answer of 2 by 3 cells in which nothing is sure of a face. */
function nothing(): Tensor {
  return { data: new Float32Array(2 * 3 * 25).fill(-9), dims: [1, 2, 3, 25] }
}

const box = (x: number, width: number, score: number): Found => ({ x, y: 0, width, height: width, score })

describe('the cells of the face detector', () => {
  it('hold no box where none is sure enough', () => {
    assert.deepEqual(boxesIn(nothing(), 0.3), [])
  })

  it('say where a box is by its cell, and how large it is by its anchor', () => {
    const answer = nothing()
    // The third anchor of the cell in the lower row, middle column: in the middle of it, as large as the anchor.
    answer.data.set([0, 0, 0, 0, 2], (1 * 3 + 1) * 25 + 2 * 5)
    const [found, ...more] = boxesIn(answer, 0.3)
    assert.ok(found)
    assert.deepEqual(more, [])
    assert.ok(Math.abs(found.x + found.width / 2 - 0.5) < 1e-6)
    assert.ok(Math.abs(found.y + found.height / 2 - 0.75) < 1e-6)
    assert.ok(Math.abs(found.width - 2.882459 / 3) < 1e-6)
    assert.ok(Math.abs(found.height - 3.518061 / 2) < 1e-6)
    assert.ok(Math.abs(found.score - 1 / (1 + Math.exp(-2))) < 1e-6)
  })

  it('give one box for one face, the surest, and two for two', () => {
    const [left, inner, right] = [box(0, 0.4, 0.8), box(0.1, 0.2, 0.9), box(0.6, 0.3, 0.5)]
    assert.deepEqual(surest([left, inner, right], 0.4), [inner, right])
  })
})
