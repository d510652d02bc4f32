import assert from 'node:assert/strict'
import { seeded } from '../test/specimens.ts'
import {
  measureCapture,
  measuredEdge,
  movement,
  qualityLimits,
  reasonsAgainst,
  type CaptureMeasures,
} from './capture-quality.ts'
import { gaussianBlur } from './gaussian.ts'
import { reduceToEdge } from './reduce.ts'

const width = 800
const height = 600
/** In pixels of the size at which pictures are measured. */
const blurs = [0, 0.5, 1, 1.5, 2, 3, 4]

/** Patches with hard borders over a slope of light, as a rash on an arm beside a window. */
function scene(contrast = 1): Uint8Array {
  const next = seeded(7)
  const levels = Float64Array.from({ length: width * height }, (_, at) => 95 + (45 * (at % width)) / width)
  for (let spot = 0; spot < 350; spot++) {
    const [left, top, side] = [next() % (width - 40), next() % (height - 40), 6 + (next() % 34)]
    const change = (contrast * ((next() % 80) - 40)) | 0
    for (let y = top; y < top + side; y++)
      for (let x = left; x < left + side; x++) levels[y * width + x]! += change
  }
  return Uint8Array.from(levels, (level) => Math.min(230, Math.max(20, level)))
}

const coloured = (plane: Uint8Array) =>
  Uint8Array.from({ length: plane.length * 3 }, (_, i) => plane[(i / 3) | 0]!)
const measured = (plane: Uint8Array) => measureCapture(coloured(plane), width, height)
const lit = (plane: Uint8Array, gain: number, offset = 0) =>
  plane.map((level) => Math.min(255, Math.max(0, Math.round(level * gain + offset))))
const falling = (values: number[]) => values.every((value, at) => at === 0 || value < values[at - 1]!)

describe('the quality of a picture at capture', () => {
  const sharp = scene()
  const good: CaptureMeasures = {
    width: 1280,
    height: 960,
    sharpness: 200,
    steepness: 10,
    mean: 118,
    contrast: 40,
    darkShare: 0,
    brightShare: 0,
  }

  it('has nothing to say against a sharp, well lit picture', () => {
    assert.deepEqual(reasonsAgainst(measured(sharp)), [])
    assert.deepEqual(reasonsAgainst(good), [])
  })

  it('falls steadily as the picture is blurred, and says so from one and a half pixels on', () => {
    const measures = blurs.map((sigma) =>
      measured(sigma === 0 ? sharp : gaussianBlur(sharp, width, height, (sigma * width) / measuredEdge)),
    )
    assert.ok(falling(measures.map(({ sharpness }) => sharpness)))
    assert.ok(falling(measures.slice(0, 5).map(({ steepness }) => steepness)))
    assert.deepEqual(
      measures.slice(4).map(({ steepness }) => steepness),
      [1, 1, 1],
      'what is soft loses nothing more',
    )
    assert.deepEqual(
      measures.map((measure) => reasonsAgainst(measure).includes('blurred')),
      blurs.map((sigma) => sigma >= 1.5),
    )
  })

  it('is not called blurred for soft light', () => {
    const soft = measured(scene(0.6))
    assert.ok(soft.sharpness < 30)
    assert.deepEqual(reasonsAgainst(soft), [])
  })

  it('is called dark as light is taken away, and never blurred for that', () => {
    const gains = [1, 0.7, 0.5, 0.3, 0.2, 0.1, 0]
    const measures = gains.map((gain) => measured(lit(sharp, gain)))
    assert.ok(falling(measures.map(({ mean }) => mean)))
    assert.deepEqual(
      measures.map((measure) => reasonsAgainst(measure)),
      gains.map((gain) => (gain <= 0.3 ? ['dark'] : [])),
    )
  })

  it('is called bright when much is white, and glare when little is', () => {
    const tooBright = measured(lit(sharp, 1, 140))
    assert.ok(tooBright.brightShare > qualityLimits.brightShareAbove)
    assert.deepEqual(reasonsAgainst(tooBright)[0], 'bright')
    const lamp = sharp.slice()
    for (let y = 100; y < 250; y++) lamp.fill(255, y * width + 200, y * width + 350)
    const { brightShare } = measured(lamp)
    assert.ok(Math.abs(brightShare - (150 * 150) / (width * height)) < 0.002)
    assert.deepEqual(reasonsAgainst(measured(lamp)), ['glare'])
  })

  it('is called small below what teledermatology asks for, whichever way the phone was held', () => {
    const of = (w: number, h: number) => reasonsAgainst({ ...good, width: w, height: h })
    assert.deepEqual([of(800, 600), of(600, 800), of(3000, 4000)], [[], [], []])
    assert.deepEqual([of(799, 600), of(640, 480), of(480, 640), of(1280, 599)], Array(4).fill(['small']))
  })

  it('does not depend on how the phone was held', () => {
    const turned = new Uint8Array(sharp.length)
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) turned[x * height + y] = sharp[y * width + x]!
    const upright = measureCapture(coloured(turned), height, width)
    const lying = measured(sharp)
    assert.ok(Math.abs(upright.sharpness - lying.sharpness) < 1e-9 * lying.sharpness)
    assert.equal(upright.mean, lying.mean)
  })

  it('judges the same scene alike at one and at twelve megapixels', () => {
    const twice = new Uint8Array(sharp.length * 9)
    for (let y = 0; y < height * 3; y++)
      for (let x = 0; x < width * 3; x++)
        twice[y * width * 3 + x] = sharp[((y / 3) | 0) * width + ((x / 3) | 0)]!
    const large = measureCapture(coloured(twice), width * 3, height * 3)
    const small = measured(sharp)
    assert.ok(Math.abs(large.sharpness / small.sharpness - 1) < 0.02, `${large.sharpness} ${small.sharpness}`)
  })

  it('can be measured of a single pixel and of a single row', () => {
    assert.equal(measureCapture(new Uint8Array([9, 9, 9]), 1, 1).mean, 9)
    assert.equal(measureCapture(new Uint8Array(3 * 2000).fill(80), 2000, 1).sharpness, 0)
  })
})

describe('a plane made smaller for measuring', () => {
  it('keeps its mean and mixes what it covers by area', () => {
    const {
      plane,
      width: wide,
      height: high,
    } = reduceToEdge(new Uint8Array([0, 90, 180, 0, 90, 180]), 3, 2, 2)
    assert.deepEqual([wide, high], [2, 1])
    assert.deepEqual([...plane], [30, 150])
  })

  it('is never made larger', () => {
    const plane = new Uint8Array([1, 2, 3, 4])
    assert.equal(reduceToEdge(plane, 2, 2, 640).plane, plane)
  })
})

describe('movement between two frames', () => {
  it('is nothing for the same frame and grows with the way it went', () => {
    const frame = scene()
    const moved = (by: number) =>
      movement(
        frame,
        Uint8Array.from(frame, (_, at) => frame[Math.max(0, at - by)]!),
      )
    const ways = [0, 2, 8, 30].map(moved)
    assert.equal(ways[0], 0)
    assert.ok(falling(ways.toReversed()))
  })
})
