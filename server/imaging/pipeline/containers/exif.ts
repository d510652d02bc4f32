import type { Orientation } from './container.ts'

const orientationTag = 0x0112

/** Reads the orientation from a TIFF block (EXIF without its `Exif\0\0` prefix); anything odd is upright. */
export function readOrientation(tiff: Buffer): Orientation {
  if (tiff.length < 14) return 1
  const order = tiff.toString('latin1', 0, 2)
  if (order !== 'II' && order !== 'MM') return 1
  const little = order === 'II'
  const u16 = (at: number) => (little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at))
  const directory = little ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4)
  if (directory + 2 > tiff.length) return 1
  const entries = u16(directory)
  for (let i = 0; i < entries; i++) {
    const entry = directory + 2 + 12 * i
    if (entry + 12 > tiff.length) return 1
    if (u16(entry) === orientationTag) return toOrientation(u16(entry + 8))
  }
  return 1
}

/** A TIFF block that holds the orientation and nothing else. */
export function orientationBlock(orientation: Orientation): Buffer {
  const block = Buffer.alloc(26)
  block.write('MM\0*', 0, 'latin1')
  block.writeUInt32BE(8, 4)
  block.writeUInt16BE(1, 8)
  block.writeUInt16BE(orientationTag, 10)
  block.writeUInt16BE(3, 12) // type: unsigned short
  block.writeUInt32BE(1, 14)
  block.writeUInt16BE(orientation, 18)
  return block
}

function toOrientation(value: number): Orientation {
  switch (value) {
    case 2:
    case 3:
    case 4:
    case 5:
    case 6:
    case 7:
    case 8:
      return value
    default:
      return 1
  }
}
