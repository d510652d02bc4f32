import { randomUUID } from 'node:crypto'
import { openSync, readSync, unlinkSync, writeSync } from 'node:fs'
import type { Placed } from './protocol.ts'

/** In a child process: the first descriptor after those of the standard streams and the channel. */
export const inheritedMemoryFile = 4

/** What is larger goes through the channel: beside that work the hop is nothing, and containers give 64 MB to all of us. */
const mostBytes = 8 * 1024 * 1024

/**
 * A file in memory that has no name any more, for one child process to inherit; it is gone with the last descriptor. Like
 * the memory of that process it keeps what was in it until that is written over, and other processes of the same user can
 * get at it. Null where the system has none.
 */
export function openMemoryFile(): number | null {
  if (process.platform !== 'linux') return null
  const path = `/dev/shm/bedside-${randomUUID()}`
  try {
    const file = openSync(path, 'wx+', 0o600)
    unlinkSync(path)
    return file
  } catch (error) {
    if (isOneOf(error, ['ENOENT', 'EACCES', 'EROFS', 'ENOSPC'])) return null
    throw error
  }
}

/**
 * Writes the byte arrays among a message's properties to the file; what is left is sent. All of them stay in the message when
 * they are large, or when there is no room.
 */
export function place(file: number, message: object): { rest: object; placed: Placed[] } {
  const whole = { rest: message, placed: [] }
  // A list stays a list.
  if (Object.getPrototypeOf(message) !== Object.prototype) return whole
  const rest: Record<string, unknown> = {}
  const placed: Placed[] = []
  let end = 0
  for (const [name, value] of Object.entries(message) as [string, unknown][]) {
    if (!(value instanceof Uint8Array)) {
      rest[name] = value
      continue
    }
    if (end + value.length > mostBytes || !write(file, value, end)) return whole
    placed.push({ name, at: end, length: value.length })
    end += value.length
  }
  return { rest, placed }
}

/** The message that `place` took apart. @throws Error when what the other side says of the file cannot be. */
export function collect(file: number, rest: object, placed: readonly Placed[]): object {
  if (placed.length === 0) return rest
  if (!(placed.reduce((sum, { length }) => sum + length, 0) <= mostBytes)) throw new Error('more than fits')
  const arrays = placed.map(({ name, at, length }) => [name, read(file, at, length)] as const)
  return { ...rest, ...Object.fromEntries<Buffer>(arrays) }
}

function write(file: number, bytes: Uint8Array, at: number): boolean {
  try {
    for (let done = 0; done < bytes.length;)
      done += writeSync(file, bytes, done, bytes.length - done, at + done)
    return true
  } catch (error) {
    // No room, or no memory for it: whatever the system says, there is the channel.
    if (error instanceof Error && 'syscall' in error) return false
    throw error
  }
}

function read(file: number, at: number, length: number): Buffer {
  if (!(at >= 0 && length >= 0 && at + length <= mostBytes)) throw new Error('bytes where there can be none')
  const bytes = Buffer.allocUnsafeSlow(length)
  for (let done = 0; done < length;) {
    const more = readSync(file, bytes, done, length - done, at + done)
    if (more === 0) throw new Error('fewer bytes than were told')
    done += more
  }
  return bytes
}

function isOneOf(error: unknown, codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code))
}
