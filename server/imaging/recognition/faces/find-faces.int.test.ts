import assert from 'node:assert/strict'
import { join } from 'node:path'
import sharp from 'sharp'
import type { Face } from '#shared/imaging-recognition.ts'
import { fourFields, skin } from '../../pipeline/test/specimens.ts'
import type { Pixels } from '../../pipeline/tasks.ts'
import { openModelInWasm, type Model } from '../runtime.ts'
import { faceCard, faceFile, findFaces, openFaceDetector } from './find-faces.ts'

// NASA's portrait of Eileen Collins, in the public domain; from scikit-image.
const portrait = join(import.meta.dirname, '../test/faces/astronaut.jpg')
/** Of the head in it, in its 512 by 512 pixels. */
const head = { left: 140, top: 10, width: 170, height: 230 }
/** The face's middle and height in the head's picture. */
const face = { x: 0.49, y: 0.53, height: 0.55 }

type Placed = { x: number; y: number; faceHeight: number; turn?: number; light?: number; mirrored?: boolean }

/** Heads before a skin-coloured ground. */
async function scene(width: number, height: number, placed: Placed[]) {
  const layers = await Promise.all(
    placed.map(async ({ x, y, faceHeight, turn = 0, light = 1, mirrored = false }) => {
      const size = Math.round(faceHeight / face.height)
      const cut = sharp(portrait).extract(head).resize({ height: size }).modulate({ brightness: light })
      const upright = await (mirrored ? cut.flop() : cut).png().toBuffer()
      const { data, info } = await sharp(upright)
        .rotate(turn, { background: '#8a8a8a' })
        .png()
        .toBuffer({ resolveWithObject: true })
      return {
        input: data,
        left: Math.round(x * width - info.width / 2),
        top: Math.round(y * height - info.height / 2),
      }
    }),
  )
  const rgb = await sharp(skin(width, height), { raw: { width, height, channels: 3 } })
    .composite(layers)
    .removeAlpha()
    .raw()
    .toBuffer()
  return { rgb, width, height }
}

const covers = ({ box }: Face, { x, y }: { x: number; y: number }) =>
  x > box.x && x < box.x + box.width && y > box.y && y < box.y + box.height

const [width, height] = [1280, 720]
const scenes: Record<string, Placed[]> = {
  'that is near': [{ x: 0.5, y: 0.5, faceHeight: 380 }],
  'at an arm’s length': [{ x: 0.4, y: 0.5, faceHeight: 240 }],
  'across a table': [{ x: 0.6, y: 0.45, faceHeight: 130 }],
  'across a room': [{ x: 0.7, y: 0.3, faceHeight: 70 }],
  'leaning to the left': [{ x: 0.5, y: 0.5, faceHeight: 200, turn: -20 }],
  'leaning to the right': [{ x: 0.5, y: 0.5, faceHeight: 200, turn: 20 }],
  'in poor light': [{ x: 0.5, y: 0.5, faceHeight: 180, light: 0.45 }],
  'in glaring light': [{ x: 0.5, y: 0.5, faceHeight: 180, light: 1.35 }],
  'of two people': [
    { x: 0.25, y: 0.5, faceHeight: 220 },
    { x: 0.75, y: 0.4, faceHeight: 120, mirrored: true },
  ],
}

describe('looking for faces', function () {
  this.timeout(60_000)
  let detector: Model

  before(async () => {
    detector = await openFaceDetector()
  })

  for (const [where, placed] of Object.entries(scenes)) {
    it(`finds each face ${where}, and nothing else`, async () => {
      const found = await findFaces(detector, await scene(width, height, placed))
      assert.equal(found.length, placed.length, JSON.stringify(found))
      for (const middle of placed)
        assert.ok(
          found.some((box) => covers(box, middle)),
          JSON.stringify(found),
        )
    })
  }

  it('finds the one face in a portrait', async () => {
    const { data, info } = await sharp(portrait).raw().toBuffer({ resolveWithObject: true })
    const found = await findFaces(detector, { rgb: data, width: info.width, height: info.height })
    assert.equal(found.length, 1)
    assert.ok(covers(found[0]!, { x: 0.43, y: 0.26 }))
    assert.ok(found[0]!.score > 0.9)
  })

  it('finds most faces when they are far away, turned and badly lit, and hardly anything else', async () => {
    let [faces, others] = [0, 0]
    const missed: string[] = []
    for (const faceHeight of [60, 120, 240]) {
      for (const turn of [-30, -15, 0, 15, 30]) {
        for (const light of [0.4, 1, 1.4]) {
          const middle = { x: 0.3 + (faces % 5) / 10, y: 0.5 }
          const boxes = await findFaces(
            detector,
            await scene(width, height, [{ ...middle, faceHeight, turn, light }]),
          )
          const hit = boxes.some((box) => covers(box, middle))
          faces++
          if (!hit) missed.push(`${faceHeight}/${turn}/${light}`)
          others += boxes.length - (hit ? 1 : 0)
        }
      }
    }
    assert.equal(faces, 45)
    assert.ok(missed.length <= 9, `missed height/turn/light ${missed.join(' ')}`)
    assert.ok(others <= 1, `${others} boxes where there is no face`)
  })

  it('finds none where there is nobody', async () => {
    const empty: Pixels[] = [
      { rgb: skin(width, height), width, height },
      { rgb: fourFields(width, height), width, height },
      { rgb: new Uint8Array(3), width: 1, height: 1 },
      { rgb: skin(2000, 20), width: 2000, height: 20 },
    ]
    for (const picture of empty) assert.deepEqual(await findFaces(detector, picture), [])
  })

  it('gives the same boxes in WebAssembly', async () => {
    const picture = await scene(width, height, scenes['of two people']!)
    const inWasm = await findFaces(await openModelInWasm(faceCard, faceFile), picture)
    const native = await findFaces(detector, picture)
    assert.equal(inWasm.length, native.length)
    inWasm.forEach(({ box, score }, at) => {
      assert.ok(Math.abs(box.x - native[at]!.box.x) < 1e-3)
      assert.ok(Math.abs(score - native[at]!.score) < 1e-3)
    })
  })
})
