import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import golden from '../../test/golden-markers.json' with { type: 'json' }
import { greyOf, markerScenes } from '../../test/marker-scenes.ts'
import { cornersOf, photograph } from '../../test/plane-picture.ts'
import { grey } from '../grey.ts'
import { detectMarkers } from './detect.ts'
import type { Corners } from './point.ts'

type Found = { id: number; corners: number[] }
const answers: Record<string, { hash: string; markers: Found[] }> = golden.scenes

/** Pixels. */
const fromOpenCv = 1
const fromTruth = 0.5

describe('finding printed markers', () => {
  for (const scene of markerScenes()) {
    const { name, picture } = scene
    it(`sees what OpenCV sees: ${name}`, () => {
      const answer = answers[name]
      assert.ok(answer, 'scripts/golden/markers.py has not seen this photograph')
      const samples = greyOf(scene)
      assert.equal(createHash('sha256').update(samples).digest('hex').slice(0, 16), answer.hash)
      const found = detectMarkers(samples, picture.width, picture.height)
      assert.deepEqual(
        found.map(({ id }) => id),
        answer.markers.map(({ id }) => id),
      )
      for (const { id, corners } of found) {
        const theirs = answer.markers.filter((one) => one.id === id).map((one) => pairs(one.corners))
        const truth = picture.markers.filter((one) => one.id === id).map((one) => cornersOf(picture, one))
        assert.ok(offBy(corners, theirs) <= fromOpenCv, `${offBy(corners, theirs)} pixels from OpenCV's`)
        assert.ok(offBy(corners, truth) <= fromTruth, `${offBy(corners, truth)} pixels off`)
      }
    })
  }

  it('has been held against at least thirty photographs, with and without markers', () => {
    const all = Object.values(answers)
    assert.ok(all.length >= 30)
    assert.ok(
      all.some(({ markers }) => markers.length === 0) && all.some(({ markers }) => markers.length > 2),
    )
  })

  it('takes less than a tenth of a second for a picture of 1280 x 720', () => {
    const size = { width: 1280, height: 720 }
    const camera = { tiltX: 25, tiltY: 10, roll: 15, distance: 180 }
    const markers = [{ id: 27, x: -20, y: 0, side: 20 }]
    const samples = grey(photograph({ ...size, camera, markers, noise: 8 }))
    const spent = Array.from({ length: 8 }, () => {
      // Of the processor: others may be busy beside us.
      const before = process.cpuUsage()
      assert.equal(detectMarkers(samples, size.width, size.height).length, 1)
      const { user, system } = process.cpuUsage(before)
      return (user + system) / 1000
    })
    const best = Math.min(...spent)
    process.stdout.write(`      ${best.toFixed(0)} ms\n`)
    assert.ok(best < 100, `${best} ms`)
  }).timeout(30_000)
})

function pairs(numbers: number[]): { x: number; y: number }[] {
  return [0, 2, 4, 6].map((at) => ({ x: numbers[at] ?? NaN, y: numbers[at + 1] ?? NaN }))
}

/** The furthest corner's distance from the nearest of these. */
function offBy(corners: Corners, these: { x: number; y: number }[][]): number {
  const distances = these.map((other) =>
    Math.max(...corners.map(({ x, y }, i) => Math.hypot(x - (other[i]?.x ?? NaN), y - (other[i]?.y ?? NaN)))),
  )
  return Math.min(...distances)
}
