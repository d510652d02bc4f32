import assert from 'node:assert/strict'
import { AnnotationId, SnapshotId } from '#shared/ids.ts'
import type { Annotation, AnnotationShape } from '#shared/imaging-viewer.ts'
import { courseOf, measuresOf } from './measures.ts'

const id = '01a2c2a0-0000-7000-8000-000000000001'
const size = { width: 1000, height: 500 }
const drawn = (...shapes: AnnotationShape[]): Annotation[] =>
  shapes.map((shape) => ({
    id: AnnotationId.parse(id),
    snapshotId: SnapshotId.parse(id),
    shape,
    createdAt: 0,
    author: { role: 'practitioner', name: 'Dr. Keller', own: true },
  }))
const ruler = (to: number): AnnotationShape => ({ kind: 'ruler', points: [{ x: 0, y: 0 }, { x: to, y: 0 }] }) // prettier-ignore
const square: AnnotationShape = {
  kind: 'outline',
  points: [
    { x: 0, y: 0 },
    { x: 0.1, y: 0 },
    { x: 0.1, y: 0.2 },
    { x: 0, y: 0.2 },
  ],
}
const calibration: AnnotationShape = {
  kind: 'calibration',
  points: [
    { x: 0, y: 0 },
    { x: 0.5, y: 0 },
  ],
  millimetres: 50,
}

describe('what was measured on the pictures of a series', () => {
  it('is in millimetres where the picture is calibrated, largest first', () => {
    const { lengths, areas } = measuresOf(drawn(calibration, ruler(0.2), ruler(0.6), square), size)
    assert.deepEqual(
      lengths.map(({ value, unit }) => [Math.round(value), unit]),
      [
        [60, 'mm'],
        [20, 'mm'],
      ],
    )
    assert.deepEqual(
      areas.map(({ value, unit }) => [Math.round(value), unit]),
      [[100, 'mm']],
    )
  })

  it('stays in pixels where it is not, and takes no part in the course', () => {
    const { lengths } = measuresOf(drawn(ruler(0.2)), size)
    assert.deepEqual(lengths, [{ value: 200, unit: 'px' }])
    assert.deepEqual(
      courseOf([
        { at: 1, measured: lengths },
        {
          at: 2,
          measured: [
            { value: 12, unit: 'mm' },
            { value: 3, unit: 'mm' },
          ],
        },
        { at: 3, measured: [] },
      ]),
      [{ at: 2, value: 12 }],
    )
  })
})
