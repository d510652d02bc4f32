/** Something that repeats all over the picture, such as the lines of a screen that was photographed. */
export interface Pattern {
  /** Pixels from one line to the next. */
  readonly period: number
  /** Across which the lines lie: 0 is from left to right, up to 180 degrees, clockwise as pictures are. */
  readonly degrees: number
}

interface Spectrum {
  readonly levels: Uint8Array
  readonly width: number
  readonly height: number
}

/** Nearer to the middle lie the picture's own shapes. In cycles a pixel. */
const lowest = 0.03
/** How far from a dot its surroundings are looked at, in numbers of the spectrum; nearer lies what the fading made of it. */
const reach = 9
const looks = 32
/** How far a dot stands out from them, as the logarithm of the factor. The noisiest of a million numbers stands out by 1.6. */
const outstanding = 2.5
/** And from the strongest of them: an edge draws a line through the spectrum, and is no pattern. */
const lonely = 0.9
/** 32, of which x >> 5 is the number. Sides of a spectrum are powers of two. */
const blockSide = 32
/** The edges of a JPEG's squares repeat along both axes. */
const blockSlack = 0.006

/**
 * The dot that stands out most from what is around it in a log-magnitude spectrum with its middle in the middle; null when
 * none does. `most` is the logarithm that level 255 stands for, `block` the side of a JPEG's squares in pixels.
 */
export function findPattern(
  { levels, width, height }: Spectrum,
  most: number,
  block: number,
): Pattern | null {
  const around = Array.from({ length: looks }, (_, i) => {
    const turn = (2 * Math.PI * i) / looks
    return { dx: Math.round(reach * Math.cos(turn)), dy: Math.round(reach * Math.sin(turn)) }
  })
  const perFactor = 255 / most
  const means = blockMeans(levels, width, height)
  const blocks = Math.ceil(width / blockSide)
  let best = { excess: outstanding * perFactor, x: -1, y: -1 }
  // The lower half is the upper one's mirror; at the rim there is nothing to compare with.
  for (let y = reach; y <= height >> 1; y++) {
    const row = Math.floor(y / blockSide) * blocks
    for (let x = reach; x < width - reach; x++) {
      const at = y * width + x
      const level = levels[at]!
      if (level - means[row + (x >> 5)]! <= best.excess / 2) continue
      if (level < levels[at - 1]! || level < levels[at + 1]!) continue
      if (level < levels[at - width]! || level < levels[at + width]!) continue
      if (!mayRepeat(x / width - 0.5, y / height - 0.5, block)) continue
      let sum = 0
      let strongest = 0
      for (const { dx, dy } of around) {
        const beside = levels[at + dy * width + dx]!
        sum += beside
        if (beside > strongest) strongest = beside
      }
      const excess = level - sum / looks
      if (excess > best.excess && level - strongest > lonely * perFactor) best = { excess, x, y }
    }
  }
  if (best.x < 0) return null
  const [across, down] = [best.x / width - 0.5, best.y / height - 0.5]
  const turn = (Math.atan2(down, across) * 180) / Math.PI
  return { period: 1 / Math.hypot(across, down), degrees: Math.round(turn + 180) % 180 }
}

/** Of squares, to pass over quickly what cannot be a dot. */
function blockMeans(levels: Uint8Array, width: number, height: number): Float64Array {
  const across = Math.ceil(width / blockSide)
  const means = new Float64Array(across * Math.ceil(height / blockSide))
  for (let y = 0; y < height; y++) {
    const row = Math.floor(y / blockSide) * across
    for (let x = 0; x < width; x++) means[row + (x >> 5)]! += levels[y * width + x]!
  }
  const area = Math.min(blockSide, width) * Math.min(blockSide, height)
  return means.map((sum) => sum / area)
}

function mayRepeat(across: number, down: number, block: number): boolean {
  if (across * across + down * down < lowest * lowest) return false
  const [small, large] = [Math.abs(across), Math.abs(down)].sort((a, b) => a - b) as [number, number]
  const ofBlocks = Math.abs(large * block - Math.round(large * block)) / block < blockSlack
  return !(small < blockSlack && ofBlocks)
}
