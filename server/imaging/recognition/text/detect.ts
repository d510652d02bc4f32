import type { Corners, Point } from '../../pipeline/kernels/marker/point.ts'
import { reduceToEdge } from '../../pipeline/kernels/reduce.ts'
import type { Pixels } from '../../pipeline/tasks.ts'
import type { Model, Tensor } from '../runtime.ts'
import { isSamePlace } from './quad.ts'
import { boxesOf } from './text-map.ts'

/** The detector's sides must be multiples of this. */
const grain = 32

/**
 * The longer edge that the detector gets to see: lines of text, and again, much smaller, digits that fill the picture and
 * the bars of a display, which it takes for text only when they run together.
 */
const edge = 736
const smallEdge = 320

/** Of blue, green and red, as the detector was trained. */
const means = [0.485, 0.456, 0.406]
const spreads = [0.229, 0.224, 0.225]

/** Lines of text in a picture, in its pixels; `large` those that a second look, at a smaller picture, shows. */
export async function detect(
  picture: Pixels,
  detector: Model,
): Promise<{ lines: Corners[]; large: Corners[] }> {
  return {
    lines: await look(picture, detector, edge),
    large: await look(picture, detector, smallEdge),
  }
}

async function look(picture: Pixels, detector: Model, edge: number): Promise<Corners[]> {
  const { tensor, scale } = inputOf(picture, edge)
  const outputs = Object.values(await detector.run({ x: tensor }))
  const map = outputs[0]
  const [, , height, width] = map?.dims ?? []
  if (!map || width === undefined || height === undefined) throw new Error('the text detector gave no map')
  return boxesOf({ data: map.data, width, height }).map(({ corners }) => scaled(corners, scale))
}

/** The lines and those large boxes that no line shares its place with. */
export function withLarge(lines: readonly Corners[], large: readonly Corners[]): Corners[] {
  const isNew = (box: Corners) => !lines.some((line) => isSamePlace(line, box))
  return [...lines, ...large.filter(isNew)]
}

/** Pixel corners as shares of the picture's width and height, within it. */
export function sharesOf(corners: Corners, { width, height }: Pixels): Point[] {
  const share = (at: number, size: number) => Math.min(1, Math.max(0, (at + 0.5) / size))
  return corners.map(({ x, y }) => ({ x: share(x, width), y: share(y, height) }))
}

function inputOf(
  { rgb, width, height }: Pixels,
  edge: number,
): { tensor: Tensor; scale: { x: number; y: number } } {
  const plane = new Uint8Array(width * height)
  let tensor: Tensor | undefined
  let small = { width, height }
  for (let channel = 0; channel < 3; channel++) {
    // Blue first.
    for (let i = 0, at = 2 - channel; i < plane.length; i++, at += 3) plane[i] = rgb[at]!
    const reduced = reduceToEdge(plane, width, height, edge)
    small = reduced
    const dims = [1, 3, upTo(reduced.height), upTo(reduced.width)] as const
    // The room beside the picture stays at the mean.
    tensor ??= { data: new Float32Array(3 * dims[2] * dims[3]), dims }
    const table = Float32Array.from(
      { length: 256 },
      (_, level) => (level / 255 - means[channel]!) / spreads[channel]!,
    )
    for (let y = 0, at = 0; y < reduced.height; y++) {
      const row = (channel * dims[2] + y) * dims[3]
      for (let x = 0; x < reduced.width; x++) tensor.data[row + x] = table[reduced.plane[at++]!]!
    }
  }
  if (!tensor) throw new Error('a picture has three channels')
  return { tensor, scale: { x: width / small.width, y: height / small.height } }
}

function upTo(size: number): number {
  return Math.ceil(size / grain) * grain
}

function scaled(corners: Corners, { x, y }: { x: number; y: number }): Corners {
  const [a, b, c, d] = corners
  // Pixel middles are at whole numbers.
  const to = (corner: { x: number; y: number }) => ({
    x: (corner.x + 0.5) * x - 0.5,
    y: (corner.y + 0.5) * y - 0.5,
  })
  return [to(a), to(b), to(c), to(d)]
}
