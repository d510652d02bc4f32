import assert from 'node:assert/strict'
import type { Planes } from '../planes.ts'
import { colourCount, coloursOf, edgesOf } from './colours.ts'
import { squash } from './squash.ts'

function planes(
  width: number,
  height: number,
  of: (channel: number, x: number, y: number) => number,
): Planes {
  return {
    width,
    height,
    planes: [0, 1, 2].map((channel) =>
      Uint8Array.from({ length: width * height }, (_, at) => of(channel, at % width, Math.floor(at / width))),
    ),
  }
}

describe('what a picture’s type is told from', () => {
  it('is drawn to a square by means, with parts of samples counted as parts', () => {
    const wide = squash(
      planes(6, 2, (_, x) => x * 10),
      2,
    )
    assert.deepEqual([...wide.planes[0]!], [10, 40, 10, 40])
    const odd = squash(
      planes(3, 3, (_, x, y) => (x === 1 && y === 1 ? 90 : 0)),
      2,
    )
    assert.deepEqual([...odd.planes[1]!], [10, 10, 10, 10])
    assert.deepEqual(
      [
        ...squash(
          planes(1, 1, () => 7),
          2,
        ).planes[2]!,
      ],
      [7, 7, 7, 7],
    )
  })

  it('keeps the mean of a picture of any shape', () => {
    const picture = planes(37, 91, (channel, x, y) => (x * 7 + y * 3 + channel * 50) % 256)
    const mean = (plane: Uint8Array) => plane.reduce((sum, value) => sum + value, 0) / plane.length
    const square = squash(picture, 224)
    picture.planes.forEach((plane, at) => assert.ok(Math.abs(mean(plane) - mean(square.planes[at]!)) < 0.5))
  })

  it('knows colours by mean, spread, hue and brightness', () => {
    const red = coloursOf(planes(8, 8, (channel) => (channel === 0 ? 255 : 0)))
    assert.equal(red.length, colourCount)
    assert.deepEqual([...red.slice(0, 6)], [1, 0, 0, 0, 0, 0])
    assert.deepEqual([...red.slice(6, 18)], [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])
    assert.deepEqual([...red.slice(18)], [0, 0, 0, 0, 0, 0, 0, 1])
    const grey = coloursOf(planes(8, 8, () => 100))
    assert.ok(grey.slice(6, 18).every((share) => share === 0))
  })

  it('knows a busy picture from a plain one', () => {
    const [plain] = edgesOf(planes(16, 16, () => 80))
    const [busy, strong] = edgesOf(planes(16, 16, (_, x, y) => ((x + y) % 2) * 255))
    assert.equal(plain, 0)
    assert.ok(busy! > 1)
    assert.ok(strong! > 0.9)
  })
})
