import { findReference, type Reference } from '#kernels/marker/reference.ts'

/** Larger originals are searched, and their corners found, at this size: a fraction of a pixel is fine enough. */
const mostEdge = 4096

/** `found` is null when this browser cannot; `width` and `height` are those of the picture that was searched. */
export type FromMarkerWorker =
  { found: Reference; width: number; height: number } | { found: null; reason: string }

self.addEventListener('message', ({ data }: MessageEvent<ImageBitmap>) => {
  self.postMessage(answer(data))
})

function answer(picture: ImageBitmap): FromMarkerWorker {
  try {
    const scale = Math.min(1, mostEdge / Math.max(picture.width, picture.height))
    const width = Math.max(1, Math.round(picture.width * scale))
    const height = Math.max(1, Math.round(picture.height * scale))
    const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })
    if (!context) throw new Error('This browser draws nothing in a worker')
    context.fillStyle = '#ffffff'
    context.fillRect(0, 0, width, height)
    context.imageSmoothingQuality = 'high'
    context.drawImage(picture, 0, 0, width, height)
    picture.close()
    return { found: findReference(colours(context.getImageData(0, 0, width, height).data), width, height), width, height } // prettier-ignore
  } catch (error) {
    return { found: null, reason: String(error) }
  }
}

function colours(rgba: Uint8ClampedArray): Uint8Array {
  const rgb = new Uint8Array((rgba.length / 4) * 3)
  for (let from = 0, to = 0; from < rgba.length; from += 4, to += 3) {
    rgb[to] = rgba[from] ?? 0
    rgb[to + 1] = rgba[from + 1] ?? 0
    rgb[to + 2] = rgba[from + 2] ?? 0
  }
  return rgb
}
