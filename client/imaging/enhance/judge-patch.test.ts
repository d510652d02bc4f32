import { deepEqual, equal, ok } from 'node:assert/strict'
import { judgePatch, patchAround } from './judge-patch.ts'

const side = 24

function patch(colour: readonly [number, number, number], swing = 0): Uint8Array {
  return Uint8Array.from({ length: 3 * side * side }, (_, i) => {
    const uneven = Math.floor(i / 3) % 2 ? swing : -swing
    return Math.max(0, Math.min(255, (colour[i % 3] ?? 0) + uneven))
  })
}

const verdictOn = (colour: readonly [number, number, number], swing = 0) =>
  judgePatch(patch(colour, swing), side, side).verdict

describe('a place that was tapped to be white or grey', () => {
  it('is good on paper in daylight, in shade and under a warm lamp', () => {
    equal(verdictOn([236, 238, 235]), 'good')
    equal(verdictOn([120, 128, 142]), 'good')
    equal(verdictOn([238, 216, 178]), 'good')
  })

  it('is not good where the light has burnt it out, or where there is none', () => {
    equal(verdictOn([255, 252, 249]), 'too_bright')
    equal(verdictOn([255, 180, 120]), 'too_bright')
    equal(verdictOn([4, 3, 5]), 'too_dark')
    equal(verdictOn([15, 14, 12]), 'too_dark')
  })

  it('is called coloured on skin, light or dark, and on cloth', () => {
    for (const colour of [
      [224, 172, 140],
      [112, 72, 60],
      [60, 110, 190],
    ] as const)
      equal(verdictOn(colour), 'coloured')
  })

  it('is called uneven where two things meet', () => {
    equal(verdictOn([150, 150, 150], 40), 'uneven')
    equal(verdictOn([150, 150, 150], 5), 'good')
  })

  it('tells the colour that was measured', () => {
    const { red, green, blue } = judgePatch(patch([200, 190, 180]), side, side)
    deepEqual([red, green, blue], [200, 190, 180])
  })

  it('is a square of the picture, inside of it even in a corner', () => {
    const size = { width: 2000, height: 1000 }
    const middle = patchAround({ x: 0.5, y: 0.5 }, size)
    ok(Math.abs(middle.width * size.width - middle.height * size.height) < 1e-9)
    ok(Math.abs(middle.left + middle.width / 2 - 0.5) < 1e-9)
    for (const corner of [0, 1]) {
      const { left, top, width, height } = patchAround({ x: corner, y: corner }, size)
      ok(left >= 0 && top >= 0 && left + width <= 1 && top + height <= 1)
    }
  })
})
