import assert from 'node:assert/strict'
import { ImageRejected, type RejectCode } from './errors.ts'
import { inspect } from './sniff.ts'
import { makeChunk } from './containers/png.ts'
import * as specimens from './test/specimens.ts'

const refusal = (code: RejectCode, detected?: string) => (error: unknown) => {
  assert(error instanceof ImageRejected)
  assert.equal(error.code, code)
  if (detected) assert.equal(error.detected, detected)
  return true
}

describe('looking at an upload without decoding it', () => {
  it('tells format and size of the three kinds of picture that are taken', async () => {
    assert.deepEqual(inspect(await specimens.aJpeg(161, 120)).mediaType, 'image/jpeg')
    for (const [bytes, format] of [
      [await specimens.aJpeg(161, 97), 'jpeg'],
      [await specimens.aPng(161, 97), 'png'],
      [await specimens.aWebp(161, 97), 'webp'],
      [await specimens.asWebp(specimens.skin(161, 97), 161, 97, true), 'webp'],
    ] as const) {
      const seen = inspect(bytes)
      assert.deepEqual([seen.format, seen.width, seen.height, seen.bitsPerSample], [format, 161, 97, 8])
      assert.equal(seen.bytes, bytes.length)
    }
  })

  it('gives the size as it will be seen when the phone was held upright', async () => {
    const jpeg = specimens.insertInJpeg(await specimens.aJpeg(160, 120), specimens.exifSegment(6))
    const seen = inspect(jpeg)
    assert.deepEqual([seen.width, seen.height, seen.orientation], [120, 160, 6])
  })

  it('refuses every other kind of file and says what it is', () => {
    const files: [string, Buffer][] = [
      ['svg', specimens.anSvg()],
      ['html', Buffer.from(specimens.webPage)],
      ['gif', Buffer.from('GIF89a\x01\x00\x01\x00', 'latin1')],
      ['pdf', Buffer.from('%PDF-1.7\n')],
      ['tiff', Buffer.from('II*\0\x08\0\0\0', 'latin1')],
      ['bmp', Buffer.from('BM\x00\x00\x00\x00', 'latin1')],
      ['heic', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0', 'latin1')],
      ['avif', Buffer.from('\0\0\0\x18ftypavif\0\0\0\0', 'latin1')],
      ['unknown', Buffer.alloc(0)],
      ['unknown', Buffer.from('snapshot.jpg')],
    ]
    for (const [kind, bytes] of files) assert.throws(() => inspect(bytes), refusal('unsupported_type', kind))
  })

  it('refuses a picture of 30,000 by 30,000 pixels in a small file, at once', () => {
    const bomb = specimens.aBomb(30_000, 30_000)
    assert(bomb.length < 200_000, `the bomb has ${bomb.length} bytes`)
    const startedAt = performance.now()
    assert.throws(() => inspect(bomb), refusal('too_many_pixels'))
    assert(performance.now() - startedAt < 100)
  })

  it('refuses a very long strip that stays under the pixel count', () => {
    assert.throws(() => inspect(specimens.aBomb(20_000, 8)), refusal('too_many_pixels'))
  })

  it('refuses more than fifteen megabytes, whatever they are', () => {
    assert.throws(() => inspect(Buffer.alloc(15 * 1024 * 1024 + 1, 0xff)), refusal('too_large'))
  })

  it('refuses a file that stops before its end, wherever it was cut', async () => {
    for (const bytes of [await specimens.aJpeg(), await specimens.aPng(), await specimens.aWebp()]) {
      for (const share of [0.05, 0.3, 0.7, 0.99]) {
        assert.throws(() => inspect(bytes.subarray(0, bytes.length * share)), refusal('truncated'))
      }
      assert.throws(() => inspect(bytes.subarray(0, bytes.length - 1)), refusal('truncated'))
    }
  })

  it('refuses moving pictures', async () => {
    const png = specimens.insertInPng(await specimens.aPng(), makeChunk('acTL', Buffer.alloc(8)))
    assert.throws(() => inspect(png), refusal('animated'))
    const webp = specimens.extendWebp(await specimens.aWebp(160, 120), 160, 120, 0x02)
    assert.throws(() => inspect(webp), refusal('animated'))
  })

  it('refuses a PNG whose chunk was altered', async () => {
    const png = await specimens.aPng()
    png[40] = (png[40] ?? 0) ^ 1
    assert.throws(() => inspect(png), refusal('unreadable'))
  })

  it('refuses a JPEG that declares two sizes, or none', async () => {
    const jpeg = await specimens.aJpeg()
    const frame = Buffer.from([8, 0, 9, 0, 9, 1, 1, 0x11, 0])
    const twice = specimens.insertInJpeg(jpeg, specimens.jpegSegment(0xc0, frame))
    assert.throws(() => inspect(twice), refusal('unreadable'))
    const flat = Buffer.from(jpeg)
    const at = flat.indexOf(Buffer.from([0xff, 0xc0]))
    flat.writeUInt16BE(0, at + 5)
    assert.throws(() => inspect(flat), refusal('unreadable'))
  })

  it('refuses a WebP whose header promises another size than its picture', async () => {
    const webp = specimens.extendWebp(await specimens.aWebp(160, 120), 16_000, 3_000, 0)
    assert.throws(() => inspect(webp), refusal('unreadable'))
  })

  it('spends no more than a moment on fifteen megabytes of nothing but markers', async () => {
    const jpeg = await specimens.aJpeg()
    for (const filler of [Buffer.alloc(14_000_000, 0xff), Buffer.alloc(14_000_000, Buffer.from([0xff, 0]))]) {
      const hostile = Buffer.concat([jpeg.subarray(0, -2), filler, Buffer.from([0xff, 0xd9])])
      const taken = [1, 2, 3].map(() => {
        const startedAt = performance.now()
        inspect(hostile)
        return performance.now() - startedAt
      })
      assert(Math.min(...taken) < 500, `${taken.map(Math.round).join(', ')} ms`)
    }
    const confetti = Buffer.concat(Array.from({ length: 30_000 }, () => makeChunk('tEXt', Buffer.alloc(0))))
    assert.throws(() => inspect(specimens.insertInPng(Buffer.from(jpeg), confetti)), ImageRejected)
    const png = specimens.insertInPng(await specimens.aPng(), confetti)
    assert.throws(() => inspect(png), refusal('unreadable'))
  })
})
