import assert from 'node:assert/strict'
import type { Corners } from '../../pipeline/kernels/marker/point.ts'
import { axisOf, turnedTo } from './direction.ts'
import { convexHull, minAreaRect } from './min-area-rect.ts'
import { inReadingOrder } from './reading-order.ts'
import { boxesOf, sidesOf } from './text-map.ts'

/** A bar of certainty on an empty map, `angle` in radians clockwise on the screen. */
function mapWith(
  bars: { x: number; y: number; long: number; thick: number; angle: number; level?: number }[],
) {
  const [width, height] = [320, 240]
  const data = new Float32Array(width * height)
  for (const { x, y, long, thick, angle, level = 0.95 } of bars) {
    for (let at = 0; at < data.length; at++) {
      const [dx, dy] = [(at % width) - x, Math.floor(at / width) - y]
      const along = dx * Math.cos(angle) + dy * Math.sin(angle)
      const across = dy * Math.cos(angle) - dx * Math.sin(angle)
      if (Math.abs(along) <= long / 2 && Math.abs(across) <= thick / 2) data[at] = level
    }
  }
  return { data, width, height }
}

const degrees = (angle: number) => (angle * Math.PI) / 180

describe('boxes of text in what the detector says', () => {
  it('are one for each line, grown to the height of the letters', () => {
    const boxes = boxesOf(mapWith([{ x: 160, y: 100, long: 200, thick: 10, angle: 0 }]))
    assert.equal(boxes.length, 1)
    const { along, across } = sidesOf(turnedTo(boxes[0]!.corners, 0))
    assert.ok(across > 20 && across < 32, `${across}`)
    assert.ok(along > 212 && along < 224, `${along}`)
  })

  it('follow a line that leans', () => {
    for (const lean of [-35, -12, 8, 30, 60]) {
      const boxes = boxesOf(mapWith([{ x: 160, y: 120, long: 150, thick: 10, angle: degrees(lean) }]))
      assert.equal(boxes.length, 1)
      assert.ok(Math.abs(axisOf(boxes.map(({ corners }) => corners)) - degrees(lean)) < degrees(1.5))
    }
  })

  it('leave out specks and what the detector is hardly sure of', () => {
    const map = mapWith([
      { x: 40, y: 40, long: 3, thick: 2, angle: 0 },
      { x: 160, y: 120, long: 90, thick: 12, angle: 0, level: 0.4 },
    ])
    assert.deepEqual(boxesOf(map), [])
  })

  it('do not take a lone tall digit for a picture held sideways', () => {
    const map = mapWith([
      { x: 160, y: 60, long: 150, thick: 12, angle: 0 },
      { x: 60, y: 150, long: 60, thick: 14, angle: degrees(90) },
    ])
    assert.ok(Math.abs(axisOf(boxesOf(map).map(({ corners }) => corners))) < degrees(2))
  })
})

describe('the smallest rectangle around points', () => {
  it('is the one that a turned square is', () => {
    const points = [
      { x: 0, y: 5 },
      { x: 5, y: 0 },
      { x: 10, y: 5 },
      { x: 5, y: 10 },
      { x: 5, y: 5 },
      { x: 4, y: 6 },
    ]
    const { along, across } = sidesOf(minAreaRect(points))
    assert.ok(Math.abs(along * across - 50) < 1e-9)
    assert.equal(convexHull(points).length, 4)
  })

  it('has no area around a line or a point, and there is none around nothing', () => {
    const line = minAreaRect([
      { x: 1, y: 1 },
      { x: 4, y: 5 },
    ])
    const { along, across } = sidesOf(line)
    assert.ok(Math.abs(Math.max(along, across) - 5) < 1e-9 && Math.min(along, across) < 1e-9)
    assert.deepEqual(minAreaRect([{ x: 3, y: 4 }])[2], { x: 3, y: 4 })
    assert.throws(() => minAreaRect([]), RangeError)
  })
})

describe('the order of reading', () => {
  const box = (x: number, y: number, width = 40, height = 20): Corners => [
    { x, y },
    { x: x + width, y },
    { x: x + width, y: y + height },
    { x, y: y + height },
  ]
  const turn = (corners: Corners, angle: number): Corners => {
    const [a, b, c, d] = corners.map(({ x, y }) => ({
      x: x * Math.cos(angle) - y * Math.sin(angle),
      y: x * Math.sin(angle) + y * Math.cos(angle),
    }))
    return [a!, b!, c!, d!]
  }
  const page = {
    name: box(10, 0, 200),
    expiry: box(150, 63),
    lot: box(10, 60),
    dose: box(10, 30),
    unit: box(220, 66, 20, 9),
  }

  it('goes down the rows and along each, however the picture is held', () => {
    for (const angle of [0, 7, -20, 90, 180, 200]) {
      const lines = Object.entries(page).map(([name, corners]) => ({
        name,
        corners: turn(corners, degrees(angle)),
      }))
      const read = inReadingOrder(lines, ({ corners }) => corners, degrees(angle))
      assert.deepEqual(
        read.map(({ name }) => name),
        ['name', 'dose', 'lot', 'expiry', 'unit'],
      )
    }
  })
})
