import assert from 'node:assert/strict'
import { deflateSync } from 'node:zlib'
import { makeChunk } from './containers/png.ts'
import type { Orientation } from './containers/container.ts'
import { strip } from './strip.ts'
import * as specimens from './test/specimens.ts'

const width = 160
const height = 120
const secret = Buffer.from('taken at home by the patient')
const xmp = Buffer.from(`http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>${specimens.gpsMark}</x:xmpmeta>`, 'latin1')

async function aTalkativeJpeg(orientation: Orientation): Promise<Buffer> {
  const jpeg = specimens.insertInJpeg(
    await specimens.aJpeg(width, height),
    specimens.exifSegment(orientation),
    specimens.jpegSegment(0xe1, xmp),
    specimens.jpegSegment(0xed, Buffer.from(`Photoshop 3.0\0${specimens.gpsMark}`, 'latin1')),
    specimens.jpegSegment(0xe5, secret),
    specimens.jpegSegment(0xfe, secret),
  )
  return Buffer.concat([jpeg, Buffer.from(specimens.webPage), Buffer.alloc(300_000, 7)])
}

async function aTalkativePng(orientation: Orientation): Promise<Buffer> {
  const png = specimens.insertInPng(
    await specimens.aPng(width, height),
    makeChunk('eXIf', specimens.phoneExif(orientation)),
    makeChunk('tEXt', Buffer.concat([Buffer.from('Comment\0'), secret])),
    makeChunk('zTXt', Buffer.concat([Buffer.from('Place\0\0'), deflateSync(Buffer.from(specimens.gpsMark))])),
    makeChunk('iTXt', Buffer.from(`XML:com.adobe.xmp\0\0\0\0\0${specimens.gpsMark}`, 'latin1')),
    makeChunk('tIME', Buffer.from([7, 234, 1, 2, 3, 4, 5])),
  )
  return Buffer.concat([png, Buffer.from(specimens.webPage)])
}

async function aTalkativeWebp(orientation: Orientation): Promise<Buffer> {
  const webp = specimens.extendWebp(
    await specimens.aWebp(width, height),
    width,
    height,
    0x0c,
    specimens.riffChunk('EXIF', specimens.phoneExif(orientation)),
    specimens.riffChunk('XMP ', xmp),
    specimens.riffChunk('NOTE', secret),
  )
  return Buffer.concat([webp, Buffer.from(specimens.webPage)])
}

const makers = { jpeg: aTalkativeJpeg, png: aTalkativePng, webp: aTalkativeWebp }

describe('taking out of a picture what is not the picture', () => {
  for (const [format, make] of Object.entries(makers)) {
    it(`leaves no place, maker, comment or appended page in a ${format}`, async () => {
      const before = await make(6)
      const { bytes, removed } = strip(before)
      for (const trace of [specimens.gpsMark, 'taken at home', '<html', 'xmpmeta', 'Photoshop']) {
        assert(!bytes.includes(trace), `${trace} is still there`)
      }
      const metadata = await specimens.metadataOf(bytes)
      assert.equal(metadata.xmp, undefined)
      assert.equal(metadata.iptc, undefined)
      assert.equal(metadata.comments, undefined)
      const kinds = new Set(removed.map((piece) => piece.kind))
      assert(kinds.has('exif') && kinds.has('trailer'))
    })

    it(`does not change a pixel of a ${format}`, async () => {
      const before = await make(1)
      const after = await specimens.pixelsOf(strip(before).bytes)
      assert.deepEqual(after, await specimens.pixelsOf(before))
    })

    it(`keeps how a ${format} is to be turned, and nothing else of its EXIF`, async () => {
      const { bytes, inspected } = strip(await make(8))
      assert.equal(inspected.orientation, 8)
      assert.deepEqual([inspected.width, inspected.height], [height, width])
      assert(((await specimens.metadataOf(bytes)).exif?.length ?? 0) <= 32)
      assert.equal((await specimens.metadataOf(strip(await make(1)).bytes)).exif, undefined)
    })

    it(`gives the same ${format} when done twice`, async () => {
      const once = strip(await make(3))
      const twice = strip(once.bytes)
      assert(once.bytes.equals(twice.bytes))
      assert.deepEqual(twice.inspected, once.inspected)
    })
  }

  it('keeps the colour profile of each format', async () => {
    for (const make of [specimens.aJpeg, specimens.aPng, specimens.aWebp]) {
      const before = await specimens.withProfile(await make(width, height))
      const profile = (await specimens.metadataOf(before)).icc
      assert(profile)
      assert.deepEqual((await specimens.metadataOf(strip(before).bytes)).icc, profile)
    }
  })

  it('drops what only calls itself a colour profile', async () => {
    const fake = Buffer.concat([
      Buffer.from('ICC_PROFILE\0\x01\x01', 'latin1'),
      Buffer.from(specimens.webPage),
    ])
    const jpeg = specimens.insertInJpeg(await specimens.aJpeg(), specimens.jpegSegment(0xe2, fake))
    const png = specimens.insertInPng(
      await specimens.aPng(),
      makeChunk('iCCP', Buffer.concat([Buffer.from('x\0\0'), deflateSync(Buffer.from(specimens.webPage))])),
    )
    const bomb = specimens.insertInPng(
      await specimens.aPng(),
      makeChunk('iCCP', Buffer.concat([Buffer.from('x\0\0'), deflateSync(Buffer.alloc(50_000_000))])),
    )
    for (const bytes of [jpeg, png, bomb]) {
      const stripped = strip(bytes)
      assert(stripped.removed.some((piece) => piece.kind === 'profile'))
      assert.equal((await specimens.metadataOf(stripped.bytes)).icc, undefined)
    }
  })

  it('cuts the small preview out of a JPEG header', async () => {
    const jfif = Buffer.concat([
      Buffer.from('JFIF\0\x01\x01\0\0\x01\0\x01\x02\x02', 'latin1'),
      Buffer.from('a face in !!'),
    ])
    const jpeg = specimens.insertInJpeg(await specimens.aJpeg(), specimens.jpegSegment(0xe0, jfif))
    const { bytes } = strip(jpeg)
    assert(!bytes.includes('a face in'))
    assert.equal((await specimens.pixelsOf(bytes)).width, 160)
  })
})
