import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { crc32, deflateSync } from 'node:zlib'
import sharp from 'sharp'
import type { Orientation } from '../containers/container.ts'
import { makeChunk, pngSignature } from '../containers/png.ts'

/** A repeatable sequence of unsigned 32-bit numbers (xorshift). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0 || 1
  return () => {
    state ^= state << 13
    state >>>= 0
    state ^= state >>> 17
    state ^= state << 5
    return (state >>>= 0)
  }
}

/** Interleaved RGB that looks like skin under uneven light, with sensor noise. */
export function skin(width: number, height: number, seed = 1): Uint8Array {
  const next = seeded(seed)
  const rgb = new Uint8Array(width * height * 3)
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 3) {
      const spot = (x - width / 2) ** 2 + (y - height / 2) ** 2 < (height / 6) ** 2 ? -45 : 0
      const level = 120 + (60 * x) / width - (40 * y) / height + spot + (next() % 9) - 4
      rgb.set([level + 45, level, level - 22], at)
    }
  }
  return rgb
}

/** Four fields: red top left, green top right, blue bottom left, white bottom right. */
export function fourFields(width: number, height: number): Uint8Array {
  const rgb = new Uint8Array(width * height * 3)
  const colours = [
    [230, 20, 20],
    [20, 200, 20],
    [20, 20, 230],
    [250, 250, 250],
  ] as const
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 3) {
      rgb.set(colours[(y < height / 2 ? 0 : 2) + (x < width / 2 ? 0 : 1)] ?? [0, 0, 0], at)
    }
  }
  return rgb
}

const fromRaw = (rgb: Uint8Array, width: number, height: number) =>
  sharp(rgb, { raw: { width, height, channels: 3 } })

export const asJpeg = (rgb: Uint8Array, width: number, height: number, quality = 92) =>
  fromRaw(rgb, width, height).jpeg({ quality }).toBuffer()

export const asPng = (rgb: Uint8Array, width: number, height: number) =>
  fromRaw(rgb, width, height).png().toBuffer()

export const asWebp = (rgb: Uint8Array, width: number, height: number, lossless = false) =>
  fromRaw(rgb, width, height).webp({ quality: 90, lossless }).toBuffer()

export const aJpeg = (width = 160, height = 120) => asJpeg(skin(width, height), width, height)
export const aPng = (width = 160, height = 120) => asPng(skin(width, height), width, height)
export const aWebp = (width = 160, height = 120) => asWebp(skin(width, height), width, height)

/** With a colour profile, as cameras write it. */
export const withProfile = (bytes: Buffer) => sharp(bytes).keepIccProfile().withIccProfile('p3').toBuffer()

export async function pixelsOf(bytes: Uint8Array) {
  const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true })
  return { data, width: info.width, height: info.height, channels: info.channels }
}

export const metadataOf = (bytes: Uint8Array) => sharp(bytes).metadata()

export const gpsMark = 'GPS-N47-22-E8-33'

/** A little-endian TIFF block with an orientation, a serial number and a place, as a phone writes it. */
export function phoneExif(orientation: Orientation): Buffer {
  const text = Buffer.from(`${gpsMark}\0`, 'latin1')
  const entries = 3
  const block = Buffer.alloc(8 + 2 + 12 * entries + 4)
  block.write('II*\0', 0, 'latin1')
  block.writeUInt32LE(8, 4)
  block.writeUInt16LE(entries, 8)
  const entry = (index: number, tag: number, type: number, count: number, value: number) => {
    const at = 10 + 12 * index
    block.writeUInt16LE(tag, at)
    block.writeUInt16LE(type, at + 2)
    block.writeUInt32LE(count, at + 4)
    if (type === 3) block.writeUInt16LE(value, at + 8)
    else block.writeUInt32LE(value, at + 8)
  }
  entry(0, 0x010f, 2, text.length, block.length) // maker
  entry(1, 0x0112, 3, 1, orientation)
  entry(2, 0x8825, 4, 1, block.length) // place of the GPS directory
  return Buffer.concat([block, text])
}

export function jpegSegment(marker: number, data: Buffer): Buffer {
  const header = Buffer.from([0xff, marker, 0, 0])
  header.writeUInt16BE(data.length + 2, 2)
  return Buffer.concat([header, data])
}

/** Puts segments right after the start of a JPEG. */
export function insertInJpeg(jpeg: Buffer, ...segments: Buffer[]): Buffer {
  return Buffer.concat([jpeg.subarray(0, 2), ...segments, jpeg.subarray(2)])
}

export const exifSegment = (orientation: Orientation) =>
  jpegSegment(0xe1, Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), phoneExif(orientation)]))

/** Puts chunks right after the header of a PNG. */
export function insertInPng(png: Buffer, ...chunks: Buffer[]): Buffer {
  const headerEnd = pngSignature.length + 25
  return Buffer.concat([png.subarray(0, headerEnd), ...chunks, png.subarray(headerEnd)])
}

export function riffChunk(type: string, data: Buffer): Buffer {
  const header = Buffer.alloc(8)
  header.write(type, 0, 'latin1')
  header.writeUInt32LE(data.length, 4)
  return Buffer.concat([header, data, Buffer.alloc(data.length & 1)])
}

/** Turns a simple WebP into an extended one with more chunks after the picture. */
export function extendWebp(webp: Buffer, width: number, height: number, flags: number, ...chunks: Buffer[]) {
  const header = Buffer.alloc(10)
  header[0] = flags
  header.writeUIntLE(width - 1, 4, 3)
  header.writeUIntLE(height - 1, 7, 3)
  const body = Buffer.concat([
    Buffer.from('WEBP', 'latin1'),
    riffChunk('VP8X', header),
    webp.subarray(12),
    ...chunks,
  ])
  return riffChunk('RIFF', body)
}

/** A PNG whose header promises a size and whose rows are all zero: tiny on disk, vast when decoded. */
export function aBomb(width: number, height: number): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([1, 0], 8) // one bit, grey
  const rows = deflateSync(Buffer.alloc((Math.ceil(width / 8) + 1) * height), { level: 9 })
  return Buffer.concat([
    pngSignature,
    makeChunk('IHDR', header),
    makeChunk('IDAT', rows),
    makeChunk('IEND', Buffer.alloc(0)),
  ])
}

export const anSvg = () =>
  Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')

/** One red point. */
export const aGif = () =>
  Buffer.from('R0lGODlhAQABAIAAAP8AAP///yH5BAAAAAAALAAAAAABAAEAAAICRAEAOw==', 'base64')

export const webPage = '<!doctype html><html><script>alert(document.cookie)</script></html>'

/** The same picture in grey, with transparency, with 16 bits, in another colour space, by palette, and in passes. */
export async function unusual(png: Buffer): Promise<Buffer[]> {
  return Promise.all([
    sharp(png).greyscale().toColourspace('b-w').jpeg().toBuffer(),
    sharp(png).ensureAlpha(0.5).png().toBuffer(),
    sharp(png).ensureAlpha(0.5).webp().toBuffer(),
    sharp(png).toColourspace('rgb16').png().toBuffer(),
    sharp(png).toColourspace('cmyk').jpeg().toBuffer(),
    sharp(png).withIccProfile('p3').jpeg().toBuffer(),
    sharp(png).png({ palette: true, colours: 64 }).toBuffer(),
    sharp(png).png({ palette: true, colours: 64, progressive: true }).toBuffer(),
    sharp(png).png({ progressive: true }).toBuffer(),
    sharp(png).jpeg({ progressive: true, chromaSubsampling: '4:4:4' }).toBuffer(),
  ])
}

/** One maker per format of a picture that is stored turned. */
export const orientedMakers = {
  jpeg: async (rgb: Uint8Array, width: number, height: number, orientation: Orientation) =>
    insertInJpeg(await asJpeg(rgb, width, height), exifSegment(orientation)),
  png: async (rgb: Uint8Array, width: number, height: number, orientation: Orientation) =>
    insertInPng(await asPng(rgb, width, height), makeChunk('eXIf', phoneExif(orientation))),
  webp: async (rgb: Uint8Array, width: number, height: number, orientation: Orientation) =>
    extendWebp(
      await asWebp(rgb, width, height, true),
      width,
      height,
      0x08,
      riffChunk('EXIF', phoneExif(orientation)),
    ),
}

/** The field of `fourFields` that a pixel belongs to. */
export function nameOf([red = 0, green = 0, blue = 0]: Iterable<number> & ArrayLike<number>): string {
  const bright = [red > 128, green > 128, blue > 128].map(Number).join('')
  return { '100': 'red', '010': 'green', '001': 'blue', '111': 'white' }[bright] ?? `${red} ${green} ${blue}`
}

/** A copy with a few bytes changed, mostly near the start, where the headers are. */
export function mutate(bytes: Buffer, next: () => number): Buffer {
  const mutant = Buffer.from(bytes)
  for (let changes = 1 + (next() % 8); changes > 0; changes--) {
    const reach = next() % 10 < 4 ? Math.min(600, mutant.length) : mutant.length
    mutant[next() % reach] = next() & 0xff
  }
  return mutant.subarray(0, 8).equals(pngSignature) ? withSoundSums(mutant) : mutant
}

/** Mends the checksums, without which no damage to a PNG would ever reach a decoder. */
function withSoundSums(png: Buffer): Buffer {
  for (let at = pngSignature.length; at + 12 <= png.length;) {
    const end = at + 8 + png.readUInt32BE(at)
    if (end + 4 > png.length) break
    png.writeUInt32BE(crc32(png.subarray(at + 4, end)), end)
    at = end + 4
  }
  return png
}

/** A WebP of two frames. */
export function aMovingWebp(width = 64, height = 48): Promise<Buffer> {
  const frames = Buffer.concat([skin(width, height, 1), skin(width, height, 2)])
  return sharp(frames, { raw: { width, height: 2 * height, channels: 3, pageHeight: height } })
    .webp({ delay: [100, 100], loop: 0 })
    .toBuffer()
}

/** A PNG whose header was made to promise another size than its rows have. */
export function relabelPng(png: Buffer, width: number, height: number): Buffer {
  const lie = Buffer.from(png)
  lie.writeUInt32BE(width, 16)
  lie.writeUInt32BE(height, 20)
  return withSoundSums(lie)
}

/** A baseline JPEG whose frame was made to promise another size than its scan has. */
export function relabelJpeg(jpeg: Buffer, width: number, height: number): Buffer {
  const lie = Buffer.from(jpeg)
  const at = lie.indexOf(Buffer.from([0xff, 0xc0]))
  lie.writeUInt16BE(height, at + 5)
  lie.writeUInt16BE(width, at + 7)
  return lie
}

/** Runs a piece of module code in a fresh Node and gives what it printed. */
export const inAnotherProcess = (code: string) =>
  execFileSync(process.execPath, ['--input-type=module', '--eval', code], { encoding: 'utf8' })

/** What the kernel says was the environment of a process when it started. */
export const environmentOf = (pid: number) => readFileSync(`/proc/${pid}/environ`, 'latin1')
