import { maxPieces, maxScans } from '../limits.ts'
import {
  truncated,
  unreadable,
  unsupported,
  type Container,
  type Orientation,
  type Removed,
  type RemovedKind,
} from './container.ts'
import { orientationBlock, readOrientation } from './exif.ts'
import { isProfile } from './icc.ts'

const SOI = 0xd8
const EOI = 0xd9
const SOS = 0xda
const APP0 = 0xe0
const APP1 = 0xe1
const APP2 = 0xe2
const APP13 = 0xed
const APP14 = 0xee
const COM = 0xfe
const tables = new Set([0xc4, 0xdb, 0xdd]) // Huffman, quantisation, restart interval
const plainFrames = new Set([0xc0, 0xc1, 0xc2]) // baseline, extended, progressive
const iccHeaderBytes = 18
const searchAfterBytes = 16

type Frame = { width: number; height: number }
type Piece = { bytes: Uint8Array; profile: boolean }

/**
 * Walks a JPEG (ITU T.81, annex B) from its start to the end of its first picture. Keeps the coded picture, the
 * colour profile and the markers that say how colours are coded; drops every other application segment, comments,
 * embedded previews and whatever follows the end (motion-photo video, gain maps, an appended web page).
 */
export function readJpeg(bytes: Buffer): Container {
  const pieces: Piece[] = []
  const profile: Uint8Array[] = []
  const removed: Removed[] = []
  let jfif: Uint8Array | null = null
  let orientation: Orientation | null = null
  let frame: Frame | null = null
  let scans = 0
  let at = 2

  for (let count = 0; ; count++) {
    if (count > maxPieces) throw unreadable('the file is cut into too many segments')
    at = skipFill(bytes, at)
    const marker = bytes[at + 1]
    if (marker === EOI) break
    const segment = segmentAt(bytes, at)
    at += segment.length

    if (marker === SOS) {
      if (!frame) throw unreadable('a scan precedes its frame')
      if (++scans > maxScans) throw unreadable('the picture has too many scans')
      const end = endOfScan(bytes, at)
      pieces.push({ bytes: segment, profile: false }, { bytes: bytes.subarray(at, end), profile: false })
      at = end
    } else if (isFrame(marker)) {
      if (frame) throw unreadable('the file declares two frames')
      frame = readFrame(marker, segment)
      pieces.push({ bytes: segment, profile: false })
    } else if (marker !== undefined && tables.has(marker)) {
      pieces.push({ bytes: segment, profile: false })
    } else if (marker === APP0 && startsWith(segment, 'JFIF\0') && segment.length >= 18 && !jfif) {
      jfif = withoutPreview(segment)
      if (segment.length > jfif.length) removed.push({ kind: 'other', bytes: segment.length - jfif.length })
    } else if (marker === APP2 && startsWith(segment, 'ICC_PROFILE\0') && segment.length > iccHeaderBytes) {
      profile.push(segment.subarray(iccHeaderBytes))
      pieces.push({ bytes: segment, profile: true })
    } else if (marker === APP14 && startsWith(segment, 'Adobe') && segment.length >= 16) {
      pieces.push({ bytes: adobeOnly(segment), profile: false })
    } else {
      if (marker === APP1 && startsWith(segment, 'Exif\0'))
        orientation ??= readOrientation(segment.subarray(10))
      removed.push({ kind: kindOf(marker, segment), bytes: segment.length })
    }
  }

  if (!frame || scans === 0) throw unreadable('the file holds no picture')
  if (at + 2 < bytes.length) removed.push({ kind: 'trailer', bytes: bytes.length - at - 2 })
  const keepProfile = isProfile(Buffer.concat(profile))
  if (!keepProfile && profile.length > 0)
    removed.push({ kind: 'profile', bytes: Buffer.concat(profile).length })

  return {
    format: 'jpeg',
    ...frame,
    bitsPerSample: 8,
    orientation: orientation ?? 1,
    kept: [
      bytes.subarray(0, 2),
      ...(jfif ? [jfif] : []),
      ...(orientation && orientation !== 1 ? [orientationSegment(orientation)] : []),
      ...pieces.filter((piece) => keepProfile || !piece.profile).map((piece) => piece.bytes),
      Buffer.from([0xff, EOI]),
    ],
    removed,
  }
}

/** Any number of 0xff may precede a marker; gives the place of the last of them. */
function skipFill(bytes: Buffer, from: number): number {
  let at = from
  if (at + 1 >= bytes.length) throw truncated()
  if (bytes[at] !== 0xff) throw unreadable('a marker was expected')
  while (bytes[at + 1] === 0xff) at++
  if (at + 1 >= bytes.length) throw truncated()
  return at
}

function segmentAt(bytes: Buffer, at: number): Buffer {
  const marker = bytes[at + 1] ?? 0
  // Markers without a length have no business between segments.
  if (marker <= 0x01 || (marker >= 0xd0 && marker <= SOI)) throw unreadable('a marker is out of place')
  if (at + 4 > bytes.length) throw truncated()
  const length = bytes.readUInt16BE(at + 2)
  if (length < 2) throw unreadable('a segment is too short')
  if (at + 2 + length > bytes.length) throw truncated()
  return bytes.subarray(at, at + 2 + length)
}

/**
 * Coded data hold a 0xff every few hundred bytes, which a search finds fastest; where they come thicker, as in a file made of
 * them alone, a plain loop is, so that no byte costs more than another.
 */
function endOfScan(bytes: Buffer, from: number): number {
  const last = bytes.length - 1
  let at = from
  let plain = 0
  while (at < last) {
    if (bytes[at] !== 0xff) {
      at++
      if (++plain < searchAfterBytes) continue
      at = bytes.indexOf(0xff, at)
      if (at < 0) break
      plain = 0
      continue
    }
    plain = 0
    const next = bytes[at + 1] ?? 0
    if (next === 0xff) at++
    else if (next === 0 || (next & 0xf8) === 0xd0) at += 2
    else return at
  }
  throw truncated()
}

function isFrame(marker: number | undefined): marker is number {
  return marker !== undefined && marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8
}

function readFrame(marker: number, segment: Buffer): Frame {
  if (!plainFrames.has(marker)) throw unsupported('this kind of JPEG coding is not read', 'jpeg-other-coding')
  if (segment.length < 10) throw unreadable('the frame header is too short')
  if (segment[4] !== 8) throw unsupported('only JPEG with 8 bits per sample is read', 'jpeg-high-depth')
  const height = segment.readUInt16BE(5)
  const width = segment.readUInt16BE(7)
  const components = segment[9] ?? 0
  if (![1, 3, 4].includes(components) || segment.length !== 10 + 3 * components) {
    throw unreadable('the frame header contradicts itself')
  }
  return { width, height }
}

function withoutPreview(jfif: Buffer): Uint8Array {
  const header = Buffer.from(jfif.subarray(0, 18))
  header.writeUInt16BE(16, 2)
  header.writeUInt16BE(0, 16)
  return header
}

function adobeOnly(segment: Buffer): Uint8Array {
  const header = Buffer.from(segment.subarray(0, 16))
  header.writeUInt16BE(14, 2)
  return header
}

function orientationSegment(orientation: Orientation): Uint8Array {
  const block = orientationBlock(orientation)
  const header = Buffer.from([0xff, APP1, 0, 8 + block.length, ...Buffer.from('Exif\0\0', 'latin1')])
  return Buffer.concat([header, block])
}

function kindOf(marker: number | undefined, segment: Buffer): RemovedKind {
  if (marker === COM) return 'comment'
  if (marker === APP1) return startsWith(segment, 'Exif\0') ? 'exif' : 'xmp'
  if (marker === APP13) return 'iptc'
  return 'other'
}

function startsWith(segment: Buffer, name: string): boolean {
  return segment.toString('latin1', 4, 4 + name.length) === name
}
