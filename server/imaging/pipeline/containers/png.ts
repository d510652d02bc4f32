import { crc32, deflateSync, inflateSync } from 'node:zlib'
import { maxPieces, maxProfileBytes } from '../limits.ts'
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

export const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

// The picture, and what it takes to show its colours right. Everything else can carry text.
const kept = new Set(['PLTE', 'tRNS', 'gAMA', 'cHRM', 'sRGB', 'cICP', 'sBIT', 'IDAT'])
const depthsByColourType: Record<number, readonly number[]> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
}

/** Walks a PNG (third edition) chunk by chunk, checks each sum, and keeps only the picture and its colours. */
export function readPng(bytes: Buffer): Container {
  const before: Uint8Array[] = []
  const data: Uint8Array[] = []
  const removed: Removed[] = []
  let orientation: Orientation = 1
  let at = pngSignature.length

  const header = chunkAt(bytes, at)
  const facts = readHeader(header)
  at += header.whole.length

  for (let count = 0; ; count++) {
    if (count > maxPieces) throw unreadable('the file is cut into too many chunks')
    const chunk = chunkAt(bytes, at)
    at += chunk.whole.length
    if (chunk.type === 'IEND') break
    if (chunk.type === 'acTL') throw animated()
    if (chunk.type === 'IHDR') throw unreadable('the file declares two pictures')
    if (kept.has(chunk.type)) {
      ;(chunk.type === 'IDAT' ? data : before).push(chunk.whole)
      continue
    }
    if (isCritical(chunk.type)) throw unreadable('the file needs a chunk that is not known')
    const profile = chunk.type === 'iCCP' ? profileOf(chunk.data) : null
    if (profile) {
      before.push(profileChunk(profile))
      continue
    }
    if (chunk.type === 'eXIf') orientation = readOrientation(chunk.data)
    removed.push({ kind: kindOf(chunk.type), bytes: chunk.whole.length })
  }

  if (data.length === 0) throw unreadable('the file holds no picture')
  if (at < bytes.length) removed.push({ kind: 'trailer', bytes: bytes.length - at })
  return {
    format: 'png',
    ...facts,
    orientation,
    kept: [
      pngSignature,
      header.whole,
      ...before,
      ...(orientation === 1 ? [] : [makeChunk('eXIf', orientationBlock(orientation))]),
      ...data,
      makeChunk('IEND', Buffer.alloc(0)),
    ],
    removed,
  }
}

type Chunk = { type: string; data: Buffer; whole: Buffer }

function chunkAt(bytes: Buffer, at: number): Chunk {
  if (at + 12 > bytes.length) throw truncated()
  const length = bytes.readUInt32BE(at)
  const end = at + 12 + length
  if (end > bytes.length) throw truncated()
  const whole = bytes.subarray(at, end)
  if (crc32(whole.subarray(4, 8 + length)) !== whole.readUInt32BE(8 + length)) {
    throw unreadable('a chunk does not match its checksum')
  }
  return { type: whole.toString('latin1', 4, 8), data: whole.subarray(8, 8 + length), whole }
}

function readHeader(chunk: Chunk) {
  if (chunk.type !== 'IHDR' || chunk.data.length !== 13) throw unreadable('the file has no header')
  const bitsPerSample = chunk.data[8] ?? 0
  if (!depthsByColourType[chunk.data[9] ?? 0]?.includes(bitsPerSample)) {
    throw unreadable('the header names colours that do not exist')
  }
  return { width: chunk.data.readUInt32BE(0), height: chunk.data.readUInt32BE(4), bitsPerSample }
}

/** The profile inside an iCCP chunk, or null if it is none. Its name is free text, so the chunk is built anew. */
function profileOf(data: Buffer): Buffer | null {
  const nameEnd = data.indexOf(0)
  if (nameEnd < 1 || nameEnd > 79 || data[nameEnd + 1] !== 0) return null
  try {
    const profile = inflateSync(data.subarray(nameEnd + 2), { maxOutputLength: maxProfileBytes })
    return isProfile(profile) ? profile : null
  } catch (error) {
    // A broken or inflated profile is dropped like any other metadata; anything else is a fault of ours.
    if (error instanceof Error && 'code' in error) return null
    throw error
  }
}

function profileChunk(profile: Buffer): Buffer {
  return makeChunk('iCCP', Buffer.concat([Buffer.from('icc\0\0', 'latin1'), deflateSync(profile)]))
}

/** Builds a PNG chunk: length, type, data, checksum. */
export function makeChunk(type: string, data: Uint8Array): Buffer {
  const chunk = Buffer.alloc(12 + data.length)
  chunk.writeUInt32BE(data.length, 0)
  chunk.write(type, 4, 'latin1')
  chunk.set(data, 8)
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 8 + data.length)), 8 + data.length)
  return chunk
}

function isCritical(type: string): boolean {
  return (type.charCodeAt(0) & 0x20) === 0
}

function kindOf(type: string): RemovedKind {
  switch (type) {
    case 'eXIf':
      return 'exif'
    case 'iTXt':
    case 'tEXt':
    case 'zTXt':
      return 'comment'
    case 'iCCP':
      return 'profile'
    default:
      return 'other'
  }
}
