import { maxPieces } from '../limits.ts'
import {
  animated,
  truncated,
  unreadable,
  type Container,
  type Orientation,
  type Removed,
  type RemovedKind,
} from './container.ts'
import { orientationBlock, readOrientation } from './exif.ts'
import { isProfile } from './icc.ts'

const hasProfile = 0x20
const hasAlpha = 0x10
const hasExif = 0x08
const hasAnimation = 0x02

type Size = { width: number; height: number }

/** Walks a WebP (RFC 9649) and keeps the still picture, its transparency and its colour profile. */
export function readWebp(bytes: Buffer): Container {
  if (bytes.length < 20) throw truncated()
  const riffEnd = 8 + bytes.readUInt32LE(4)
  if (riffEnd > bytes.length) throw truncated()

  const removed: Removed[] = []
  let canvas: Size | null = null
  let profile: Uint8Array | null = null
  let alpha: Uint8Array | null = null
  let picture: { chunk: Uint8Array; size: Size; alpha: boolean } | null = null
  let orientation: Orientation = 1
  let at = 12

  for (let count = 0; at < riffEnd; count++) {
    if (count > maxPieces) throw unreadable('the file is cut into too many chunks')
    const chunk = chunkAt(bytes, at, riffEnd)
    at += chunk.whole.length
    switch (chunk.type) {
      case 'VP8X':
        if (canvas || picture || chunk.data.length < 10) throw unreadable('the header is out of place')
        if (((chunk.data[0] ?? 0) & hasAnimation) !== 0) throw animated()
        canvas = { width: 1 + chunk.data.readUIntLE(4, 3), height: 1 + chunk.data.readUIntLE(7, 3) }
        break
      case 'ANIM':
      case 'ANMF':
        throw animated()
      case 'VP8 ':
      case 'VP8L':
        if (picture) throw unreadable('the file declares two pictures')
        picture = {
          chunk: chunk.whole,
          ...(chunk.type === 'VP8 ' ? lossy(chunk.data) : lossless(chunk.data)),
        }
        break
      case 'ALPH':
        if (picture || alpha) throw unreadable('the transparency is out of place')
        alpha = chunk.whole
        break
      case 'ICCP':
        if (!picture && !profile && isProfile(chunk.data)) profile = chunk.whole
        else removed.push({ kind: 'profile', bytes: chunk.whole.length })
        break
      default:
        if (chunk.type === 'EXIF') orientation = readOrientation(tiffOf(chunk.data))
        removed.push({ kind: kindOf(chunk.type), bytes: chunk.whole.length })
    }
  }

  if (!picture) throw unreadable('the file holds no picture')
  if (canvas && (canvas.width !== picture.size.width || canvas.height !== picture.size.height)) {
    throw unreadable('the header and the picture differ in size')
  }
  if (riffEnd < bytes.length) removed.push({ kind: 'trailer', bytes: bytes.length - riffEnd })

  const flags =
    (profile ? hasProfile : 0) | (alpha || picture.alpha ? hasAlpha : 0) | (orientation === 1 ? 0 : hasExif)
  const chunks = [
    ...(flags === 0 || (flags === hasAlpha && !alpha) ? [] : [extendedHeader(flags, picture.size)]),
    ...(profile ? [profile] : []),
    ...(alpha ? [alpha] : []),
    picture.chunk,
    ...(orientation === 1 ? [] : [makeChunk('EXIF', orientationBlock(orientation))]),
  ]
  return {
    format: 'webp',
    ...picture.size,
    bitsPerSample: 8,
    orientation,
    kept: [riffHeader(chunks), ...chunks],
    removed,
  }
}

function chunkAt(bytes: Buffer, at: number, end: number) {
  if (at + 8 > end) throw truncated()
  const length = bytes.readUInt32LE(at + 4)
  if (at + 8 + length > end) throw truncated()
  const padded = Math.min(8 + length + (length & 1), end - at)
  return {
    type: bytes.toString('latin1', at, at + 4),
    data: bytes.subarray(at + 8, at + 8 + length),
    whole: bytes.subarray(at, at + padded),
  }
}

function lossy(data: Buffer) {
  if (data.length < 10) throw truncated()
  const keyFrame = ((data[0] ?? 1) & 1) === 0
  if (!keyFrame || data.readUIntBE(3, 3) !== 0x9d012a) throw unreadable('the picture does not start as one')
  return {
    size: { width: data.readUInt16LE(6) & 0x3fff, height: data.readUInt16LE(8) & 0x3fff },
    alpha: false,
  }
}

function lossless(data: Buffer) {
  if (data.length < 5) throw truncated()
  if (data[0] !== 0x2f) throw unreadable('the picture does not start as one')
  const bits = data.readUInt32LE(1)
  return {
    size: { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) },
    alpha: ((bits >>> 28) & 1) === 1,
  }
}

/** Some writers put JPEG's prefix before the TIFF block. */
function tiffOf(exif: Buffer): Buffer {
  return exif.toString('latin1', 0, 6) === 'Exif\0\0' ? exif.subarray(6) : exif
}

function makeChunk(type: string, data: Uint8Array): Buffer {
  const chunk = Buffer.alloc(8 + data.length + (data.length & 1))
  chunk.write(type, 0, 'latin1')
  chunk.writeUInt32LE(data.length, 4)
  chunk.set(data, 8)
  return chunk
}

function extendedHeader(flags: number, size: Size): Buffer {
  const data = Buffer.alloc(10)
  data[0] = flags
  data.writeUIntLE(size.width - 1, 4, 3)
  data.writeUIntLE(size.height - 1, 7, 3)
  return makeChunk('VP8X', data)
}

function riffHeader(chunks: Uint8Array[]): Buffer {
  const header = Buffer.from('RIFF\0\0\0\0WEBP', 'latin1')
  header.writeUInt32LE(4 + chunks.reduce((sum, chunk) => sum + chunk.length, 0), 4)
  return header
}

function kindOf(type: string): RemovedKind {
  if (type === 'EXIF') return 'exif'
  return type === 'XMP ' ? 'xmp' : 'other'
}
