import assert from 'node:assert/strict'
import { AnnotationShape } from '#shared/imaging-viewer.ts'
import type { PicturePoint } from '#shared/imaging-viewer.ts'
import {
  angleOf,
  areaOf,
  lengthOf,
  measureOf,
  millimetresPerPixel,
  perimeterOf,
  simplify,
} from './geometry.ts'

const size = { width: 400, height: 300 }
const at = (x: number, y: number): PicturePoint => ({ x: x / size.width, y: y / size.height })
const near = (found: number, wanted: number) => {
  assert.ok(Math.abs(found - wanted) < 1e-9 * Math.max(1, wanted), `${found} is not ${wanted}`)
}

describe('measuring on a picture', () => {
  it('gives lengths in pixels, whatever the shape of the picture', () => {
    near(lengthOf(at(10, 20), at(40, 60), size), 50)
    near(lengthOf(at(0, 0), at(0, 300), size), 300)
  })

  it('gives the angle at the vertex', () => {
    near(angleOf(at(100, 50), at(50, 50), at(50, 100), size), 90)
    near(angleOf(at(100, 50), at(50, 50), at(100, 100), size), 45)
    near(angleOf(at(0, 50), at(50, 50), at(100, 50), size), 180)
    near(angleOf(at(100, 50), at(50, 50), at(100, 50), size), 0)
    near(angleOf(at(50, 50), at(50, 50), at(100, 50), size), 0)
  })

  it('gives area and perimeter of an outline, drawn either way round', () => {
    const square = [at(10, 10), at(110, 10), at(110, 110), at(10, 110)]
    near(areaOf(square, size), 10_000)
    near(areaOf(square.toReversed(), size), 10_000)
    near(perimeterOf(square, size), 400)
    const hollow = [at(0, 0), at(100, 0), at(100, 100), at(50, 50), at(0, 100)]
    near(areaOf(hollow, size), 7_500)
    const circle = Array.from({ length: 360 }, (_, n) =>
      at(200 + 100 * Math.cos((n * Math.PI) / 180), 150 + 100 * Math.sin((n * Math.PI) / 180)),
    )
    assert.ok(Math.abs(areaOf(circle, size) / (Math.PI * 100 ** 2) - 1) < 1e-4)
    assert.ok(Math.abs(perimeterOf(circle, size) / (2 * Math.PI * 100) - 1) < 1e-4)
  })

  it('turns pixels into millimetres by the newest calibration', () => {
    const shapes: AnnotationShape[] = [
      { kind: 'calibration', points: [at(0, 0), at(100, 0)], millimetres: 50 },
      { kind: 'ruler', points: [at(0, 0), at(10, 0)] },
      { kind: 'calibration', points: [at(0, 0), at(0, 80)], millimetres: 20 },
    ]
    near(millimetresPerPixel(shapes, size) ?? 0, 0.25)
    assert.equal(millimetresPerPixel(shapes.slice(1, 2), size), null)
    const none: AnnotationShape = { kind: 'calibration', points: [at(5, 5), at(5, 5)], millimetres: 20 }
    assert.equal(millimetresPerPixel([none], size), null)
  })

  it('says what each shape measures, in millimetres where they are known', () => {
    const ruler: AnnotationShape = { kind: 'ruler', points: [at(0, 0), at(30, 40)] }
    assert.deepEqual(measureOf(ruler, size, null), { of: 'length', length: 50, unit: 'px' })
    assert.deepEqual(measureOf(ruler, size, 0.5), { of: 'length', length: 25, unit: 'mm' })
    const outline: AnnotationShape = { kind: 'outline', points: [at(0, 0), at(20, 0), at(20, 10), at(0, 10)] }
    const found = measureOf(outline, size, 0.5)
    assert.ok(found?.of === 'area' && found.unit === 'mm')
    near(found.area, 50)
    near(found.perimeter, 30)
    assert.equal(measureOf({ kind: 'arrow', points: [at(0, 0), at(1, 1)] }, size, 0.5), null)
  })

  it('thins out a freehand line without moving it, and keeps within what may be sent', () => {
    const circle = Array.from({ length: 2_000 }, (_, n) =>
      at(200 + 100 * Math.cos((n * Math.PI) / 1_000), 150 + 100 * Math.sin((n * Math.PI) / 1_000)),
    )
    const thin = simplify(circle, size, 0.5, 400)
    assert.ok(thin.length < 80, `${thin.length} points`)
    assert.ok(Math.abs(areaOf(thin, size) / areaOf(circle, size) - 1) < 0.01)
    assert.ok(simplify(circle, size, 1e-9, 400).length <= 400)
    assert.ok(AnnotationShape.safeParse({ kind: 'outline', points: thin }).success)
    const straight = [at(0, 0), at(10, 0), at(20, 0), at(30, 0)]
    assert.deepEqual(simplify(straight, size, 0.5, 400), [at(0, 0), at(30, 0)])
  })
})
