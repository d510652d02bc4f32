import type { Point } from '../../../pipeline/kernels/marker/point.ts'
import type { Pixels } from '../../../pipeline/tasks.ts'

type Colour = readonly [number, number, number]

export type LesionScene = {
  seed: number
  skin: Colour
  /** Of the lesion against the skin, 0 none. */
  contrast: number
  /** How much darker the dark side of the picture is, 0..1. */
  shade: number
  hairs: number
  /** Standard deviation of the camera's noise, in levels. */
  noise: number
}

export type DrawnLesion = { picture: Pixels; truth: Uint8Array; box: Box; centre: Point }
type Box = { left: number; top: number; width: number; height: number }

const width = 960
const height = 720
const skins: readonly Colour[] = [
  [226, 184, 164],
  [204, 152, 126],
  [168, 116, 88],
  [118, 78, 58],
  [84, 56, 44],
]

/** Drawn skin of five shades with a lesion each: clear and faint, with and without hairs, in even and in slanting light. */
export function lesionScenes(count: number): LesionScene[] {
  return Array.from({ length: count }, (_, at) => ({
    seed: 7 + at,
    skin: skins[at % skins.length]!,
    contrast: [0.5, 0.35, 0.25][at % 3]!,
    shade: [0, 0.25, 0.45][Math.floor(at / 3) % 3]!,
    hairs: [0, 8, 20][Math.floor(at / 5) % 3]!,
    noise: [2, 5, 8][Math.floor(at / 2) % 3]!,
  }))
}

/** The same scene is the same picture. `truth` is 255 where the lesion is more than half. */
export function drawLesion({ seed, skin, contrast, shade, hairs, noise }: LesionScene): DrawnLesion {
  const random = randomFrom(seed)
  const between = (from: number, to: number) => from + random() * (to - from)
  const centre = { x: between(0.3, 0.7) * width, y: between(0.3, 0.7) * height }
  const radius = between(0.07, 0.2) * height
  const waves = Array.from({ length: 6 }, (_, i) => ({
    count: i + 2,
    depth: between(0, 0.16) / (1 + i * 0.6),
    phase: between(0, 2 * Math.PI),
  }))
  const blur = between(2, 6)
  const light = between(0, 2 * Math.PI)
  const mottles = Array.from({ length: 5 }, () => ({
    x: centre.x + between(-0.7, 0.7) * radius,
    y: centre.y + between(-0.7, 0.7) * radius,
    reach: between(0.2, 0.5) * radius,
    change: between(-0.35, 0.35),
  }))
  const texture = smoothNoise(random, 9)
  const coarse = smoothNoise(random, 60)
  const strands = hairsOf(hairs, random)
  const rgb = new Uint8Array(width * height * 3)
  const truth = new Uint8Array(width * height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [dx, dy] = [x - centre.x, y - centre.y]
      const angle = Math.atan2(dy, dx)
      const reach = radius * waves.reduce((sum, { count, depth, phase }) => sum + depth * Math.cos(count * angle + phase), 1) // prettier-ignore
      const cover = 1 / (1 + Math.exp((Math.hypot(dx, dy) - reach) / (blur / 2.5)))
      const at = y * width + x
      truth[at] = cover > 0.5 ? 255 : 0
      let depth = contrast
      for (const one of mottles) depth *= 1 + one.change * Math.exp(-((x - one.x) ** 2 + (y - one.y) ** 2) / (2 * one.reach ** 2)) // prettier-ignore
      const lit =
        1 - shade * (0.5 + ((x - width / 2) * Math.cos(light) + (y - height / 2) * Math.sin(light)) / Math.hypot(width, height)) // prettier-ignore
      const grain = 1 + 0.035 * texture(x, y) + 0.05 * coarse(x, y)
      const strand = strands[at]! / 255
      for (let channel = 0; channel < 3; channel++) {
        // Pigment takes more of blue and green than of red.
        const pigment = 1 - cover * depth * [0.85, 1.05, 1.1][channel]!
        const clean = skin[channel]! * pigment * lit * grain
        const haired = clean * (1 - strand) + 38 * strand
        rgb[3 * at + channel] = Math.min(255, Math.max(0, Math.round(haired + noise * gauss(random))))
      }
    }
  }
  return {
    picture: { rgb, width, height },
    truth,
    box: boxAround(truth, random),
    centre: inside(truth, centre),
  }
}

/** A box as drawn by hand: up to a fifth too far on each side, never too near. */
function boxAround(truth: Uint8Array, random: () => number): Box {
  let [left, right, top, bottom] = [width, 0, height, 0]
  truth.forEach((one, at) => {
    if (one === 0) return
    const [x, y] = [at % width, Math.floor(at / width)]
    left = Math.min(left, x)
    right = Math.max(right, x + 1)
    top = Math.min(top, y)
    bottom = Math.max(bottom, y + 1)
  })
  const slack = () => (0.03 + 0.17 * random()) * Math.max(right - left, bottom - top)
  const from = { left: Math.max(0, left - slack()), top: Math.max(0, top - slack()) }
  return {
    ...from,
    width: Math.min(width, right + slack()) - from.left,
    height: Math.min(height, bottom + slack()) - from.top,
  }
}

function inside(truth: Uint8Array, { x, y }: Point): Point {
  const at = { x: Math.round(x), y: Math.round(y) }
  if (truth[at.y * width + at.x] === 0) throw new Error('the middle of a drawn lesion is outside of it')
  return at
}

/** Curved dark strands of one to three pixels, 0..255 of cover. */
function hairsOf(count: number, random: () => number): Uint8Array {
  const cover = new Uint8Array(width * height)
  for (let hair = 0; hair < count; hair++) {
    let [x, y] = [random() * width, random() * height]
    let angle = random() * 2 * Math.PI
    const bend = (random() - 0.5) * 0.012
    const thick = 0.5 + random()
    for (let step = 0; step < 420; step++, angle += bend) {
      x += Math.cos(angle)
      y += Math.sin(angle)
      for (let row = Math.floor(y - 2); row <= y + 2; row++) {
        for (let column = Math.floor(x - 2); column <= x + 2; column++) {
          if (row < 0 || column < 0 || row >= height || column >= width) continue
          const part = Math.max(0, Math.min(1, thick + 0.5 - Math.hypot(column - x, row - y)))
          const at = row * width + column
          cover[at] = Math.max(cover[at]!, Math.round(220 * part))
        }
      }
    }
  }
  return cover
}

/** Values about -1..1 that change within so many pixels. */
function smoothNoise(random: () => number, grid: number): (x: number, y: number) => number {
  const across = Math.ceil(width / grid) + 2
  const values = Float32Array.from(
    { length: across * (Math.ceil(height / grid) + 2) },
    () => 2 * random() - 1,
  )
  return (x, y) => {
    const [column, row] = [Math.floor(x / grid), Math.floor(y / grid)]
    const [u, v] = [x / grid - column, y / grid - row]
    const value = (dx: number, dy: number) => values[(row + dy) * across + column + dx]!
    return (value(0, 0) * (1 - u) + value(1, 0) * u) * (1 - v) + (value(0, 1) * (1 - u) + value(1, 1) * u) * v
  }
}

function gauss(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    // Mulberry32 (T. Ettinger, public domain).
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
