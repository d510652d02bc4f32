import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import golden from '../test/golden.json' with { type: 'json' }
import { type GoldenPicture, goldenPictures } from '../test/golden-pictures.ts'
import { adaptiveThreshold } from './adaptive-threshold.ts'
import { bilateral } from './bilateral.ts'
import { eachChannel } from './channels.ts'
import { clahe } from './clahe.ts'
import { connectedComponents } from './components.ts'
import { varianceOfLaplacian } from './focus.ts'
import { gammaTable } from './gamma.ts'
import { gaussianBlur } from './gaussian.ts'
import { grey } from './grey.ts'
import { absoluteView, laplacian } from './laplacian.ts'
import { lightness } from './lightness.ts'
import { median } from './median.ts'
import { morphology } from './morphology.ts'
import { otsuLevel } from './otsu.ts'
import { outlines } from './outline.ts'
import { psnr } from './psnr.ts'
import { applyTable, scaleAbsTable } from './scale-abs.ts'
import { withoutSimd } from './simd/instance.ts'
import { ssim } from './ssim.ts'
import { statistics } from './statistics.ts'
import { thresholdTable } from './threshold.ts'
import { balance, balanceGains } from './white-balance.ts'
import { windowTable } from './window-level.ts'

const pictures = goldenPictures()
const hashes: Record<string, string> = golden.hashes
const numbers: Record<string, string> = golden.numbers

type Samples = Uint8Array | Int16Array | Int32Array | Float64Array

/** By the names of scripts/golden/cases.py: the picture that our kernel makes. */
const kernels: Record<string, (picture: GoldenPicture) => Samples> = {
  grey: ({ rgb }) => grey(rgb),
  lightness: ({ rgb }) => lightness(rgb),
}
for (const neighbours of [4, 8] as const) {
  kernels[`laplacian ${neighbours}`] = ({ grey, width, height }) =>
    laplacian(grey, width, height, { neighbours })
  kernels[`edges ${neighbours}`] = ({ grey, width, height }) =>
    absoluteView(laplacian(grey, width, height, { neighbours }))
}
for (const sigma of [0.3, 1, 2, 7.5, 20]) {
  kernels[`gaussian ${sigma}`] = ({ grey, width, height }) => gaussianBlur(grey, width, height, sigma)
  kernels[`gaussian rgb ${sigma}`] = ({ rgb, width, height }) =>
    eachChannel(rgb, (plane) => gaussianBlur(plane, width, height, sigma))
}
for (const gamma of [0.25, 0.45, 1, 1.8, 2.2]) {
  kernels[`gamma ${gamma}`] = ({ grey }) => through(gammaTable(gamma), grey)
}
for (const [centre, width] of [
  [128, 256],
  [127.5, 1],
  [100, 60],
  [40, 2],
  [200, 400],
] as const) {
  kernels[`window ${centre} ${width}`] = ({ grey }) => through(windowTable({ centre, width }), grey)
}
for (const size of [3, 5] as const) {
  kernels[`median ${size}`] = ({ grey, width, height }) => median(grey, width, height, { size })
  kernels[`median rgb ${size}`] = ({ rgb, width, height }) =>
    eachChannel(rgb, (plane) => median(plane, width, height, { size }))
}
for (const kind of ['binary', 'inverse', 'truncate', 'toZero'] as const) {
  for (const level of [0, 90, 127, 255]) {
    kernels[`threshold ${kind} ${level}`] = ({ grey }) => through(thresholdTable({ level, kind }), grey)
  }
}
for (const [red, green, blue] of [
  [1, 1, 1],
  [1.3, 1, 0.7],
  [0.5, 2.5, 1.1],
] as const) {
  kernels[`balance ${red} ${green} ${blue}`] = ({ rgb }) => balance(rgb, { red, green, blue })
}
for (const [alpha, beta] of [
  [1.3, -20],
  [0.5, 0],
  [2.7, 33.5],
] as const) {
  kernels[`scaleAbs ${alpha} ${beta}`] = ({ rgb }) => through(scaleAbsTable(alpha, beta), rgb)
}
for (const [clipLimit, tiles] of [
  [1.5, 8],
  [4, 2],
  [2, 5],
] as const) {
  kernels[`clahe ${clipLimit} ${tiles}`] = ({ grey, width, height }) =>
    clahe(grey, width, height, { clipLimit, tiles })
}
for (const [diameter, sigmaColour, sigmaSpace] of [
  [5, 30, 2],
  [9, 25, 3.5],
  [3, 75, 75],
] as const) {
  const options = { diameter, sigmaColour, sigmaSpace }
  const settings = Object.values(options).join(' ')
  kernels[`bilateral ${settings}`] = ({ grey, width, height }) => bilateral(grey, width, height, options)
  kernels[`bilateral rgb ${settings}`] = ({ rgb, width, height }) => bilateral(rgb, width, height, options)
}
for (const neighbourhood of ['mean', 'gaussian'] as const) {
  for (const [size, offset] of [
    [3, 0],
    [5, -3],
    [7, 2.5],
    [9, 4],
    [11, 5],
    [31, -1.5],
  ] as const) {
    kernels[`adaptive ${neighbourhood} ${size} ${offset}`] = ({ grey, width, height }) =>
      adaptiveThreshold(grey, width, height, { neighbourhood, size, offset })
  }
}
for (const [shape, size] of [
  ['rect', 3],
  ['rect', 9],
  ['cross', 5],
  ['ellipse', 3],
  ['ellipse', 7],
  ['ellipse', 15],
] as const) {
  for (const operation of ['erode', 'dilate', 'open', 'close', 'gradient'] as const) {
    kernels[`${operation} ${shape} ${size}`] = ({ grey, width, height }) =>
      morphology(grey, width, height, { operation, shape, size })
  }
}
for (const neighbours of [4, 8] as const) {
  kernels[`labels ${neighbours}`] = ({ grey, width, height }) =>
    connectedComponents(maskOf(grey), width, height, { neighbours }).labels
  kernels[`components ${neighbours}`] = ({ grey, width, height }) =>
    Float64Array.from(
      connectedComponents(maskOf(grey), width, height, { neighbours }).components.flatMap(
        ({ left, top, width, height, area, centre }) => [left, top, width, height, area, centre.x, centre.y],
      ),
    )
}
kernels.outlines = ({ grey, width, height }) =>
  Int32Array.from(outlines(maskOf(grey), width, height).flatMap((walk) => [walk.length / 2, ...walk]))

/** By the same names: the numbers that our kernel finds. */
const measures: Record<string, (picture: GoldenPicture) => number[]> = {
  otsu: ({ grey }) => [otsuLevel(grey)],
  varianceOfLaplacian: ({ grey, width, height }) => [varianceOfLaplacian(grey, width, height)],
  statistics: ({ grey }) => {
    const { mean, deviation, darkShare, brightShare } = statistics(grey, { dark: 5, bright: 250 })
    return [mean, deviation, darkShare, brightShare]
  },
  psnr: ({ grey, width, height }) => [psnr(grey, median(grey, width, height, { size: 3 }))],
  'psnr rgb': ({ rgb, width, height }) => [
    psnr(
      rgb,
      eachChannel(rgb, (plane) => median(plane, width, height, { size: 3 })),
    ),
  ],
  'psnr equal': ({ grey }) => [psnr(grey, grey)],
  'ssim median': ({ grey, width, height }) => [
    ssim(grey, median(grey, width, height, { size: 3 }), width, height),
  ],
  'ssim gaussian': ({ grey, width, height }) => [
    ssim(grey, gaussianBlur(grey, width, height, 2), width, height),
  ],
  'ssim equal': ({ grey, width, height }) => [ssim(grey, grey, width, height)],
  'balanceGains 2': (picture) => gainsOfAll(picture),
  'balanceGains 3': (picture) => gainsOfAll(picture, 200),
}

describe('the pixel kernels beside OpenCV', () => {
  it('look at the very pictures that OpenCV was given', () => {
    assert.deepEqual(
      Object.fromEntries(pictures.map(({ name, grey, rgb }) => [name, `${hash(grey)} ${hash(rgb)}`])),
      golden.pictures,
    )
  })

  it('leave none of its answers unasked', () => {
    assert.deepEqual(Object.keys(kernels).sort(), Object.keys(hashes).sort())
    assert.deepEqual(Object.keys(measures).sort(), Object.keys(numbers).sort())
  })

  for (const [name, kernel] of Object.entries(kernels)) {
    it(`agree to the bit, plain and fast: ${name}`, () => {
      const wanted = hashes[name]?.split(' ') ?? []
      const different = pictures.filter((picture, i) => {
        const plain = withoutSimd(() => kernel(picture))
        return hash(plain) !== wanted[i] || hash(kernel(picture)) !== wanted[i]
      })
      assert.deepEqual(
        different.map((picture) => picture.name),
        [],
      )
    })
  }

  for (const [name, measure] of Object.entries(measures)) {
    it(`agree to twelve digits: ${name}`, () => {
      const wanted = numbers[name]?.split(' ') ?? []
      for (const [i, picture] of pictures.entries()) {
        const ours = measure(picture)
        const theirs = wanted[i]?.split(',').map(Number) ?? []
        assert.equal(ours.length, theirs.length)
        const near = ours.every((number, n) => Math.abs(number - theirs[n]!) <= 1e-12 * Math.abs(theirs[n]!))
        assert(near, `${picture.name}: ${ours.join()} instead of ${theirs.join()}`)
      }
    })
  }
})

function through(table: Uint8Array, samples: Uint8Array): Uint8Array {
  const out = samples.slice()
  applyTable(out, table)
  return out
}

function maskOf(grey: Uint8Array): Uint8Array {
  return through(thresholdTable({ level: 140, kind: 'binary' }), grey)
}

/** With the whole picture for a patch; 0 where it has no pixel to measure. */
function gainsOfAll({ rgb, width, height }: GoldenPicture, level?: number): number[] {
  const patch = { left: 0, top: 0, width, height }
  try {
    const { red, green, blue } = balanceGains(rgb, width, height, { patch, ...(level && { level }) })
    return [red, green, blue]
  } catch (error) {
    if (error instanceof RangeError) return [0]
    throw error
  }
}

function hash({ buffer, byteOffset, byteLength }: Samples): string {
  const bytes = new Uint8Array(buffer, byteOffset, byteLength)
  return createHash('sha256').update(bytes).digest('hex').slice(0, 16)
}
