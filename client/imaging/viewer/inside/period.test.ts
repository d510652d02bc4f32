import { deepEqual, equal, ok } from 'node:assert/strict'
import { scaleOf } from '#kernels/measure.ts'
import { periodOf } from './period.ts'

const size = { width: 4000, height: 3000 }
const middle = { x: 2000, y: 1500 }
const lines = { period: 5, degrees: 0 }

describe('how far apart the lines of a pattern are', () => {
  it('is told in pixels of the original, however small the preview was', () => {
    deepEqual(periodOf(lines, { perPixel: 4000 / 1024, scale: null, middle }), {
      px: (5 * 4000) / 1024,
      mm: null,
    })
  })

  it('is told in millimetres where a line of known length was drawn', () => {
    const scale = scaleOf([{ kind: 'calibration', points: [{ x: 0, y: 0 }, { x: 0.5, y: 0 }], millimetres: 100 }], size) // prettier-ignore
    equal(periodOf(lines, { perPixel: 4, scale, middle }).mm, 1)
  })

  it('is told by the printed marker for the middle of what is seen, along the direction of the lines', () => {
    // Photographed at a slant: twice as many pixels to a millimetre down as across.
    const corners = [{ x: 0.5, y: 0.5 }, { x: 0.55, y: 0.5 }, { x: 0.55, y: 0.6333333 }, { x: 0.5, y: 0.6333333 }] // prettier-ignore
    const points = corners.slice(0, 2)
    const scale = scaleOf([{ kind: 'calibration', points, millimetres: 20, marker: { corners } }], size)
    const across = periodOf(lines, { perPixel: 4, scale, middle }).mm ?? 0
    const down = periodOf({ ...lines, degrees: 90 }, { perPixel: 4, scale, middle }).mm ?? 0
    ok(Math.abs(across - 2) < 0.001, `${across} mm`)
    ok(Math.abs(down - 1) < 0.001, `${down} mm`)
  })
})
