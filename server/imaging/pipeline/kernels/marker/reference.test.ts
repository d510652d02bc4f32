import assert from 'node:assert/strict'
import { cornersOf, paperLevel, photograph, pixelOf, type PlanePicture } from '../../test/plane-picture.ts'
import { connectedComponents } from '../components.ts'
import { grey } from '../grey.ts'
import { linearOf, srgbOf } from '../srgb.ts'
import { balance } from '../white-balance.ts'
import { square } from './decode.ts'
import { homographyOf, project, type Homography } from './homography.ts'
import { paperGains } from './paper.ts'
import { findReference, referenceMarker } from './reference.ts'

const size = { width: 800, height: 450 }
const marker = { id: referenceMarker.id, x: -17, y: 2, side: referenceMarker.sideMillimetres, turn: 12 }
const brown = [112, 72, 60] as const
const lesion = { x: 15, y: -3, a: 6, b: 4, turn: 35, colour: brown }
const picture = (more: Partial<PlanePicture>): PlanePicture => ({
  ...size,
  camera: { tiltX: 0, tiltY: 0, roll: 0, distance: 130 },
  markers: [marker],
  spots: [lesion],
  ...more,
})

/** @throws AssertionError when there is none */
function found(rgb: Uint8Array) {
  const reference = findReference(rgb, size.width, size.height)
  assert.ok(reference.found, 'the marker is there')
  return reference
}

describe('measuring beside the printed marker', () => {
  const cameras = [
    { tiltX: 0, tiltY: 0, roll: 0, distance: 130 },
    { tiltX: 32, tiltY: 0, roll: 10, distance: 130 },
    { tiltX: 0, tiltY: 38, roll: 200, distance: 140 },
    { tiltX: -42, tiltY: 12, roll: 95, distance: 120 },
    { tiltX: 28, tiltY: -30, roll: -20, distance: 150 },
    { tiltX: 48, tiltY: 20, roll: 160, distance: 120 },
  ]
  for (const camera of cameras) {
    it(`gives 12.0 x 8.0 mm within 3 %, seen from ${camera.tiltX} and ${camera.tiltY} degrees`, () => {
      const scene = picture({ camera, noise: 6, blur: 0.8, jpeg: 80, light: [0.8, 1] })
      const rgb = photograph(scene)
      const toMillimetres = homographyOf(found(rgb).corners, square(referenceMarker.sideMillimetres))
      const [long, short] = axesOf(rgb, pixelOf(scene, lesion), toMillimetres)
      assert.ok(Math.abs(long / 12 - 1) < 0.03, `${long} mm long`)
      assert.ok(Math.abs(short / 8 - 1) < 0.03, `${short} mm wide`)
    })
  }

  it('says so when there is no marker', () => {
    const rgb = photograph(picture({ markers: [] }))
    assert.deepEqual(findReference(rgb, size.width, size.height), { found: false, reason: 'no_marker' })
  })

  it('does not take another marker for it, whose size nobody knows', () => {
    const rgb = photograph(picture({ markers: [{ ...marker, id: 3 }] }))
    assert.deepEqual(findReference(rgb, size.width, size.height), { found: false, reason: 'no_marker' })
  })

  it('refuses one that is too small or too slanted to measure by', () => {
    const far = photograph(picture({ camera: { tiltX: 0, tiltY: 0, roll: 0, distance: 850 } }))
    assert.deepEqual(findReference(far, size.width, size.height), { found: false, reason: 'too_small' })
    const slanted = photograph(picture({ camera: { tiltX: 0, tiltY: 68, roll: 0, distance: 110 } }))
    assert.deepEqual(findReference(slanted, size.width, size.height), { found: false, reason: 'too_slanted' })
  })

  it('goes by the larger one where there are two', () => {
    const near = { ...marker, x: 0, side: 20 }
    const scene = picture({ markers: [{ ...marker, x: -35, side: 12 }, near] })
    const { corners } = found(photograph(scene))
    const [first] = cornersOf(scene, near)
    assert.ok(first && Math.hypot(first.x - corners[0].x, first.y - corners[0].y) < 0.5)
  })

  it('has no answer beyond the horizon', () => {
    const slope = homographyOf(square(10), [
      { x: 4, y: 4 },
      { x: 6, y: 4 },
      { x: 10, y: 10 },
      { x: 0, y: 10 },
    ])
    assert.equal(
      project(slope, { x: 5, y: 100 }) === null || project(slope, { x: 5, y: -100 }) === null,
      true,
    )
    const line = [{ x: 0, y: 0 }, { x: 1, y: 0 }, { x: 2, y: 0 }, { x: 3, y: 0 }] as const // prettier-ignore
    assert.throws(() => homographyOf(line, square(1)), RangeError)
  })
})

describe('colour by the white border of the printed marker', () => {
  // Skin from light to dark, redness, a bruise, a scab, slough, jaundice, and a colour card's grey, blue and green.
  const colours = [
    [214, 172, 152],
    [176, 124, 100],
    [112, 72, 56],
    [188, 92, 88],
    [112, 84, 116],
    [72, 40, 36],
    [204, 184, 120],
    [200, 164, 96],
    [120, 120, 120],
    [60, 70, 140],
    [80, 140, 80],
  ] as const
  const spots = colours.map((colour, i) => ({ x: 3 + 10 * (i % 4), y: -14 + 11 * Math.floor(i / 4), a: 4, b: 4, turn: 0, colour })) // prettier-ignore
  const scene = picture({
    spots,
    camera: { tiltX: 18, tiltY: -12, roll: 5, distance: 140 },
    light: [0.8, 0.8],
  })
  const asItIs = photograph(scene)
  const casts = {
    'a warm bulb': [[1.2, 0, 0], [0, 1, 0], [0, 0, 0.55]], // prettier-ignore
    'a cold sky': [[0.7, 0, 0], [0, 1, 0], [0, 0, 1.2]], // prettier-ignore
    'a greenish tube': [[0.8, 0, 0], [0, 1, 0], [0, 0, 0.7]], // prettier-ignore
  } as const

  for (const [name, cast] of Object.entries(casts)) {
    it(`takes away the cast of ${name}: median error under 1 dE76`, () => {
      const rgb = photograph({ ...scene, cast, noise: 4, seed: 5 })
      const { gains } = found(rgb)
      assert.ok(gains)
      const before = medianError(rgb)
      const after = medianError(balance(rgb, gains))
      assert.ok(before > 5, `the cast is only ${before}`)
      assert.ok(after < 1, `${after}`)
    })
  }

  it('takes away most of a cast whose colours mix and that is darker too, when the paper is known', () => {
    const cast = [[0.98, 0.06, 0], [0.03, 0.8, 0.02], [0, 0.05, 0.55]] as const // prettier-ignore
    const rgb = photograph({ ...scene, light: [1, 1], cast, noise: 4, seed: 6 })
    const level = 255 * srgbOf(0.8 * linearOf(paperLevel / 255))
    const gains = paperGains(rgb, size.width, size.height, { corners: found(rgb).corners, level })
    assert.ok(gains)
    const [before, after] = [medianError(rgb), medianError(balance(rgb, gains))]
    assert.ok(after < before / 3, `${before} to ${after}`)
  })

  it('is not measured on paper that is overexposed; length still is', () => {
    const rgb = photograph({ ...scene, light: [1.6, 1.6] })
    assert.equal(found(rgb).gains, null)
  })

  /** Over the spots' middles, in CIE Lab. */
  function medianError(rgb: Uint8Array): number {
    const errors = spots.map((spot) => {
      const at = pixelOf(scene, spot)
      const [a, b] = [labAround(asItIs, at), labAround(rgb, at)]
      return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])
    })
    return errors.sort((a, b) => a - b)[errors.length >> 1] ?? NaN
  }
})

/** Full axes of the dark spot at that place in millimetres, from the second moments of its pixels on the plane. */
function axesOf(rgb: Uint8Array, at: { x: number; y: number }, toMillimetres: Homography): [number, number] {
  const { width, height } = size
  const mask = grey(rgb).map((level) => (level < 118 ? 255 : 0))
  const { labels } = connectedComponents(mask, width, height, { neighbours: 4 })
  const wanted = labels[Math.round(at.y) * width + Math.round(at.x)]
  assert.ok(wanted, 'the lesion is dark')
  let [n, x, y, xx, xy, yy] = [0, 0, 0, 0, 0, 0]
  for (const [i, label] of labels.entries()) {
    if (label !== wanted) continue
    const pixel = { x: i % width, y: Math.floor(i / width) }
    const here = project(toMillimetres, pixel)
    const right = project(toMillimetres, { x: pixel.x + 1, y: pixel.y })
    const below = project(toMillimetres, { x: pixel.x, y: pixel.y + 1 })
    assert.ok(here && right && below)
    const area = Math.abs((right.x - here.x) * (below.y - here.y) - (right.y - here.y) * (below.x - here.x))
    n += area
    x += area * here.x
    y += area * here.y
    xx += area * here.x ** 2
    xy += area * here.x * here.y
    yy += area * here.y ** 2
  }
  const [a, b, c] = [xx / n - (x / n) ** 2, xy / n - (x / n) * (y / n), yy / n - (y / n) ** 2]
  const half = Math.hypot((a - c) / 2, b)
  return [4 * Math.sqrt((a + c) / 2 + half), 4 * Math.sqrt((a + c) / 2 - half)]
}

function labAround(rgb: Uint8Array, at: { x: number; y: number }): [number, number, number] {
  const sum = [0, 0, 0]
  for (let i = 0; i < 49; i++) {
    const place =
      3 * ((Math.round(at.y) + Math.floor(i / 7) - 3) * size.width + Math.round(at.x) + (i % 7) - 3)
    for (let c = 0; c < 3; c++) sum[c]! += linearOf((rgb[place + c] ?? 0) / 255) / 49
  }
  const [r = 0, g = 0, b = 0] = sum
  // sRGB to XYZ over the white point D65. (IEC 61966-2-1; CIE 15)
  const x = root((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047)
  const y = root(0.2126729 * r + 0.7151522 * g + 0.072175 * b)
  const z = root((0.0193339 * r + 0.119192 * g + 0.9503041 * b) / 1.08883)
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)]
}

function root(t: number): number {
  return t > 216 / 24389 ? Math.cbrt(t) : (24389 / 27 / 116) * t + 16 / 116
}
