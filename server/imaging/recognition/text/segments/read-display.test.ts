import assert from 'node:assert/strict'
import type { Corners } from '../../../pipeline/kernels/marker/point.ts'
import { readDisplay } from './read-display.ts'

/** Bars a..g (upper, then clockwise, middle last). */
const bars: Record<string, string> = {
  '0': 'abcdef',
  '1': 'bc',
  '2': 'abdeg',
  '3': 'abcdg',
  '4': 'bcfg',
  '5': 'acdfg',
  '6': 'acdefg',
  '7': 'abc',
  '8': 'abcdefg',
  '9': 'abcdfg',
}
/** Left, top, width and height in tenths of a digit's width and twentieths of its height. */
const places: Record<string, [number, number, number, number]> = {
  a: [2, 0, 6, 3],
  b: [8, 1, 2, 8],
  c: [8, 11, 2, 8],
  d: [2, 17, 6, 3],
  e: [0, 11, 2, 8],
  f: [0, 1, 2, 8],
  g: [2, 9, 6, 2],
}

/** A display with digits 80 pixels high, dark on bright or the other way round, and the box around them. */
function display(text: string, { ink = 30, glass = 190, lean = 0 } = {}) {
  const [width, height] = [560, 200]
  const samples = new Uint8Array(width * height).fill(glass)
  let x = 100
  const fill = (left: number, top: number, wide: number, high: number) => {
    for (let py = top; py < top + high; py++) {
      const shift = Math.round((130 - py) * Math.tan((lean * Math.PI) / 180))
      samples.fill(ink, py * width + left + shift, py * width + left + shift + wide)
    }
  }
  for (const character of text) {
    if (character === '.') {
      fill(x - 15, 121, 9, 9)
      continue
    }
    for (const bar of bars[character]!) {
      const [left, top, wide, high] = places[bar]!
      fill(x + left * 4, 50 + top * 4, wide * 4, high * 4)
    }
    x += 58
  }
  const corners: Corners = [
    { x: 92, y: 40 },
    { x: x - 8, y: 40 },
    { x: x - 8, y: 140 },
    { x: 92, y: 140 },
  ]
  return { plane: { samples, width, height }, corners }
}

const textsOf = ({ plane, corners }: ReturnType<typeof display>, box = corners) =>
  readDisplay(plane, box).map(({ text }) => text)

describe('a seven-segment display', () => {
  it('is read digit by digit', () => {
    for (const text of ['36.8', '120', '97', '4051', '26.37', '118', '99.1']) {
      assert.deepEqual(textsOf(display(text)), [text])
    }
  })

  it('is read when it glows, and when its digits lean', () => {
    assert.deepEqual(textsOf(display('38.6', { ink: 240, glass: 12 })), ['38.6'])
    assert.deepEqual(textsOf(display('175', { lean: 8 })), ['175'])
    assert.deepEqual(textsOf(display('40.2', { ink: 200, glass: 20, lean: 10 })), ['40.2'])
  })

  it('is read whole although the box left out its first digit', () => {
    const { plane, corners } = display('182')
    const cut: Corners = [{ ...corners[0], x: 152 }, corners[1], corners[2], { ...corners[3], x: 152 }]
    assert.deepEqual(textsOf({ plane, corners }, cut), ['182'])
  })

  it('gives no number at all when one of its digits cannot be read', () => {
    const shown = display('128')
    // A reflection hides the lower half of the 8 and leaves a shape that is no digit.
    for (let y = 92; y < 116; y++) shown.plane.samples.fill(30, y * 560 + 216, y * 560 + 256)
    assert.deepEqual(textsOf(shown), [])
  })

  it('is not seen in letters, in a frame, or in nothing', () => {
    const empty = display('')
    empty.corners = display('888').corners
    assert.deepEqual(textsOf(empty), [])
    const framed = display('')
    framed.corners = empty.corners
    for (const x of [110, 200]) {
      for (let y = 60; y < 120; y++) framed.plane.samples.fill(30, y * 560 + x, y * 560 + x + 40)
    }
    assert.deepEqual(textsOf(framed), [])
  })
})
