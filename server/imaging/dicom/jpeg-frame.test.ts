import { deepEqual, equal, throws } from 'node:assert/strict'
import sharp from 'sharp'
import { exifSegment, insertInJpeg, jpegSegment } from '../pipeline/test/specimens.ts'
import { fitsDicom, readJpegFrame } from './jpeg-frame.ts'

const picture = sharp({ create: { width: 33, height: 17, channels: 3, background: '#c68642' } })
const jpeg = (options: Parameters<typeof picture.jpeg>[0]) => picture.clone().jpeg(options).toBuffer()

describe('The frame header of a JPEG', () => {
  it('tells size, coding and sampling', async () => {
    const frame = readJpegFrame(await jpeg({ chromaSubsampling: '4:2:0' }))
    deepEqual([frame.rows, frame.columns, frame.coding, frame.bitsPerSample], [17, 33, 0, 8])
    deepEqual(frame.components, [
      { horizontal: 2, vertical: 2 },
      { horizontal: 1, vertical: 1 },
      { horizontal: 1, vertical: 1 },
    ])
    deepEqual([frame.adobeTransform, frame.exif, frame.profile], [null, false, null])
  })

  it('says of a baseline picture with 4:2:0 that DICOM can hold it, and of others that it cannot', async () => {
    const plain = await jpeg({ chromaSubsampling: '4:2:0' })
    const adobe = (transform: number) =>
      jpegSegment(0xee, Buffer.from([...Buffer.from('Adobe'), 0, 100, 0, 0, 0, 0, transform]))
    const pictures = {
      plain: [plain, true],
      'with Adobe’s YCbCr': [insertInJpeg(plain, adobe(1)), true],
      'in RGB': [insertInJpeg(plain, adobe(0)), false],
      'to be turned': [insertInJpeg(plain, exifSegment(6)), false],
      'all colours in full': [await jpeg({ chromaSubsampling: '4:4:4' }), false],
      progressive: [await jpeg({ progressive: true }), false],
      grey: [await picture.clone().greyscale().toColourspace('b-w').jpeg().toBuffer(), false],
      'for print': [await picture.clone().toColourspace('cmyk').jpeg().toBuffer(), false],
    } as const
    for (const [name, [bytes, fits]] of Object.entries(pictures))
      equal(fitsDicom(readJpegFrame(bytes)), fits, name)
  })

  it('is found behind a colour profile, which is handed on', async () => {
    const { profile, columns } = readJpegFrame(await picture.clone().withIccProfile('p3').jpeg().toBuffer())
    equal(columns, 33)
    equal(profile?.toString('latin1', 36, 40), 'acsp')
  })

  it('is not made up for what is no JPEG, or ends too soon', async () => {
    throws(() => readJpegFrame(Buffer.from('RIFF....WEBP')))
    throws(() => readJpegFrame(Buffer.from([0xff, 0xd8, 0xff, 0xda, 0, 2])), /no frame/)
    throws(() => readJpegFrame(Buffer.from([0xff, 0xd8, 0x00, 0x00])), /marker/)
    const whole = await jpeg({})
    throws(() => readJpegFrame(whole.subarray(0, 100)))
  })
})
