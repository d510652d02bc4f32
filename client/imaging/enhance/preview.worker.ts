import { NothingToBalance } from '#kernels/white-balance.ts'
import { judgePatch } from './judge-patch.ts'
import type { FromPage, Judged, Tried } from './preview-protocol.ts'
import { stepsAt, tryOut, type Pixels } from './try-out.ts'

let opened: { picture: ImageBitmap; serverEdge: number } | null = null
const reduced = new Map<number, Pixels>()

self.addEventListener('message', ({ data }: MessageEvent<FromPage>) => {
  if (data.kind === 'open') {
    opened?.picture.close()
    opened = data
    reduced.clear()
    return
  }
  if (data.kind === 'judge') {
    self.postMessage(judge(data))
    return
  }
  void answer(data).then((reply) => {
    self.postMessage(reply, { transfer: reply.made ? [reply.made] : [] })
  })
})

// The page hears of it as an error of this worker.
self.addEventListener('messageerror', () => {
  throw new Error('A message of the page cannot be read')
})

async function answer({ id, steps, edge }: Extract<FromPage, { kind: 'try' }>): Promise<Tried> {
  const startedAt = performance.now()
  try {
    if (!opened) throw new Error('There is no picture to try on')
    const pixels = at(edge, opened.picture)
    const factor = Math.max(pixels.width, pixels.height) / opened.serverEdge
    const { data, width, height } = tryOut(pixels, stepsAt(steps, factor))
    const made = await createImageBitmap(new ImageData(data, width, height))
    return { id, made, ms: performance.now() - startedAt }
  } catch (error) {
    const problem = error instanceof NothingToBalance ? 'nothing_to_balance' : 'failed'
    return { id, made: null, problem, reason: String(error) }
  }
}

/** At the picture's full size, where what is burnt out has not been mixed with what is not. */
function judge({ id, patch }: Extract<FromPage, { kind: 'judge' }>): Judged {
  if (!opened) return { id, judged: null }
  const { picture } = opened
  const width = Math.max(1, Math.round(patch.width * picture.width))
  const height = Math.max(1, Math.round(patch.height * picture.height))
  const context = new OffscreenCanvas(width, height).getContext('2d')
  if (!context) return { id, judged: null }
  const [left, top] = [Math.floor(patch.left * picture.width), Math.floor(patch.top * picture.height)]
  context.drawImage(picture, left, top, width, height, 0, 0, width, height)
  const { data } = context.getImageData(0, 0, width, height)
  return { id, judged: judgePatch(Uint8Array.from(data.filter((_, at) => at % 4 !== 3)), width, height) }
}

/** The picture at this size, on white as the server has it where it is transparent; made once for each size. */
function at(edge: number, picture: ImageBitmap): Pixels {
  const known = reduced.get(edge)
  if (known) return known
  const scale = Math.min(1, edge / Math.max(picture.width, picture.height))
  const width = Math.max(1, Math.round(picture.width * scale))
  const height = Math.max(1, Math.round(picture.height * scale))
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })
  if (!context) throw new Error('This browser draws nothing in a worker')
  context.fillStyle = '#ffffff'
  context.fillRect(0, 0, width, height)
  context.imageSmoothingQuality = 'high'
  context.drawImage(picture, 0, 0, width, height)
  const pixels = context.getImageData(0, 0, width, height)
  reduced.set(edge, pixels)
  return pixels
}
