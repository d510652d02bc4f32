import assert from 'node:assert/strict'
import { AnnotationShape } from '#shared/imaging-viewer.ts'
import type { PicturePoint } from '#shared/imaging-viewer.ts'
import {
  angleOf,
  areaOf,
  lengthOf,
  measureOf,
  scaleOf,
  perimeterOf,
  simplify,
  type Scale,
} from './geometry.ts'

const size = { width: 400, height: 300 }
const at = (x: number, y: number): PicturePoint => ({ x: x / size.width, y: y / size.height })
const byHand: Scale = { by: 'hand', mmPerPixel: 0.5 }
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
    assert.deepEqual(scaleOf(shapes, size), { by: 'hand', mmPerPixel: 0.25 })
    assert.equal(scaleOf(shapes.slice(1, 2), size), null)
    const none: AnnotationShape = { kind: 'calibration', points: [at(5, 5), at(5, 5)], millimetres: 20 }
    assert.equal(scaleOf([none], size), null)
  })

  it('says what each shape measures, in millimetres where they are known', () => {
    const ruler: AnnotationShape = { kind: 'ruler', points: [at(0, 0), at(30, 40)] }
    assert.deepEqual(measureOf(ruler, size, null), { of: 'length', length: 50, unit: 'px' })
    assert.deepEqual(measureOf(ruler, size, byHand), { of: 'length', length: 25, unit: 'mm' })
    const outline: AnnotationShape = { kind: 'outline', points: [at(0, 0), at(20, 0), at(20, 10), at(0, 10)] }
    const found = measureOf(outline, size, byHand)
    assert.ok(found?.of === 'area' && found.unit === 'mm')
    near(found.area, 50)
    near(found.perimeter, 30)
    assert.equal(measureOf({ kind: 'arrow', points: [at(0, 0), at(1, 1)] }, size, byHand), null)
  })

  it('measures by the printed marker on the plane that it lies on, seen from the side', () => {
    // A plane in perspective: ten millimetres are fewer pixels the further down they lie.
    const seen = (x: number, y: number) => at((40 + 8 * x) / (1 + y / 40), (20 + 10 * y) / (1 + y / 40))
    const corners = [seen(0, 0), seen(20, 0), seen(20, 20), seen(0, 20)]
    const [a, b] = corners
    assert.ok(a && b)
    const scale = scaleOf(
      [{ kind: 'calibration', points: [a, b], millimetres: 20, marker: { corners } }],
      size,
    )
    assert.equal(scale?.by, 'marker')
    const ruler = measureOf({ kind: 'ruler', points: [seen(25, 3), seen(28, 7)] }, size, scale)
    assert.ok(ruler?.of === 'length' && ruler.unit === 'mm')
    near(ruler.length, 5)
    const square = [seen(22, 2), seen(30, 2), seen(30, 10), seen(22, 10)]
    const outline = measureOf({ kind: 'outline', points: square }, size, scale)
    assert.ok(outline?.of === 'area')
    near(outline.area, 64)
    near(outline.perimeter, 32)
    const angle = measureOf({ kind: 'angle', points: [seen(30, 2), seen(22, 2), seen(22, 10)] }, size, scale)
    assert.ok(angle?.of === 'angle')
    near(angle.degrees, 90)
  })

  it('stays with pixels when the marker that was kept is none', () => {
    const corners = [at(0, 0), at(10, 0), at(20, 0), at(30, 0)]
    const points = [at(0, 0), at(10, 0)]
    assert.equal(scaleOf([{ kind: 'calibration', points, millimetres: 20, marker: { corners } }], size), null)
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
