import { randomBytes } from 'node:crypto'
import type { z } from 'zod'
import type { Instant } from '#shared/time.ts'
import type { Clock } from './clock.ts'

/**
 * A UUIDv7 (RFC 9562, section 5.7) in the brand of the given parser: 48 bits of epoch milliseconds, then random bits,
 * so that rows made one after another lie near each other in an index.
 */
export function newId<T extends z.ZodType>(brand: T, clock: Clock): z.output<T> {
  const bytes = randomBytes(16)
  bytes.writeUIntBE(clock.now(), 0, 6)
  bytes[6] = (bytes.readUInt8(6) & 0x0f) | 0x70
  bytes[8] = (bytes.readUInt8(8) & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  const text = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
  return brand.parse(text)
}

/** When newId made it. */
export function madeAt(id: string): Instant {
  return Number.parseInt(id.replace('-', '').slice(0, 12), 16)
}
