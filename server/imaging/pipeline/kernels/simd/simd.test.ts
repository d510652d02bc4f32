import assert from 'node:assert/strict'
import { buildSimd, keptSimd } from '#scripts/build-simd.ts'
import { seeded } from '../../test/specimens.ts'
import { clahe } from '../clahe.ts'
import { gaussianBlur } from '../gaussian.ts'
import { grey } from '../grey.ts'
import { histogram } from '../histogram.ts'
import { laplacian } from '../laplacian.ts'
import { lightness, moveLightness } from '../lightness.ts'
import { median } from '../median.ts'
import { applyTable } from '../scale-abs.ts'
import { simdProblem, withoutSimd } from './instance.ts'

type Samples = Uint8Array | Int16Array | Int32Array

/** What each kernel with a fast path makes of a plane. */
const kernels: Record<string, (plane: Uint8Array, width: number, height: number) => Samples> = {
  'a table of levels': (plane) => {
    const samples = plane.slice()
    applyTable(
      samples,
      Uint8Array.from({ length: 256 }, (_, level) => (level * 167 + 31) & 255),
    )
    return samples
  },
}
for (const sigma of [0.3, 0.5, 1, 2, 2.7, 5, 12]) {
  kernels[`Gaussian blur of ${sigma}`] = (plane, width, height) => gaussianBlur(plane, width, height, sigma)
}
for (const neighbours of [4, 8] as const) {
  kernels[`edges by ${neighbours} neighbours`] = (plane, width, height) =>
    laplacian(plane, width, height, { neighbours })
}

for (const tiles of [2, 3, 8, 16]) {
  kernels[`local contrast on ${tiles} x ${tiles} tiles`] = (plane, width, height) =>
    clahe(plane, width, height, { clipLimit: 2, tiles })
}

kernels['the count of levels'] = (plane) => histogram(plane)
kernels['the median of nine'] = (plane, width, height) => median(plane, width, height, { size: 3 })
kernels['grey'] = (plane) => grey(inColour(plane))
kernels['lightness'] = (plane) => lightness(inColour(plane))
for (const gap of [0, 1, 40, 255]) {
  kernels[`lightness moved by up to ${gap}`] = (plane) => {
    const rgb = inColour(plane)
    const before = lightness(rgb)
    const wanted = before.map((level, i) =>
      Math.min(255, Math.max(0, level + (plane[i]! % (2 * gap + 1)) - gap)),
    )
    moveLightness(rgb, before, wanted)
    return rgb
  }
}

const sizes = [
  [1, 1],
  [1, 37],
  [37, 1],
  [2, 2],
  [3, 5],
  [15, 4],
  [16, 16],
  [17, 9],
  [33, 31],
  [64, 3],
  [129, 67],
  // More than one strip.
  [1031, 211],
  [20_001, 7],
] as const

const pictures: Record<string, (length: number) => Uint8Array> = {
  noise: (length) => {
    const next = seeded(length)
    return Uint8Array.from({ length }, () => next() & 255)
  },
  black: (length) => new Uint8Array(length),
  white: (length) => new Uint8Array(length).fill(255),
}

describe('the fast kernels', () => {
  it('are there', () => {
    assert.equal(simdProblem(), null)
  })

  it('are in the tree as their source makes them', async function () {
    this.timeout(60_000)
    assert.equal(await keptSimd(), await buildSimd())
  })

  for (const [name, kernel] of Object.entries(kernels)) {
    it(`give to the bit what the plain ones give: ${name}`, () => {
      for (const [width, height] of sizes) {
        for (const [kind, make] of Object.entries(pictures)) {
          const plane = make(width * height)
          const before = plane.slice()
          const fast = kernel(plane, width, height)
          const plain = withoutSimd(() => kernel(plane, width, height))
          assert.deepEqual(plane, before)
          assert(same(fast, plain), `${kind} ${width}x${height}`)
        }
      }
    })
  }
})

/** As many pixels as the plane has samples. */
function inColour(plane: Uint8Array): Uint8Array {
  return Uint8Array.from({ length: 3 * plane.length }, (_, i) => plane[(i * 7) % plane.length]!)
}

function same(one: Samples, other: Samples): boolean {
  return Buffer.compare(bytesOf(one), bytesOf(other)) === 0
}

function bytesOf({ buffer, byteOffset, byteLength }: Samples): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength)
}
