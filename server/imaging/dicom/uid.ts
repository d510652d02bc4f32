import { createHash, createHmac } from 'node:crypto'

/** The DICOM UID of a thing that has a UUID: the UUID as one number under 2.25, which needs no registered root (PS3.5 B.2). */
export function uidOf(uuid: string): string {
  return `2.25.${BigInt(`0x${uuid.replaceAll('-', '')}`)}`
}

/** The UID of what belongs to a thing and has no UUID of its own, such as a series of a visit; always the same one. */
export function uidWithin(uuid: string, name: string): string {
  return uidOfHash(createHash('sha256').update(`${uuid} ${name}`).digest())
}

/** The UID that stands for something in a de-identified file: always the same one, and without the key no way back. */
export function uidUnderKey(key: Buffer, ...parts: string[]): string {
  return uidOfHash(createHmac('sha256', key).update(parts.join(' ')).digest())
}

/** By way of a UUID of version 8, so that it is one of those that 2.25 was made for. */
function uidOfHash(hash: Buffer): string {
  const uuid = hash.subarray(0, 16)
  uuid.writeUInt8((uuid.readUInt8(6) & 0x0f) | 0x80, 6)
  uuid.writeUInt8((uuid.readUInt8(8) & 0x3f) | 0x80, 8)
  return uidOf(uuid.toString('hex'))
}
