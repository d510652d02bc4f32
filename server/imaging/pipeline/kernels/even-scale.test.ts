import { equal, ok } from 'node:assert/strict'
import { evenScaleOf, mostUneven } from './even-scale.ts'
import { scaleOf } from './measure.ts'

const size = { width: 1280, height: 720 }

/** The printed marker as a camera at `distance` mm sees it that is tilted by `degrees`, 8 pixels to a millimetre. */
function markerSeen(degrees: number, distance = 200) {
  const tilt = (degrees * Math.PI) / 180
  const corners = [
    [-30, -10],
    [-10, -10],
    [-10, 10],
    [-30, 10],
  ].map(([x = 0, y = 0]) => {
    const depth = distance + x * Math.sin(tilt)
    const pixels = (8 * distance) / depth
    return {
      x: 0.5 + (pixels * x * Math.cos(tilt)) / size.width,
      y: 0.5 + (pixels * y) / size.height,
    }
  })
  const calibration = {
    kind: 'calibration',
    points: corners.slice(0, 2),
    millimetres: 20,
    marker: { corners },
  } as const
  const scale = scaleOf([calibration], size)
  ok(scale)
  return evenScaleOf(scale, size)
}

describe('one scale for all of a picture', () => {
  it('is what the marker says when it was taken from straight above', () => {
    const { mmPerPixel, worst } = markerSeen(0)
    ok(Math.abs(mmPerPixel * 8 - 1) < 1e-6)
    ok(worst < 1e-6)
  })

  it('is good enough for a hand that is not quite straight, and not for a slant', () => {
    ok(markerSeen(6).worst < mostUneven, `${markerSeen(6).worst}`)
    ok(markerSeen(20).worst > mostUneven, `${markerSeen(20).worst}`)
    ok(markerSeen(45).worst > markerSeen(20).worst)
  })

  it('is what the line drawn by hand says', () => {
    const points = [
      { x: 0, y: 0.5 },
      { x: 0.5, y: 0.5 },
    ]
    const scale = scaleOf([{ kind: 'calibration', points, millimetres: 64 }], size)
    ok(scale)
    equal(evenScaleOf(scale, size).mmPerPixel, 0.1)
  })
})
