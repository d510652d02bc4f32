import { measureCapture, type CaptureMeasures } from '#kernels/capture-quality.ts'

export interface Size {
  readonly width: number
  readonly height: number
}

/** The kernel averages areas from here down to the measured size; above it the browser does, to spare a phone's memory. */
const readEdge = 1280

/** Measures what is on a picture or in a video's present frame, by the kernel that the server uses on arrival. */
export function measure(source: CanvasImageSource, size: Size): CaptureMeasures {
  const { rgb, width, height } = pixelsOf(source, size, readEdge)
  return { ...measureCapture(rgb, width, height), ...size }
}

/** Interleaved RGB, the longer edge at most `maxEdge`. */
export function pixelsOf(
  source: CanvasImageSource,
  size: Size,
  maxEdge: number,
  canvas = document.createElement('canvas'),
): { rgb: Uint8Array } & Size {
  const scale = Math.min(1, maxEdge / Math.max(size.width, size.height))
  const width = Math.max(1, Math.round(size.width * scale))
  const height = Math.max(1, Math.round(size.height * scale))
  if (canvas.width !== width) canvas.width = width
  if (canvas.height !== height) canvas.height = height
  // Read back often: a canvas in the graphics card would be copied each time.
  const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true })
  if (!context) throw new Error('There is nothing to draw on')
  context.imageSmoothingQuality = 'high'
  context.drawImage(source, 0, 0, width, height)
  const { data } = context.getImageData(0, 0, width, height)
  const rgb = new Uint8Array(width * height * 3)
  for (let at = 0, to = 0; to < rgb.length; at += 4, to += 3) {
    rgb[to] = data[at] ?? 0
    rgb[to + 1] = data[at + 1] ?? 0
    rgb[to + 2] = data[at + 2] ?? 0
  }
  return { rgb, width, height }
}

export function jpegOf(canvas: HTMLCanvasElement, quality: number): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => {
        if (blob) resolve(blob)
        else reject(new Error('The picture could not be encoded'))
      },
      'image/jpeg',
      quality,
    )
  })
}
