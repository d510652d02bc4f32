import type { PictureRect } from '#shared/imaging-viewer.ts'
import { analyse, edgesOf, type Analysis } from './analyse.ts'
import type { FromPage, FromWorker, Given } from './protocol.ts'

/** Larger pictures are analysed at this size: their spectrum still has more numbers than the screen shows. */
const mostEdge = 1024

type Opened = { picture: ImageBitmap } | { picture: null; reason: string }

interface Looked extends Analysis {
  /** As JSON. */
  readonly part: string
  readonly width: number
  readonly height: number
  readonly scale: number
}

let opened: Promise<Opened> = Promise.resolve({ picture: null, reason: 'No picture was opened' })
/** Of the open picture: other edges of the same part need nothing else anew. */
let last: Looked | null = null

self.addEventListener('message', ({ data }: MessageEvent<FromPage>) => {
  if (data.kind === 'open') {
    void opened.then(({ picture }) => picture?.close())
    opened = open(data.given)
    last = null
    return
  }
  void answer(data).then((reply) => {
    self.postMessage(reply, { transfer: reply.inside ? [reply.inside.spectrum, reply.inside.edges] : [] })
  })
})

warm()

// The page hears of it as an error of this worker.
self.addEventListener('messageerror', () => {
  throw new Error('A message of the page cannot be read')
})

async function open(given: Given): Promise<Opened> {
  if (given instanceof ImageBitmap) return { picture: given }
  try {
    return { picture: await createImageBitmap(given, { imageOrientation: 'from-image' }) }
  } catch (error) {
    return { picture: null, reason: String(error) }
  }
}

/** What runs for the first time runs slowly: something small goes first, while the picture is on its way. */
function warm(): void {
  const [width, height] = [256, 192]
  const rgb = new Uint8Array(3 * width * height).map((_, at) => (at * 97) & 255)
  for (let time = 0; time < 3; time++) {
    const { luma, spectrum } = analyse(rgb, { width, height, scale: 1 })
    shadesOf(spectrum.levels)
    edgesOf(luma, width, height, 1.5)
  }
}

async function answer({ part, strength }: Extract<FromPage, { kind: 'look' }>): Promise<FromWorker> {
  const now = await opened
  if (now.picture === null) return { inside: null, reason: now.reason }
  const { picture } = now
  try {
    const same = JSON.stringify(part)
    const pixels = last?.part === same ? null : pixelsOf(picture, part)
    const startedAt = performance.now()
    if (pixels) last = { part: same, ...pixels, ...analyse(pixels.rgb, pixels) }
    if (!last) throw new Error('Nothing was analysed')
    const { luma, spectrum, histograms, findings, width, height, scale } = last
    const edges = edgesOf(luma, width, height, strength)
    const ms = performance.now() - startedAt
    const pictures = await Promise.all([
      asPicture(spectrum.levels, spectrum.width, spectrum.height),
      asPicture(edges, width, height),
    ])
    const inside = { histograms, findings, width, height, scale, ms, sourceWidth: picture.width }
    return { inside: { ...inside, spectrum: pictures[0], edges: pictures[1] } }
  } catch (error) {
    return { inside: null, reason: String(error) }
  }
}

function pixelsOf(picture: ImageBitmap, part: PictureRect | null) {
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
    rgb[to] = data[from]!
    rgb[to + 1] = data[from + 1]!
    rgb[to + 2] = data[from + 2]!
  }
  return { rgb, width, height, scale }
}

function asPicture(levels: Uint8Array, width: number, height: number): Promise<ImageBitmap> {
  return createImageBitmap(new ImageData(shadesOf(levels), width, height))
}

/** Opaque grey. A pixel's four bytes are written at once: red is the lowest of them wherever browsers run. */
function shadesOf(levels: Uint8Array): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint32Array(levels.length)
  for (let i = 0; i < pixels.length; i++) pixels[i] = 0xff000000 | (levels[i]! * 0x010101)
  return new Uint8ClampedArray(pixels.buffer)
}
