import assert from 'node:assert/strict'
import { AnnotationId, SnapshotId } from '#shared/ids.ts'
import { Annotation } from '#shared/imaging-viewer.ts'
import { lastOf, without, withOne, withoutThoseOf, type Deed } from './deeds.ts'

const uuid = (digit: number) => `01900000-0000-7000-8000-00000000000${digit}`
const [wound, mole] = [SnapshotId.parse(uuid(1)), SnapshotId.parse(uuid(2))]

function deedOn(snapshotId: SnapshotId, digit: number): Deed {
  const shape = { kind: 'text', points: [{ x: 0.5, y: 0.5 }], text: 'here' }
  const author = { role: 'practitioner', name: null, own: true }
  const id = AnnotationId.parse(uuid(digit))
  return { did: 'removed', annotation: Annotation.parse({ id, snapshotId, shape, createdAt: digit, author }) }
}

describe('what was drawn, to be taken back', () => {
  const onWound = deedOn(wound, 3)
  const onMole = deedOn(mole, 4)

  it('is never that of another picture, though it came later', () => {
    assert.equal(lastOf([onWound, onMole], wound), onWound)
    assert.equal(lastOf([onMole], wound), undefined)
  })

  it('waits while another picture is looked at', () => {
    const later = deedOn(wound, 5)
    const left = without([onWound, onMole, later], onMole)
    assert.deepEqual(left, [onWound, later])
    assert.equal(lastOf(left, wound), later)
  })

  it('comes back to the place in time that it had', () => {
    const [older, newer] = [deedOn(wound, 5).annotation, deedOn(wound, 6).annotation]
    assert.deepEqual(withOne([newer], older), [older, newer])
    assert.deepEqual(withOne([older, newer], older), [older, newer])
    assert.deepEqual(withOne([older], newer), [older, newer])
  })

  it('of one picture is out of date after a new drawing on it, that of others is not', () => {
    assert.deepEqual(withoutThoseOf([onWound, onMole], wound), [onMole])
  })
})
