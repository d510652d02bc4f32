import { analyse } from './analyse.ts'
import type { FromPage, FromWorker } from './protocol.ts'

/** Larger pictures are analysed at this size: their spectrum still has more numbers than the screen shows. */
const mostEdge = 1024

let opened: ImageBitmap | null = null

self.addEventListener('message', ({ data }: MessageEvent<FromPage>) => {
  if (data.kind === 'open') {
    opened?.close()
    opened = data.picture
    return
  }
  void answer(data).then((reply) => {
    self.postMessage(reply, { transfer: reply.inside ? [reply.inside.spectrum, reply.inside.edges] : [] })
  })
})

// The page hears of it as an error of this worker.
self.addEventListener('messageerror', () => {
  throw new Error('A message of the page cannot be read')
})

async function answer({ part, strength }: Extract<FromPage, { kind: 'look' }>): Promise<FromWorker> {
  try {
    if (!opened) throw new Error('There is no picture to look into')
    const { rgb, width, height, scale } = pixelsOf(opened, part)
    const startedAt = performance.now()
    const { spectrum, edges, histograms, findings } = analyse(rgb, { width, height, scale, strength })
    const ms = performance.now() - startedAt
    const [spectrumPicture, edgesPicture] = await Promise.all([
      asPicture(spectrum.levels, spectrum.width, spectrum.height),
      asPicture(edges, width, height),
    ])
    const inside = { spectrum: spectrumPicture, edges: edgesPicture, histograms, findings, width, height, scale, ms } // prettier-ignore
    return { inside }
  } catch (error) {
    return { inside: null, reason: String(error) }
  }
}

function pixelsOf(picture: ImageBitmap, part: Extract<FromPage, { kind: 'look' }>['part']) {
  const { x, y, width: share, height: shareDown } = part ?? { x: 0, y: 0, width: 1, height: 1 }
  const [fromWidth, fromHeight] = [picture.width * share, picture.height * shareDown]
  const scale = Math.min(1, mostEdge / Math.max(fromWidth, fromHeight))
  const width = Math.max(1, Math.round(fromWidth * scale))
  const height = Math.max(1, Math.round(fromHeight * scale))
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })
  if (!context) throw new Error('This browser draws nothing in a worker')
  context.fillStyle = '#ffffff'
  context.fillRect(0, 0, width, height)
  context.imageSmoothingQuality = 'high'
  context.drawImage(
    picture,
    x * picture.width,
    y * picture.height,
    fromWidth,
    fromHeight,
    0,
    0,
    width,
    height,
  )
  const { data } = context.getImageData(0, 0, width, height)
  const rgb = new Uint8Array(width * height * 3)
  for (let from = 0, to = 0; to < rgb.length; from += 4, to += 3) {
    rgb[to] = data[from] ?? 0
    rgb[to + 1] = data[from + 1] ?? 0
    rgb[to + 2] = data[from + 2] ?? 0
  }
  return { rgb, width, height, scale }
}

function asPicture(levels: Uint8Array, width: number, height: number): Promise<ImageBitmap> {
  const data = new Uint8ClampedArray(4 * levels.length)
  for (let from = 0, to = 0; from < levels.length; from++, to += 4) {
    data.fill(levels[from] ?? 0, to, to + 3)
    data[to + 3] = 255
  }
  return createImageBitmap(new ImageData(data, width, height))
}
