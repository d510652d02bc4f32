import { deepEqual, equal, ok } from 'node:assert/strict'
import { absoluteView, laplacian } from '#kernels/laplacian.ts'
import { analyse, edgesOf } from './analyse.ts'

const [width, height] = [1024, 576]

/** Grey, of one value for each place. */
function picture(value: (x: number, y: number) => number, wide = width, high = height): Uint8Array {
  const rgb = new Uint8Array(3 * wide * high)
  for (let y = 0, at = 0; y < high; y++) {
    for (let x = 0; x < wide; x++, at += 3) rgb.fill(Math.round(value(x, y)), at, at + 3)
  }
  return rgb
}

/** The same each time. */
function noise(): () => number {
  let state = 12345
  return () => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0
    return state / 2 ** 32
  }
}

const plain = { width, height, scale: 1 }
const patternIn = (rgb: Uint8Array) => analyse(rgb, plain).findings.pattern

describe('what lies in a picture', () => {
  it('is a regular pattern when a screen was photographed, with its period and direction', () => {
    const random = noise()
    for (const [period, degrees] of [
      [3.3, 0],
      [5, 30],
      [12, 135],
    ] as const) {
      const turn = (degrees * Math.PI) / 180
      const wave = (x: number, y: number) =>
        Math.cos((2 * Math.PI * (x * Math.cos(turn) + y * Math.sin(turn))) / period)
      const found = patternIn(
        picture((x, y) => 110 + 60 * Math.sin(x / 200) * Math.cos(y / 150) + 6 * wave(x, y) + 30 * random()),
      )
      ok(found, `nothing found of ${period} px`)
      ok(Math.abs(found.period / period - 1) < 0.03, `${found.period} px instead of ${period}`)
      ok(Math.abs(found.degrees - degrees) <= 2, `${found.degrees} degrees instead of ${degrees}`)
    }
  })

  it('is no pattern in noise, along an edge, around a round spot or in the squares of a JPEG', () => {
    const random = noise()
    equal(patternIn(picture(() => 255 * random())), null, 'noise')
    equal(patternIn(picture((x, y) => (x + 0.3 * y > 600 ? 200 : 60) + 10 * random())), null, 'edge')
    equal(patternIn(picture((x, y) => (Math.hypot(x - 500, y - 280) < 90 ? 90 : 190))), null, 'spot')
    equal(patternIn(picture((x) => 120 + (x % 8 === 0 ? 12 : 0) + 20 * random())), null, 'squares')
    equal(patternIn(picture(() => 120)), null, 'one colour')
  })

  it('tells sharp from soft, and where light or dark has taken the detail', () => {
    const random = noise()
    const checks = picture((x, y) => (((x >> 5) + (y >> 5)) % 2 ? 200 : 60))
    ok(analyse(checks, plain).findings.sharp)
    const waves = picture((x, y) => 128 + 60 * Math.sin(x / 30) * Math.sin(y / 30))
    ok(!analyse(waves, plain).findings.sharp)
    const glare = picture((x) => (x < width / 4 ? 255 : 100 + 20 * random()))
    const { whiteShare, blackShare } = analyse(glare, plain).findings
    ok(Math.abs(whiteShare - 0.25) < 0.01 && blackShare === 0)
  })

  it('counts every pixel once in each of the four histograms, and has its mean in the middle of the spectrum', () => {
    const random = noise()
    const rgb = new Uint8Array(3 * width * height).map(() => 255 * random())
    const { histograms, spectrum } = analyse(rgb, plain)
    for (const counts of Object.values(histograms) as Int32Array[])
      equal(
        counts.reduce((sum, count) => sum + count, 0),
        width * height,
      )
    equal(spectrum.levels[(spectrum.height >> 1) * spectrum.width + (spectrum.width >> 1)], 255)
  })

  it('has its edges as the server would draw them, whatever their strength', () => {
    const random = noise()
    const luma = new Uint8Array(width * height).map(() => 255 * random())
    const signed = laplacian(luma, width, height, { neighbours: 8 })
    for (const strength of [0.5, 2, 7.5])
      deepEqual(edgesOf(luma, width, height, strength), absoluteView(signed, strength))
  })

  it('is there within a tenth of a second for a picture of 1024 by 1024', () => {
    const random = noise()
    const rgb = picture(() => 255 * random(), 1024, 1024)
    // The processor's time, and the least of a few: what else the machine does is not measured here.
    const times = Array.from({ length: 6 }, () => {
      const before = process.cpuUsage()
      analyse(rgb, { ...plain, width: 1024, height: 1024 })
      const { user, system } = process.cpuUsage(before)
      return (user + system) / 1000
    })
    ok(Math.min(...times) < 100, `${Math.min(...times).toFixed(0)} ms`)
  })

  it('is told of tiny pictures too', () => {
    for (const [wide, high] of [
      [1, 1],
      [3, 200],
    ] as const)
      equal(
        analyse(
          picture(() => 77, wide, high),
          { ...plain, width: wide, height: high },
        ).findings.pattern,
        null,
      )
  })
})
