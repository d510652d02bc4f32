import { seeded } from './specimens.ts'

/** A picture that scripts/golden/pictures.py makes from the same integers. */
export type GoldenPicture = {
  name: string
  width: number
  height: number
  /** One sample a pixel. */
  grey: Uint8Array
  /** Three interleaved samples a pixel. */
  rgb: Uint8Array
}

const kinds = ['gradient', 'noise', 'dots', 'rings', 'scene'] as const
const sizes = [
  [1, 1],
  [1, 17],
  [23, 1],
  [2, 3],
  [5, 4],
  [33, 21],
  [64, 48],
  [97, 61],
] as const
const plain = ['black', 'white'] as const
const plainSizes = [
  [1, 1],
  [1, 9],
  [34, 21],
] as const

type Kind = (typeof kinds)[number] | (typeof plain)[number]

/** All golden pictures, in the order of golden.json. */
export function goldenPictures(): GoldenPicture[] {
  return [
    ...kinds.flatMap((kind) => sizes.map((size) => goldenPicture(kind, size[0], size[1]))),
    ...plain.flatMap((kind) => plainSizes.map((size) => goldenPicture(kind, size[0], size[1]))),
  ]
}

function goldenPicture(kind: Kind, width: number, height: number): GoldenPicture {
  return {
    name: `${kind} ${width}x${height}`,
    width,
    height,
    grey: fill(kind, width, height, 1),
    rgb: fill(kind, width, height, 3),
  }
}

function fill(kind: Kind, width: number, height: number, channels: number): Uint8Array {
  const next = seeded(width * 1000 + height * 10 + channels)
  const samples = new Uint8Array(width * height * channels)
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let c = 0; c < channels; c++) samples[at++] = sample(kind, { x, y, c, width, height }, next)
    }
  }
  return samples
}

type Place = { x: number; y: number; c: number; width: number; height: number }

/** 0..255, from integers alone. */
function sample(kind: Kind, { x, y, c, width, height }: Place, next: () => number): number {
  const fromCentre = (2 * x + 1 - width) ** 2 + (2 * y + 1 - height) ** 2
  switch (kind) {
    case 'black':
      return 0
    case 'white':
      return 255
    case 'gradient':
      return Math.floor(((c === 1 ? 2 * x + y : x + 2 * y) * 255) / (2 * (width + height)))
    case 'noise':
      return (next() >>> 8) & 255
    case 'dots':
      return (next() >>> 8) % 5 < 2 ? 255 : 0
    case 'rings':
      return (Math.floor((fromCentre * 12) / (width * width + height * height)) + c) & 1 ? 255 : 0
    case 'scene': {
      const slope = Math.floor((60 * x) / width) - Math.floor((40 * y) / height)
      const lesion = 9 * fromCentre < width * width + height * height ? -45 : 0
      const glint = x > 3 && x < 9 && y > 2 && y < 6 ? 200 : 0
      const grain = ((next() >>> 8) % 13) - 6
      return Math.min(Math.max(130 + slope + lesion + glint + grain + 45 - 30 * c, 0), 255)
    }
  }
}
