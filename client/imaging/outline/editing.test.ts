import assert from 'node:assert/strict'
import { addAfter, editing, handlesOf, move, remove, select } from './editing.ts'

const square = [{ x: 0.2, y: 0.2 }, { x: 0.4, y: 0.2 }, { x: 0.4, y: 0.4 }, { x: 0.2, y: 0.4 }] // prettier-ignore
const all = [0, 1, 2, 3]

describe('an outline that is changed by hand', () => {
  it('moves one point when all have handles, and says that it was changed', () => {
    const moved = move(editing(square), 1, { x: 0.1, y: -0.05 }, all)
    assert.deepEqual(moved.points, [square[0], { x: 0.5, y: 0.15 }, square[2], square[3]])
    assert.deepEqual([moved.selected, moved.changed], [1, true])
    assert.equal(editing(square).changed, false)
  })

  it('takes the points between handles along, the less the further away they are', () => {
    const line = Array.from({ length: 8 }, (_, n) => ({ x: n / 10, y: 0.5 }))
    const moved = move(editing(line), 4, { x: 0, y: 0.2 }, [0, 4])
    assert.deepEqual(
      moved.points.map(({ y }) => y),
      [0.5, 0.55, 0.6, 0.65, 0.7, 0.65, 0.6, 0.55],
    )
  })

  it('stays on the picture', () => {
    const moved = move(editing(square), 0, { x: -3, y: 3 }, all)
    assert.deepEqual(moved.points[0], { x: 0, y: 1 })
  })

  it('gets a point in the middle of a side, the last one too', () => {
    const added = addAfter(editing(square), 3)
    assert.deepEqual([added.points.length, added.selected], [5, 4])
    const { x, y } = added.points[4] ?? { x: 0, y: 0 }
    assert.ok(Math.abs(x - 0.2) < 1e-9 && Math.abs(y - 0.3) < 1e-9)
  })

  it('takes no more points than can be kept', () => {
    const full = editing(Array.from({ length: 400 }, (_, n) => ({ x: n / 400, y: 0.5 })))
    assert.equal(addAfter(full, 10), full)
  })

  it('loses a point with those that hang on it, and remains at least a triangle', () => {
    const less = remove(editing(square), 1)
    assert.deepEqual(less.points, [square[0], square[2], square[3]])
    assert.equal(less.selected, 1)
    assert.equal(remove(less, 0), less)
    const line = Array.from({ length: 8 }, (_, n) => ({ x: n / 10, y: 0.5 }))
    assert.deepEqual(
      remove(select(editing(line), 5, [0, 5]), 5).points.map(({ x }) => x),
      [0, 0.1, 0.2, 0.3, 0.4],
    )
  })

  it('shows as many handles as fingers can tell apart, the chosen one among them', () => {
    const places = Array.from({ length: 10 }, (_, n) => ({ x: n * 10, y: 0 }))
    assert.deepEqual(handlesOf(places, 25, null), [0, 3, 6, 9])
    assert.deepEqual(handlesOf(places, 25, 1), [1, 4, 7])
    assert.deepEqual(handlesOf(places, 5, null), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
  })
})
