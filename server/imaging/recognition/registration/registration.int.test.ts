import assert from 'node:assert/strict'
import type { Registration } from '#shared/imaging-compare.ts'
import type { Homography } from '#shared/imaging-viewer.ts'
import { seeded } from '../../pipeline/test/specimens.ts'
import type { Pixels } from '../../pipeline/tasks.ts'
import { createRecognition, type Recognition } from '../index.ts'
import {
  drawScene,
  evenLight,
  photograph,
  trueMovement,
  upright,
  withSpot,
  type Light,
  type Pose,
  type Scene,
  type SceneKind,
} from '../test/posed-pictures.ts'
import { inShares, moved } from './plane.ts'

const size = { width: 640, height: 480 }
const rich: readonly SceneKind[] = ['freckled', 'wound', 'hairy', 'veined']

describe('laying an earlier picture over a later one', function () {
  this.timeout(300_000)
  let recognition: Recognition
  const scenes = new Map<string, Scene>()
  const firsts = new Map<Scene, Pixels>()

  before(async () => {
    recognition = createRecognition()
    await recognition.warm()
  })
  after(() => recognition.close())

  const register = (first: Pixels, second: Pixels) => recognition.run('registration', { first, second })

  function scene(kind: SceneKind, seed: number): Scene {
    const key = `${kind} ${seed}`
    const drawn = scenes.get(key) ?? drawScene(kind, seed)
    scenes.set(key, drawn)
    return drawn
  }

  /** Several later visits have the same first one: it is drawn once. */
  function asFirstSeen(skin: Scene): Pixels {
    const drawn = firsts.get(skin) ?? photograph(skin, upright, evenLight, { ...size, seed: 1 })
    firsts.set(skin, drawn)
    return drawn
  }

  it('finds the same skin again in another pose, light and focus, to a pixel or two in the corners', async () => {
    const errors: number[] = []
    const lines: string[] = []
    for (const kind of rich) {
      for (let visit = 0; visit < 9; visit++) {
        const skin = scene(kind, 1 + (visit % 3))
        const { pose, light } = laterVisit(kind.length * 100 + visit)
        const first = asFirstSeen(skin)
        const second = photograph(skin, pose, light, { ...size, seed: 2 })
        const found = await register(first, second)
        lines.push(`${kind} ${visit}: ${inWords(found, pose)}`)
        if (found.state === 'registered') errors.push(cornerError(found.homography, pose))
      }
    }
    const sorted = errors.toSorted((a, b) => a - b)
    const [middle, worst] = [sorted[Math.floor(sorted.length / 2)] ?? NaN, sorted.at(-1) ?? NaN]
    const said = `${errors.length} of ${lines.length} registered; corners off by ${middle.toFixed(2)} px, at worst ${worst.toFixed(2)} px\n${lines.join('\n')}`
    process.stdout.write(`      ${said.split('\n', 1).join('')}\n`)
    assert.ok(lines.length >= 30, said)
    assert.ok(errors.length >= 0.9 * lines.length, said)
    assert.ok(worst < 4, said)
    assert.ok(middle < 1, said)
  })

  it('refuses pictures of different skin, however they were taken', async () => {
    const kinds: readonly SceneKind[] = [...rich, 'smooth']
    let tried = 0
    for (const [at, one] of kinds.entries()) {
      for (const [other, seeds] of [
        [one, [1, 2]],
        [one, [2, 3]],
        [kinds[(at + 1) % kinds.length]!, [1, 1]],
        [kinds[(at + 2) % kinds.length]!, [1, 3]],
      ] as const) {
        const { pose, light } = laterVisit(700 + tried)
        const first = asFirstSeen(scene(one, seeds[0]))
        const second = photograph(scene(other, seeds[1]), tried % 2 ? pose : upright, light, {
          ...size,
          seed: 2,
        })
        const found = await register(first, second)
        assert.equal(found.state, 'refused', `${one} ${seeds[0]} on ${other} ${seeds[1]}`)
        tried++
      }
    }
    assert.ok(tried >= 20)
  })

  it('would rather refuse smooth skin, which has nothing to hold on to, than lay it anywhere', async () => {
    let refused = 0
    for (let visit = 0; visit < 6; visit++) {
      const { pose, light } = laterVisit(900 + visit)
      const skin = scene('smooth', 1 + (visit % 3))
      const first = asFirstSeen(skin)
      const found = await register(first, photograph(skin, pose, light, { ...size, seed: 2 }))
      if (found.state === 'refused') refused++
      else assert.ok(cornerError(found.homography, pose) < 4, inWords(found, pose))
    }
    process.stdout.write(`      smooth skin: ${refused} of 6 refused\n`)
    assert.ok(refused >= 4, `${refused} of 6 refused`)
  })

  it('lays the skin around a spot that has grown over itself', async () => {
    const skin = scene('freckled', 1)
    const grown = withSpot(skin, { radius: 70, depth: -60 })
    const { pose, light } = laterVisit(42)
    const found = await register(
      asFirstSeen(withSpot(skin, { radius: 35, depth: -60 })),
      photograph(grown, pose, light, { ...size, seed: 2 }),
    )
    assert.ok(found.state === 'registered', inWords(found, pose))
    assert.ok(cornerError(found.homography, pose) < 3, inWords(found, pose))
  })

  it('refuses the same skin mirrored, far closer, or hardly in the picture', async () => {
    const skin = scene('freckled', 1)
    const first = asFirstSeen(skin)
    const mirrored = { ...size, rgb: mirror(first) }
    assert.equal((await register(first, mirrored)).state, 'refused', 'mirrored')
    const close = photograph(skin, { ...upright, scale: 3.6 }, evenLight, { ...size, seed: 2 })
    assert.equal((await register(first, close)).state, 'refused', 'far closer')
    const far = photograph(skin, { ...upright, shiftX: 0.85 }, evenLight, { ...size, seed: 2 })
    const leaving = photograph(skin, { ...upright, shiftX: -0.5 }, evenLight, { ...size, seed: 2 })
    assert.equal((await register(leaving, far)).state, 'refused', 'hardly in the picture')
  })

  it('refuses pictures in which nothing stands out', async () => {
    const plain = { rgb: new Uint8Array(3 * 320 * 240).fill(128), width: 320, height: 240 }
    const tiny = { rgb: new Uint8Array(3), width: 1, height: 1 }
    for (const [first, second] of [
      [plain, plain],
      [tiny, plain],
      [tiny, tiny],
    ] as const)
      assert.deepEqual(await register(first, second), { state: 'refused', reason: 'few_places', facts: null })
  })
})

function laterVisit(seed: number): { pose: Pose; light: Light } {
  const next = seeded(seed * 31 + 7)
  for (let i = 0; i < 5; i++) next()
  const between = (least: number, most: number) => least + ((most - least) * next()) / 2 ** 32
  const gain = () => between(0.7, 1.15)
  return {
    pose: {
      turn: between(-28, 28),
      scale: between(0.75, 1.35),
      shiftX: between(-0.12, 0.12),
      shiftY: between(-0.12, 0.12),
      tiltX: between(-0.25, 0.25),
      tiltY: between(-0.25, 0.25),
    },
    light: {
      gain: [gain(), gain(), gain()],
      slope: between(-0.5, 0.5),
      noise: between(1, 5),
      blur: next() % 2 ? between(0.5, 1.4) : 0,
    },
  }
}

/** How far the earlier picture's corners land from where they belong, on average, in the later one's pixels. */
function cornerError(homography: Homography, pose: Pose): number {
  const truth = inShares(trueMovement(upright, pose, size.width, size.height), size, size)
  const corners = [0, 1].flatMap((x) => [0, 1].map((y) => ({ x, y })))
  const off = corners.map((corner) => {
    const [found, meant] = [moved(homography, corner), moved(truth, corner)]
    return Math.hypot((found.x - meant.x) * size.width, (found.y - meant.y) * size.height)
  })
  return off.reduce((sum, pixels) => sum + pixels, 0) / off.length
}

function inWords(found: Registration, pose: Pose): string {
  const facts = JSON.stringify(found.facts, (_, value: unknown) =>
    typeof value === 'number' ? Number(value.toFixed(3)) : value,
  )
  if (found.state === 'refused') return `refused, ${found.reason} ${facts}`
  return `${found.confidence}, off by ${cornerError(found.homography, pose).toFixed(2)} px ${facts}`
}

function mirror({ rgb, width, height }: Pixels): Uint8Array {
  const out = new Uint8Array(rgb.length)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let channel = 0; channel < 3; channel++)
        out[(y * width + x) * 3 + channel] = rgb[(y * width + width - 1 - x) * 3 + channel]!
  return out
}
