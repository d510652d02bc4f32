import type { Container, ImageFormat, Orientation } from './containers/container.ts'
import { readJpeg } from './containers/jpeg.ts'
import { pngSignature, readPng } from './containers/png.ts'
import { readWebp } from './containers/webp.ts'
import { ImageRejected } from './errors.ts'
import { maxBytes, maxEdge, maxPixels } from './limits.ts'

/** What a file says of itself, read from its header; nothing was decoded. */
export type Inspected = {
  format: ImageFormat
  mediaType: 'image/jpeg' | 'image/png' | 'image/webp'
  bytes: number
  /** Size in pixels as the picture is viewed, that is after its orientation is applied. */
  width: number
  height: number
  orientation: Orientation
  bitsPerSample: number
}

/**
 * Looks at an upload without decoding it.
 * @throws ImageRejected when it is not a whole, still JPEG, PNG or WebP within the limits of `limits.ts`.
 */
export function inspect(bytes: Uint8Array): Inspected {
  return describe(open(bytes), bytes.length)
}

/** Walks the file once and checks its limits. @throws ImageRejected as `inspect` does. */
export function open(bytes: Uint8Array): Container {
  if (bytes.length > maxBytes)
    throw new ImageRejected('too_large', `the file has more than ${maxBytes} bytes`)
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const container = reader(buffer)(buffer)
  const { width, height } = container
  if (width === 0 || height === 0) throw new ImageRejected('unreadable', 'the picture has no size')
  if (width * height > maxPixels || width > maxEdge || height > maxEdge) {
    throw new ImageRejected('too_many_pixels', `the picture has ${width} x ${height} pixels`)
  }
  return container
}

export function describe(container: Container, bytes: number): Inspected {
  const { format, width, height, orientation, bitsPerSample } = container
  const turned = orientation >= 5
  return {
    format,
    mediaType: `image/${format}`,
    bytes,
    width: turned ? height : width,
    height: turned ? width : height,
    orientation,
    bitsPerSample,
  }
}

function reader(bytes: Buffer): (bytes: Buffer) => Container {
  const start = (length: number, at = 0) => bytes.toString('latin1', at, at + length)
  if (start(3) === '\xff\xd8\xff') return readJpeg
  if (bytes.subarray(0, 8).equals(pngSignature)) return readPng
  if (start(4) === 'RIFF' && start(4, 8) === 'WEBP') return readWebp
  const type = otherType(bytes)
  throw new ImageRejected('unsupported_type', 'only JPEG, PNG and WebP are taken', type)
}

/** Names the common files people send by mistake, so that the message can say what to do instead. */
function otherType(bytes: Buffer): string {
  const start = bytes.toString('latin1', 0, 12)
  if (start.startsWith('GIF8')) return 'gif'
  if (start.startsWith('%PDF')) return 'pdf'
  if (start.startsWith('BM')) return 'bmp'
  if (start.startsWith('II*\0') || start.startsWith('MM\0*') || start.startsWith('II+\0')) return 'tiff'
  if (start.slice(4, 8) === 'ftyp') {
    const brand = start.slice(8, 12)
    if (brand === 'avif' || brand === 'avis') return 'avif'
    return ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1'].includes(brand) ? 'heic' : 'video'
  }
  const text = bytes.toString('latin1', 0, 1024).toLowerCase()
  if (text.includes('<svg')) return 'svg'
  if (text.includes('<html') || text.includes('<!doctype html')) return 'html'
  return 'unknown'
}
