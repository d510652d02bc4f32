import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { seeded } from '../test/specimens.ts'
import { clahe } from './clahe.ts'
import { gaussianBlur, gaussianWeights } from './gaussian.ts'
import { lightness, moveLightness } from './lightness.ts'
import { applyTable, scaleAbsTable } from './scale-abs.ts'
import { unsharp } from './unsharp.ts'

const hash = (plane: Uint8Array) => createHash('sha256').update(plane).digest('hex').slice(0, 16)

/** Noise on a slope, from integers alone, so that the reference could be given the very same picture. */
function reference(width: number, height: number): Uint8Array {
  const next = seeded(2024)
  const rgb = new Uint8Array(width * height * 3)
  for (let i = 0; i < rgb.length; i++) rgb[i] = ((i * 190) / rgb.length + (next() % 64)) | 0
  return rgb
}

const sizes = [
  [160, 120],
  [157, 93],
  [160, 93],
] as const

// SHA-256 (first 16 digits) of what OpenCV 4.14.0 makes of the same pictures.
const goldens: Record<string, string> = {
  scaleAbs: '40ecf1f7866700de',
  'lightness 160x120': '72426a1ab46ff071',
  'clahe 160x120 1.5 2': '83826e7e4c1de3ba',
  'clahe 160x120 1.5 8': '3e5d204863b49a6c',
  'clahe 160x120 4 2': '0ca6c4a0314948ff',
  'clahe 160x120 4 8': 'f4782d9f59dd6de7',
  'gaussian 160x120 0.8': '6c5107fe3217beea',
  'gaussian 160x120 1': 'b88a164d6359f83a',
  'gaussian 160x120 2.5': '0cb6cb30516cbdf7',
  'lightness 157x93': 'fe406f5c46b25974',
  'clahe 157x93 1.5 2': '4b0cd887795aea95',
  'clahe 157x93 1.5 8': 'fe30a52a1f6267e6',
  'clahe 157x93 4 2': 'c675efb578ced958',
  'clahe 157x93 4 8': 'f7ed88b2f3fd50c8',
  'gaussian 157x93 0.8': 'a5b614f0ba935909',
  'gaussian 157x93 1': 'ef75f10d8fa78e95',
  'gaussian 157x93 2.5': 'd5232a09b765ec11',
  'lightness 160x93': 'e97dda7e5e1952d1',
  'clahe 160x93 1.5 2': '4ad88c04523281b4',
  'clahe 160x93 1.5 8': '7827f0976c73d3ce',
  'clahe 160x93 4 2': '506b19bcf6eaa046',
  'clahe 160x93 4 8': '3f2d8405ce50bec0',
  'gaussian 160x93 0.8': '65bde35e08aabcb2',
  'gaussian 160x93 1': 'a411aef384654ced',
  'gaussian 160x93 2.5': '54fbcc429fdd09e1',
}

describe('the brightness and contrast table', () => {
  it('rounds halves to the even level and takes the absolute value, as OpenCV does', () => {
    assert.deepEqual([...scaleAbsTable(0.5, 0).subarray(0, 8)], [0, 0, 1, 2, 2, 2, 3, 4])
    assert.deepEqual([...scaleAbsTable(1, -3).subarray(0, 6)], [3, 2, 1, 0, 1, 2])
    assert.equal(scaleAbsTable(2, 0)[200], 255)
    assert.equal(scaleAbsTable(0, -255)[7], 255)
  })

  it('equals OpenCV 4.14 for 240 pairs of contrast and brightness', () => {
    const all: number[] = []
    for (let alpha = 0; alpha < 30; alpha++) {
      for (let beta = 0; beta < 8; beta++) all.push(...scaleAbsTable(alpha / 10, beta * 70.5 - 255))
    }
    assert.equal(hash(Uint8Array.from(all)), goldens.scaleAbs)
  })

  it('changes every sample and no neighbour', () => {
    const samples = Uint8Array.of(0, 10, 250, 10)
    applyTable(samples, scaleAbsTable(1.5, 1))
    assert.deepEqual([...samples], [1, 16, 255, 16])
  })
})

describe('lightness', () => {
  it('equals the L of OpenCV 4.14', () => {
    for (const [width, height] of sizes) {
      assert.equal(hash(lightness(reference(width, height))), goldens[`lightness ${width}x${height}`])
    }
  })

  it('leaves a picture alone whose lightness does not change', () => {
    const rgb = reference(64, 64)
    const copy = rgb.slice()
    const plane = lightness(rgb)
    moveLightness(copy, plane, plane.slice())
    assert.deepEqual(copy, rgb)
  })

  it('reaches the lightness asked for without turning the colour', () => {
    const skinTones = [
      [224, 172, 145],
      [141, 85, 60],
      [70, 44, 34],
      [190, 90, 90],
    ] as const
    for (const [red, green, blue] of skinTones) {
      for (const move of [-14, -3, 4, 15]) {
        const rgb = Uint8Array.of(red, green, blue)
        const before = lightness(rgb)
        const wanted = Uint8Array.of((before[0] ?? 0) + move)
        const from = chromaOf(rgb)
        moveLightness(rgb, before, wanted)
        assert(Math.abs((lightness(rgb)[0] ?? 0) - (wanted[0] ?? 0)) <= 1)
        const to = chromaOf(rgb)
        assert(Math.hypot(to.a - from.a, to.b - from.b) < 1.5, `${red} ${green} ${blue} by ${move}`)
      }
    }
  })

  it('keeps grey grey', () => {
    for (let level = 5; level < 250; level += 5) {
      const rgb = Uint8Array.of(level, level, level)
      const before = lightness(rgb)
      moveLightness(rgb, before, Uint8Array.of((before[0] ?? 0) + 5))
      assert(Math.max(...rgb) - Math.min(...rgb) <= 1, `${level} became ${[...rgb].join(' ')}`)
    }
  })
})

describe('local contrast', () => {
  it('equals CLAHE of OpenCV 4.14, also where the tiles do not divide the picture', () => {
    for (const [width, height] of sizes) {
      const plane = lightness(reference(width, height))
      for (const clipLimit of [1.5, 4]) {
        for (const tiles of [2, 8]) {
          const key = `clahe ${width}x${height} ${clipLimit} ${tiles}`
          assert.equal(hash(clahe(plane, width, height, { clipLimit, tiles })), goldens[key], key)
        }
      }
    }
  })

  it('works on a picture smaller than its grid', () => {
    for (const [width, height] of [
      [1, 1],
      [3, 2],
      [1, 40],
    ] as const) {
      const plane = new Uint8Array(width * height).fill(90)
      assert.equal(clahe(plane, width, height, { clipLimit: 2, tiles: 8 }).length, plane.length)
    }
  })
})

describe('blur and sharpening', () => {
  it('blurs as OpenCV 4.14 does', () => {
    for (const [width, height] of sizes) {
      const plane = lightness(reference(width, height))
      for (const sigma of [0.8, 1, 2.5]) {
        const key = `gaussian ${width}x${height} ${sigma}`
        assert.equal(hash(gaussianBlur(plane, width, height, sigma)), goldens[key], key)
      }
    }
  })

  it('has weights that add up to one', () => {
    for (let sigma = 0.5; sigma <= 5; sigma += 0.1) {
      assert.equal(
        gaussianWeights(sigma).reduce((sum, weight) => sum + weight),
        256,
      )
    }
  })

  it('blurs a picture narrower than its reach', () => {
    assert.deepEqual([...gaussianBlur(Uint8Array.of(10, 10, 10), 1, 3, 3)], [10, 10, 10])
  })

  it('raises an edge on both sides and leaves even skin as it is', () => {
    const edge = Uint8Array.from({ length: 40 * 9 }, (_, i) => (i % 40 < 20 ? 100 : 140))
    const sharp = unsharp(edge, 40, 9, { sigma: 1, amount: 0.5, threshold: 2 })
    const row = sharp.subarray(4 * 40, 5 * 40)
    assert((row[19] ?? 0) < 100 && (row[20] ?? 0) > 140)
    const noisy = Uint8Array.from({ length: 40 * 9 }, (_, i) => 120 + (i % 2))
    assert.deepEqual(unsharp(noisy, 40, 9, { sigma: 1, amount: 2, threshold: 2 }), noisy)
  })
})

/** a and b of CIE Lab, unrounded, by the book. */
function chromaOf(rgb: Uint8Array): { a: number; b: number } {
  const linear = [...rgb].map((value) => {
    const srgb = value / 255
    return srgb <= 0.04045 ? srgb / 12.92 : ((srgb + 0.055) / 1.055) ** 2.4
  })
  const [red = 0, green = 0, blue = 0] = linear
  const f = (t: number) => (t > 216 / 24389 ? Math.cbrt(t) : (t * 24389) / 27 / 116 + 16 / 116)
  const x = f((0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505)
  const y = f(0.2126 * red + 0.7152 * green + 0.0722 * blue)
  const z = f((0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089)
  return { a: 500 * (x - y), b: 200 * (y - z) }
}
