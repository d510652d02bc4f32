import sharp from 'sharp'
import type { Recipe, SmallPicture } from '#shared/imaging-recipe.ts'
import { maxPixels } from './limits.ts'
import { Picture } from './kernels/picture.ts'

/** Names what turns bytes into pixels and back; part of what makes a derived picture reproducible. */
export const engine = `sharp ${sharp.versions.sharp}, libvips ${sharp.versions.vips}`

/** Leaves libvips the three decoders we want, one thread and no cache. For the child process, once, before any picture. */
export function lockDown(): void {
  sharp.block({ operation: ['VipsForeignLoad'] })
  sharp.unblock({ operation: ['VipsForeignLoadJpeg', 'VipsForeignLoadPng', 'VipsForeignLoadWebp'] })
  sharp.concurrency(1)
  sharp.cache(false)
}

/**
 * Decodes a stripped original to upright 8-bit sRGB no longer than `maxEdge`; transparency becomes white.
 * @throws Error from libvips when the coded data are damaged, also where other viewers would show what is left.
 */
export async function decode(original: Uint8Array, maxEdge: number): Promise<Picture> {
  const { data, info } = await sharp(original, { limitInputPixels: maxPixels, failOn: 'warning' })
    .autoOrient()
    .resize(within(maxEdge))
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
  if (info.channels !== 3) throw new Error(`three channels were expected, not ${info.channels}`)
  return new Picture(data, info.width, info.height)
}

/** Encodes a baseline JPEG, 4:2:0, which DICOM can carry as it is; plain Huffman tables cost 1 % of size and save half the time. */
export function encodeDisplay(picture: Picture, { quality }: Recipe['display']): Promise<Buffer> {
  return fromRaw(picture)
    .jpeg({ quality, chromaSubsampling: '4:2:0', optimiseCoding: false, progressive: false })
    .toBuffer()
}

/** A picture of its own, no larger than `maxEdge`: what is done to the first one does not change it. */
export async function shrink(picture: Picture, maxEdge: number): Promise<Picture> {
  const { data, info } = await fromRaw(picture)
    .resize(within(maxEdge))
    .raw()
    .toBuffer({ resolveWithObject: true })
  return new Picture(data, info.width, info.height)
}

export function encodeSmall(picture: Picture, { maxEdge, quality }: SmallPicture): Promise<Buffer> {
  return fromRaw(picture).resize(within(maxEdge)).webp({ quality, effort: 0 }).toBuffer()
}

function within(maxEdge: number) {
  return { width: maxEdge, height: maxEdge, fit: 'inside', withoutEnlargement: true } as const
}

function fromRaw(picture: Picture) {
  return sharp(picture.rgb(), { raw: { width: picture.width, height: picture.height, channels: 3 } })
}
