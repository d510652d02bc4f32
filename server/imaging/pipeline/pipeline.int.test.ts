import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { presets } from '#shared/imaging-recipe.ts'
import type { Orientation } from './containers/container.ts'
import { createPipeline, ImageRejected, type ImagingPipeline } from './index.ts'
import { fuzz } from './test/fuzz.ts'
import * as specimens from './test/specimens.ts'

const rejectedAs = (code: ImageRejected['code']) => (error: unknown) =>
  error instanceof ImageRejected && error.code === code

describe('deriving a picture in a media process', function () {
  this.timeout(60_000)
  let pipeline: ImagingPipeline

  before(async () => {
    pipeline = createPipeline({ size: 1 })
    await pipeline.warm()
  })
  after(() => pipeline.close())

  it('gives a JPEG to look at, a small WebP, its size, hash, recipe and times', async () => {
    const derived = await pipeline.derive(await specimens.aJpeg(640, 480), presets.balanced)
    const display = await specimens.metadataOf(derived.display)
    assert.deepEqual(
      [display.format, display.width, display.height, display.chromaSubsampling],
      ['jpeg', 640, 480, '4:2:0'],
    )
    assert.equal(display.isProgressive, false)
    const thumbnail = await specimens.metadataOf(derived.thumbnail)
    assert.deepEqual([thumbnail.format, thumbnail.width, thumbnail.height], ['webp', 320, 240])
    assert.deepEqual([derived.width, derived.height], [640, 480])
    assert.equal(derived.sha256, createHash('sha256').update(derived.display).digest('hex'))
    assert.deepEqual(derived.recipe, presets.balanced)
    assert.match(derived.engine, /^sharp \d+\.\d+\.\d+, libvips \d/)
    assert.deepEqual(
      derived.timings.map((timing) => timing.step),
      ['strip', 'decode', 'measure', 'scaleAbs', 'clahe', 'unsharp', 'colour', 'encode', 'hash'],
    )
    assert(derived.timings.every((timing) => timing.ms >= 0))
  })

  it('makes a small one of the original as well when that is asked for', async () => {
    const original = await specimens.aJpeg(640, 480)
    const preview = { maxEdge: 160, quality: 90 }
    const treated = await pipeline.derive(original, presets.xray, preview)
    const untreated = await pipeline.derive(original, { ...presets.plain, thumbnail: preview })
    assert(treated.preview)
    const { format, width, height } = await specimens.metadataOf(treated.preview)
    assert.deepEqual([format, width, height], ['webp', 160, 120])
    const [one, other] = await Promise.all([treated.preview, untreated.thumbnail].map(specimens.pixelsOf))
    const difference = one!.data.reduce((sum, value, i) => sum + Math.abs(value - other!.data[i]!), 0)
    assert(difference / one!.data.length < 4, `mean difference ${difference / one!.data.length}`)
    assert.equal(untreated.preview, null)
  })

  it('makes the same bytes of the same original by the same recipe, in another process too', async () => {
    const original = await specimens.aJpeg(320, 200)
    const other = createPipeline({ size: 1 })
    try {
      const [first, again, elsewhere] = await Promise.all([
        pipeline.derive(original, presets.balanced),
        pipeline.derive(original, presets.balanced),
        other.derive(original, presets.balanced),
      ])
      assert(first.display.equals(again.display) && first.thumbnail.equals(again.thumbnail))
      assert(first.display.equals(elsewhere.display) && first.thumbnail.equals(elsewhere.thumbnail))
    } finally {
      await other.close()
    }
  })

  it('does the steps in the order of the recipe', async () => {
    const original = await specimens.aPng(200, 160)
    const brighten = { op: 'scaleAbs', version: 1, alpha: 2, beta: -100 } as const
    const soften = { op: 'scaleAbs', version: 1, alpha: 0.5, beta: 20 } as const
    const derive = (steps: (typeof brighten | typeof soften)[]) =>
      pipeline.derive(original, { ...presets.plain, steps })
    const [one, other] = await Promise.all([derive([brighten, soften]), derive([soften, brighten])])
    assert.notEqual(one.sha256, other.sha256)
  })

  it('leaves a picture alone but for its encoding when the recipe has no steps', async () => {
    const original = await specimens.aPng(160, 120)
    const derived = await pipeline.derive(original, presets.plain)
    const before = (await specimens.pixelsOf(original)).data
    const after = (await specimens.pixelsOf(derived.display)).data
    const difference = before.reduce((sum, value, i) => sum + Math.abs(value - (after[i] ?? 0)), 0)
    assert(difference / before.length < 4, `mean difference ${difference / before.length}`)
  })

  it('takes grey, transparent, 16-bit, CMYK, palette and profiled pictures to plain sRGB', async () => {
    const colour = await specimens.aPng(96, 64)
    const unusual = await specimens.unusual(colour)
    assert.equal(unusual.length, 10)
    for (const variant of unusual) {
      const { display } = await pipeline.derive(pipeline.accept(variant).bytes, presets.balanced)
      const metadata = await specimens.metadataOf(display)
      assert.deepEqual([metadata.space, metadata.channels, metadata.icc], ['srgb', 3, undefined])
    }
  })

  it('reduces a very large picture to what the recipe allows', async () => {
    const original = await specimens.aJpeg(900, 300)
    const recipe = { ...presets.plain, display: { maxEdge: 300, quality: 90 } }
    const derived = await pipeline.derive(original, recipe)
    assert.deepEqual([derived.width, derived.height], [300, 100])
  })

  describe('turns the picture as the phone was held', () => {
    // Which of the four fields ends up in the top left corner, by orientation.
    const topLeft: Record<Orientation, string> = {
      1: 'red',
      2: 'green',
      3: 'white',
      4: 'blue',
      5: 'red',
      6: 'blue',
      7: 'white',
      8: 'green',
    }
    const topRight: Record<Orientation, string> = {
      1: 'green',
      2: 'red',
      3: 'blue',
      4: 'white',
      5: 'blue',
      6: 'red',
      7: 'green',
      8: 'white',
    }
    const width = 96
    const height = 64
    const raw = specimens.fourFields(width, height)

    for (const [format, make] of Object.entries(specimens.orientedMakers)) {
      it(`in a ${format}`, async () => {
        for (const orientation of [1, 2, 3, 4, 5, 6, 7, 8] as const) {
          const { bytes } = pipeline.accept(await make(raw, width, height, orientation))
          const derived = await pipeline.derive(bytes, presets.plain)
          const turned = orientation >= 5
          assert.deepEqual([derived.width, derived.height], turned ? [height, width] : [width, height])
          const pixels = await specimens.pixelsOf(derived.display)
          const at = (x: number, y: number) => {
            const i = (Math.floor(y * pixels.height) * pixels.width + Math.floor(x * pixels.width)) * 3
            return specimens.nameOf(pixels.data.subarray(i, i + 3))
          }
          assert.equal(at(0.25, 0.25), topLeft[orientation], `top left of ${orientation}`)
          assert.equal(at(0.75, 0.25), topRight[orientation], `top right of ${orientation}`)
        }
      })
    }
  })

  it('gives a clean picture of a JPEG that is also a web page', async () => {
    const page = Buffer.from(specimens.webPage)
    const polyglot = Buffer.concat([
      specimens.insertInJpeg(await specimens.aJpeg(), specimens.jpegSegment(0xfe, page)),
      page,
    ])
    const accepted = pipeline.accept(polyglot)
    const derived = await pipeline.derive(polyglot, presets.balanced)
    for (const bytes of [accepted.bytes, derived.display, derived.thumbnail]) {
      assert(!bytes.includes('<html') && !bytes.includes('<script'))
    }
  })

  it('refuses the tiny file with a vast picture, the drawing and the half picture before any process sees them', async () => {
    const { done, failed } = pipeline.stats()
    const half = (await specimens.aJpeg(640, 480)).subarray(0, 9_000)
    await assert.rejects(
      pipeline.derive(specimens.aBomb(30_000, 30_000), presets.balanced),
      rejectedAs('too_many_pixels'),
    )
    await assert.rejects(pipeline.derive(specimens.anSvg(), presets.balanced), rejectedAs('unsupported_type'))
    await assert.rejects(pipeline.derive(half, presets.balanced), rejectedAs('truncated'))
    assert.deepEqual([pipeline.stats().done, pipeline.stats().failed], [done, failed])
  })

  it('refuses a picture that is damaged inside', async () => {
    const jpeg = await specimens.aJpeg(640, 480)
    const half = Buffer.concat([jpeg.subarray(0, 9_000), Buffer.from([0xff, 0xd9])])
    await assert.rejects(pipeline.derive(half, presets.balanced), rejectedAs('unreadable'))
    await pipeline.derive(jpeg, presets.balanced)
  })

  it('refuses or survives headers that lie about the size', async () => {
    const [png, jpeg] = [await specimens.aPng(), await specimens.aJpeg()]
    for (const lie of [
      specimens.relabelPng(png, 160, 4_000),
      specimens.relabelPng(png, 7_000, 7_000),
      specimens.relabelPng(png, 161, 120),
      specimens.relabelJpeg(jpeg, 160, 4_000),
      specimens.relabelJpeg(jpeg, 7_000, 7_000),
    ])
      await assert.rejects(pipeline.derive(lie, presets.plain), rejectedAs('unreadable'))
    // Fewer rows than there are: what is left over is not looked at.
    const { width, height } = await pipeline.derive(specimens.relabelJpeg(jpeg, 160, 64), presets.plain)
    assert.deepEqual([width, height], [160, 64])
  })

  it('refuses a moving picture at the door', async () => {
    const moving = await specimens.aMovingWebp()
    assert.throws(() => pipeline.accept(moving), rejectedAs('animated'))
  })

  it('takes a picture of exactly the largest size without harm', async () => {
    const derived = await pipeline.derive(specimens.aBomb(10_000, 5_000), presets.plain)
    assert.deepEqual([derived.width, derived.height], [4096, 2048])
  })

  it('survives 300 damaged files of all kinds in one process, which stays small, and still works', async () => {
    const before = pipeline.stats().children
    const { derived, refused, lost, slowestMs, mostRssMb } = await fuzz(pipeline, { count: 300, seed: 7 })
    assert.deepEqual(lost, [])
    assert.equal(derived + refused, 300)
    assert(derived > 20 && refused > 100, `${derived} derived, ${refused} refused`)
    assert(slowestMs < 4_000, `${slowestMs.toFixed(0)} ms for one`)
    assert(mostRssMb < 500, `${mostRssMb.toFixed(0)} MB`)
    assert.equal(pipeline.stats().children[0]?.pid, before[0]?.pid)
    await pipeline.derive(await specimens.aJpeg(), presets.balanced)
  })
})
