import type { Pixels } from '../../pipeline/tasks.ts'
import type { Tensor } from '../runtime.ts'
import type { Manifest } from './manifest.ts'

type Input = Manifest['input']
type Area = { left: number; top: number; width: number; height: number }

const channelCount = 3

/** The picture as the network wants it: its size, order of channels, layout and range. */
export function inputOf(picture: Pixels, input: Input): Tensor {
  const { width, height, layout } = input
  const area = input.fit === 'crop' ? middleOf(picture, width / height) : wholeOf(picture)
  const columns = samplesAlong(area.left, area.width, width, picture.width)
  const rows = samplesAlong(area.top, area.height, height, picture.height)
  const plane = width * height
  const data = new Float32Array(channelCount * plane)
  for (let channel = 0; channel < channelCount; channel++) {
    const source = input.channels === 'BGR' ? channelCount - 1 - channel : channel
    const gain = input.scale / (input.std[channel] ?? 1)
    const offset = (input.mean[channel] ?? 0) / (input.std[channel] ?? 1)
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const value = between(picture, source, columns[x]!, rows[y]!) * gain - offset
        const at = y * width + x
        data[layout === 'NCHW' ? channel * plane + at : at * channelCount + channel] = value
      }
    }
  }
  const dims = layout === 'NCHW' ? [1, channelCount, height, width] : [1, height, width, channelCount]
  return { data, dims }
}

/** The longer edge, in pixels, to which a picture may be made smaller first without losing what the network would see. */
export function edgeFor(size: { width: number; height: number }, input: Input): number {
  const { width, height } = size
  return Math.max(
    1,
    Math.ceil(Math.max(width, height) * Math.max(input.width / width, input.height / height)),
  )
}

function wholeOf({ width, height }: Pixels): Area {
  return { left: 0, top: 0, width, height }
}

/** The largest area of this shape around the centre. */
function middleOf({ width, height }: Pixels, shape: number): Area {
  const wide = width / height > shape
  const area = wide ? { width: height * shape, height } : { width, height: width / shape }
  return { ...area, left: (width - area.width) / 2, top: (height - area.height) / 2 }
}

/** Two neighbours and how far it is from the first to the second. */
type Between = { a: number; b: number; share: number }

/** For each of `count` samples its place in `from` .. `from + length`, by pixels' centres. */
function samplesAlong(from: number, length: number, count: number, size: number): Between[] {
  return Array.from({ length: count }, (_, n) => {
    const at = Math.min(size - 1, Math.max(0, from + ((n + 0.5) * length) / count - 0.5))
    const a = Math.floor(at)
    return { a, b: Math.min(size - 1, a + 1), share: at - a }
  })
}

function between({ rgb, width }: Pixels, channel: number, x: Between, y: Between): number {
  const sample = (column: number, row: number) => rgb[(row * width + column) * channelCount + channel]!
  const above = sample(x.a, y.a) + (sample(x.b, y.a) - sample(x.a, y.a)) * x.share
  const below = sample(x.a, y.b) + (sample(x.b, y.b) - sample(x.a, y.b)) * x.share
  return above + (below - above) * y.share
}
