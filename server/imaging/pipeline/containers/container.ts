import { ImageRejected } from '../errors.ts'

export type ImageFormat = 'jpeg' | 'png' | 'webp'

/** How the stored grid is turned for viewing, as in EXIF tag 0x0112; 1 is upright. */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8

export type RemovedKind = 'exif' | 'xmp' | 'iptc' | 'comment' | 'profile' | 'trailer' | 'other'

/** Something in the file that is not the picture, and its size. */
export type Removed = { kind: RemovedKind; bytes: number }

/** One walk over the pieces of a file: what it says of itself, and the pieces worth keeping. Nothing is decoded. */
export type Container = {
  format: ImageFormat
  /** Stored grid, before orientation is applied. */
  width: number
  height: number
  bitsPerSample: number
  orientation: Orientation
  /** The file without its metadata, in order. */
  kept: Uint8Array[]
  removed: Removed[]
}

export const truncated = () => new ImageRejected('truncated', 'the file ends before the picture does')
export const unreadable = (reason: string) => new ImageRejected('unreadable', reason)
export const animated = () => new ImageRejected('animated', 'the file holds a moving picture')
export const unsupported = (reason: string, detected: string) =>
  new ImageRejected('unsupported_type', reason, detected)
