import assert from 'node:assert/strict'
import { seeded } from '../test/specimens.ts'
import { fft2, logMagnitude, padded } from './fourier.ts'
import { type Band, frequencyFilter, type RollOff, wienerDeblur } from './frequency.ts'
import { gaussianBlur } from './gaussian.ts'
import { simd, withoutSimd } from './simd/instance.ts'

const powers = [
  [1, 1],
  [2, 1],
  [1, 2],
  [4, 4],
  [8, 2],
  [2, 8],
  [1, 16],
  [32, 1],
  [16, 32],
  [64, 8],
] as const

function noise(length: number, seed = length): Uint8Array {
  const next = seeded(seed)
  return Uint8Array.from({ length }, () => next() & 255)
}

/** A wave across the picture, `cycles` to the sample. */
function wave(width: number, height: number, cycles: number): Uint8Array {
  return Uint8Array.from({ length: width * height }, (_, i) =>
    Math.round(128 + 60 * Math.cos(2 * Math.PI * cycles * (i % width))),
  )
}

/** By the definition, as slow as it is. */
function direct(plane: Uint8Array, width: number, height: number, u: number, v: number) {
  let [re, im] = [0, 0]
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const angle = -2 * Math.PI * ((u * x) / width + (v * y) / height)
      re += plane[y * width + x]! * Math.cos(angle)
      im += plane[y * width + x]! * Math.sin(angle)
    }
  }
  return { re, im }
}

describe('the Fourier transform of a picture', () => {
  it('is what the definition says, on every small size', () => {
    for (const [width, height] of powers) {
      const plane = noise(width * height)
      const { re, im } = fft2(plane, width, height)
      for (let u = 0; u <= width >> 1; u++) {
        for (let v = 0; v < height; v++) {
          const wanted = direct(plane, width, height, u, v)
          const at = u * height + v
          assert(Math.abs(re[at]! - wanted.re) < 1e-9 && Math.abs(im[at]! - wanted.im) < 1e-9)
        }
      }
    }
  })

  it('is the same to the last bit with and without vectors', () => {
    for (const [width, height] of [...powers, [256, 128], [128, 512]] as const) {
      const plane = noise(width * height)
      const plain = withoutSimd(() => fft2(plane, width, height))
      assert.deepEqual(fft2(plane, width, height), plain)
    }
  })

  it('holds the sum of all samples, and their power', () => {
    const plane = noise(128 * 64)
    const { re, im } = fft2(plane, 128, 64)
    assert.equal(
      re[0],
      plane.reduce((sum, level) => sum + level, 0),
    )
    let power = 0
    re.forEach((real, i) => {
      const twice = i >= 64 && i < 64 * 64 ? 2 : 1
      power += twice * (real * real + im[i]! * im[i]!)
    })
    const wanted = plane.reduce((sum, level) => sum + level * level, 0)
    assert(Math.abs(power / plane.length / wanted - 1) < 1e-12)
  })

  it('gives the memory back that a large picture took, and keeps what small ones need', () => {
    const before = simd()
    fft2(noise(512 * 256), 512, 256)
    assert.equal(simd(), before)
    fft2(new Uint8Array(4096 * 2048), 4096, 2048)
    assert.notEqual(simd(), before)
    assert.equal(simd(), simd())
  })

  it('refuses sides that are no powers of two', () => {
    assert.throws(() => fft2(noise(12), 3, 4), RangeError)
    assert.throws(() => fft2(noise(0), 0, 4), RangeError)
  })
})

describe('the view of the frequencies', () => {
  it('has the even part in the middle and a wave as two points beside it', () => {
    const { levels, width, height } = logMagnitude(wave(64, 32, 1 / 8), 64, 32)
    const bright = [...levels.keys()].filter((i) => levels[i]! > 150)
    const middle = (height / 2) * width + width / 2
    assert.equal(levels[middle], 255)
    assert.deepEqual(bright, [middle - 8, middle, middle + 8])
  })

  it('turns about its middle without change', () => {
    const { levels, width, height } = logMagnitude(noise(50 * 27), 50, 27)
    assert.deepEqual([width, height], [64, 32])
    for (let y = 1; y < height; y++) {
      for (let x = 1; x < width; x++) {
        assert.equal(levels[y * width + x], levels[(height - y) * width + width - x])
      }
    }
  })

  it('is black for a black picture', () => {
    assert.deepEqual(logMagnitude(new Uint8Array(6), 3, 2).levels, new Uint8Array(8))
  })
})

describe('padding', () => {
  it('mirrors half from either edge, so that the right runs on into the left', () => {
    const { plane, width, height } = padded(Uint8Array.of(1, 2, 3, 4, 5), 5, 1)
    assert.deepEqual([width, height, ...plane], [8, 1, 1, 2, 3, 4, 5, 4, 3, 2])
    assert.deepEqual([...padded(Uint8Array.of(7), 1, 1).plane], [7])
  })
})

const rollOffs: RollOff[] = [
  { shape: 'ideal' },
  { shape: 'gaussian' },
  { shape: 'butterworth', order: 1 },
  { shape: 'butterworth', order: 4 },
]
const bands: Band[] = [
  { pass: 'low', cutoff: 0.1 },
  { pass: 'high', cutoff: 0.2 },
  { pass: 'band', from: 0.05, to: 0.3 },
]

describe('filters by frequency', () => {
  it('give the same with and without vectors, whatever the size', () => {
    for (const [width, height] of [
      [1, 1],
      [1, 40],
      [37, 1],
      [2, 2],
      [61, 33],
      [100, 129],
    ] as const) {
      const plane = noise(width * height)
      for (const band of bands) {
        for (const rollOff of rollOffs) {
          const filter = { ...band, ...rollOff }
          const plain = withoutSimd(() => frequencyFilter(plane, width, height, filter))
          assert.deepEqual(frequencyFilter(plane, width, height, filter), plain)
        }
      }
      const plain = withoutSimd(() => wienerDeblur(plane, width, height, { sigma: 1.5, noise: 0.01 }))
      assert.deepEqual(wienerDeblur(plane, width, height, { sigma: 1.5, noise: 0.01 }), plain)
    }
  })

  it('leave a picture alone when everything passes', () => {
    const plane = noise(75 * 40)
    assert.deepEqual(frequencyFilter(plane, 75, 40, { pass: 'low', cutoff: 1, shape: 'ideal' }), plane)
  })

  it('keep a wave inside the band and take away one outside', () => {
    for (const rollOff of rollOffs.slice(0, 3)) {
      const slow = wave(64, 16, 1 / 32)
      const fast = wave(64, 16, 1 / 4)
      const both = slow.map((level, i) => (level + fast[i]!) >> 1)
      const low = frequencyFilter(both, 64, 16, { pass: 'low', cutoff: 0.1, ...rollOff })
      const high = frequencyFilter(both, 64, 16, { pass: 'high', cutoff: 0.1, ...rollOff })
      assert(swing(low, 1 / 32) > 4 * swing(low, 1 / 4))
      assert(swing(high, 1 / 4) > 4 * swing(high, 1 / 32))
    }
  })

  it('leave the mean with a low pass and put 128 in its place with a high one', () => {
    const plane = new Uint8Array(30 * 20).fill(77)
    const low = frequencyFilter(plane, 30, 20, { pass: 'low', cutoff: 0.1, shape: 'gaussian' })
    const high = frequencyFilter(plane, 30, 20, { pass: 'high', cutoff: 0.1, shape: 'gaussian' })
    assert(low.every((level) => level === 77))
    assert(high.every((level) => level === 128))
  })

  it('give half at the cutoff of a Butterworth filter', () => {
    const filter = { pass: 'low', cutoff: 1 / 8, shape: 'butterworth', order: 3 } as const
    const plane = wave(64, 16, 1 / 8)
    assert(Math.abs(swing(frequencyFilter(plane, 64, 16, filter), 1 / 8) / swing(plane, 1 / 8) - 0.5) < 0.01)
  })
})

describe('taking back a blur', () => {
  it('brings a blurred picture nearer to the sharp one, and keeps its mean', () => {
    const squares = Uint8Array.from({ length: 96 * 80 }, (_, i) =>
      (((i % 96) >> 4) + ((i / 96) >> 4)) & 1 ? 180 : 70,
    )
    const blurred = gaussianBlur(squares, 96, 80, 1)
    const restored = wienerDeblur(blurred, 96, 80, { sigma: 1, noise: 0.0001 })
    assert(distance(restored, squares) < 0.3 * distance(blurred, squares))
    assert(Math.abs(mean(restored) - mean(blurred)) < 0.5)
  })
})

/** How far a plane of 64 columns swings at a frequency across it. */
function swing(plane: Uint8Array, cycles: number): number {
  const { re, im } = direct(plane.subarray(0, 64), 64, 1, cycles * 64, 0)
  return Math.hypot(re, im)
}

function distance(one: Uint8Array, other: Uint8Array): number {
  return Math.sqrt(one.reduce((sum, level, i) => sum + (level - other[i]!) ** 2, 0) / one.length)
}

function mean(plane: Uint8Array): number {
  return plane.reduce((sum, level) => sum + level, 0) / plane.length
}
