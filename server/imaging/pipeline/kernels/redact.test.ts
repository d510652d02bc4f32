import { deepEqual, ok } from 'node:assert/strict'
import { redact } from './redact.ts'

describe('Filling what would tell who it is', () => {
  const width = 10
  const height = 4
  const filled = (...areas: Parameters<typeof redact>[3]) => {
    const rgb = new Uint8Array(3 * width * height).fill(200)
    redact(rgb, width, height, areas)
    return Array.from({ length: height }, (_, y) =>
      Array.from({ length: width }, (_, x) => {
        const pixel = rgb.subarray(3 * (y * width + x), 3 * (y * width + x) + 3)
        ok(pixel.every((level) => level === pixel[0]))
        return pixel[0] === 0 ? '#' : '.'
      }).join(''),
    )
  }

  it('blackens every pixel that an area touches, and no other', () => {
    deepEqual(filled({ left: 0.25, top: 0.5, width: 0.3, height: 0.1 }), [
      '..........',
      '..........',
      '..####....',
      '..........',
    ])
  })

  it('ends at the edge of the picture', () => {
    deepEqual(filled({ left: 0.9, top: 0, width: 1, height: 1 }), Array(height).fill('.........#'))
    deepEqual(filled({ left: 0, top: 0, width: 1, height: 1 }), Array(height).fill('##########'))
  })

  it('fills all areas, and nothing without one', () => {
    const row = { top: 0, height: 1, width: 0.1 }
    deepEqual(filled({ ...row, left: 0 }, { ...row, left: 0.5 }), Array(height).fill('#....#....'))
    deepEqual(filled(), Array(height).fill('..........'))
  })
})
