import assert from 'node:assert/strict'
import type { AnnotationKind, PicturePoint } from '#shared/imaging-viewer.ts'
import { draw, emptyDraft } from './drafting.ts'
import type { DraftStep } from './drafting.ts'

const near = (a: PicturePoint, b: PicturePoint) => Math.hypot(a.x - b.x, a.y - b.y) < 0.02
const [a, b, c, d] = [{ x: 0.1, y: 0.1 }, { x: 0.5, y: 0.1 }, { x: 0.5, y: 0.5 }, { x: 0.1, y: 0.5 }] // prettier-ignore
const press = (at: PicturePoint): DraftStep => ({ do: 'press', at })
const move = (at: PicturePoint): DraftStep => ({ do: 'move', at })
const release = (at: PicturePoint, moved: boolean): DraftStep => ({ do: 'release', at, moved, near })
const click = (at: PicturePoint) => [press(at), release(at, false)]
const place = (at: PicturePoint): DraftStep => ({ do: 'place', at, near })

/** All shapes that these steps complete, and how many points are left over. */
function drawing(kind: AnnotationKind, steps: DraftStep[]) {
  let draft = emptyDraft(kind)
  const shapes: (readonly PicturePoint[])[] = []
  for (const step of steps) {
    const drawn = draw(draft, step)
    draft = drawn.draft
    if (drawn.done) shapes.push(drawn.done)
  }
  return { shapes, left: draft.points.length }
}

describe('drawing over a picture', () => {
  it('makes a ruler by dragging, by two clicks, and by the keyboard', () => {
    const ways = [
      [press(a), move(b), release(b, true)],
      [...click(a), move(b), ...click(b)],
      [...click(a), press(c), move(b), release(b, true)],
      [place(a), place(b)],
    ]
    for (const steps of ways) assert.deepEqual(drawing('ruler', steps), { shapes: [[a, b]], left: 0 })
  })

  it('points with a single tap, or with a drawn arrow', () => {
    assert.deepEqual(drawing('arrow', click(a)).shapes, [[a, a]])
    assert.deepEqual(drawing('arrow', [press(a), move(b), release(b, true)]).shapes, [[a, b]])
    assert.deepEqual(drawing('arrow', [place(a), place(a)]).shapes, [[a, a]])
  })

  it('makes an angle of three places, its vertex second', () => {
    assert.deepEqual(drawing('angle', [press(a), move(b), release(b, true), move(c), ...click(c)]).shapes, [[a, b, c]]) // prettier-ignore
    assert.deepEqual(drawing('angle', [a, b, c].flatMap(click)).shapes, [[a, b, c]])
    assert.deepEqual(drawing('angle', [a, b, c].map(place)).shapes, [[a, b, c]])
  })

  it('closes an outline where the hand lets go, or at its first corner', () => {
    const free = drawing('outline', [press(a), move(b), move(c), move(d), release(d, true)])
    assert.deepEqual(free.shapes, [[a, b, c, d]])
    assert.deepEqual(drawing('outline', [a, b, c, d, a].flatMap(click)).shapes, [[a, b, c, d]])
    assert.deepEqual(drawing('outline', [a, b, c, d, d].map(place)).shapes, [[a, b, c, d]])
    assert.deepEqual(drawing('outline', [press(a), move(b), release(b, true)]), { shapes: [], left: 0 })
  })

  it('takes the last place back', () => {
    assert.deepEqual(drawing('angle', [place(a), place(d), { do: 'back' }, place(b), place(c)]).shapes, [[a, b, c]]) // prettier-ignore
    assert.deepEqual(drawing('ruler', [{ do: 'back' }]), { shapes: [], left: 0 })
  })

  it('does nothing for a finger that was lifted elsewhere', () => {
    assert.deepEqual(drawing('ruler', [release(a, true)]), { shapes: [], left: 0 })
  })
})
