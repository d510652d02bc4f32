import { jpegOf, measure } from './measure.ts'
import type { Taken } from './taken.ts'

/** What the server takes as it is; everything else is decoded here, as far as this browser can. */
const takenAsTheyAre = ['image/jpeg', 'image/png', 'image/webp']
const maxBytes = 15 * 1024 * 1024
const maxPixels = 50_000_000
const maxEdge = 16_384
const quality = 0.92
/** Safari on phones gives no larger canvas. */
const maxCanvasPixels = 16_000_000

/** This browser cannot read the file: it is no picture, or of a kind that only other devices read. */
export class UnreadablePicture extends Error {
  constructor(cause: unknown) {
    super('The browser cannot read the picture', { cause })
    this.name = 'UnreadablePicture'
  }
}

/**
 * A picture from a file, the clipboard or a drop, as the server takes it: JPEG, PNG and WebP within its limits as they are,
 * others, HEIC where the browser reads it, as a JPEG of quality 92. The server strips place and camera from either.
 * Throws UnreadablePicture.
 */
export async function importPicture(file: Blob): Promise<Taken> {
  let bitmap: ImageBitmap
  try {
    bitmap = await createImageBitmap(file)
  } catch (error) {
    throw new UnreadablePicture(error)
  }
  try {
    const { width, height } = bitmap
    const fits = file.size <= maxBytes && width * height <= maxPixels && Math.max(width, height) <= maxEdge
    if (takenAsTheyAre.includes(file.type) && fits) {
      return { picture: file, measures: measure(bitmap, { width, height }) }
    }
    const scale = Math.min(1, Math.sqrt(maxCanvasPixels / (width * height)))
    const canvas = document.createElement('canvas')
    canvas.width = Math.round(width * scale)
    canvas.height = Math.round(height * scale)
    const context = canvas.getContext('2d', { alpha: false })
    if (!context) throw new UnreadablePicture(new Error('There is nothing to draw on'))
    // What is transparent becomes paper, not black.
    context.fillStyle = '#fff'
    context.fillRect(0, 0, canvas.width, canvas.height)
    context.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
    const size = { width: canvas.width, height: canvas.height }
    return { picture: await jpegOf(canvas, quality), measures: measure(canvas, size) }
  } finally {
    bitmap.close()
  }
}

/** The first picture among files that were pasted or dropped. */
export function pictureAmong(files: Iterable<File> | undefined): File | null {
  for (const file of files ?? []) if (file.type.startsWith('image/')) return file
  return null
}
