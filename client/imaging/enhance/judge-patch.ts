import { balanceGains, NothingToBalance } from '#kernels/white-balance.ts'
import type { Area } from '#shared/imaging-recipe.ts'
import type { PicturePoint } from '#shared/imaging-viewer.ts'

/**
 * Whether a place may stand for white or grey. too_bright and too_dark cannot be used; coloured and uneven can, on the word
 * of who knows what is there.
 */
export type PatchVerdict = 'good' | 'coloured' | 'uneven' | 'too_bright' | 'too_dark'

export interface JudgedPatch {
  readonly verdict: PatchVerdict
  /** Mean levels, 0..255. */
  readonly red: number
  readonly green: number
  readonly blue: number
}

/** The side of what is measured around a place, as a share of the picture's longer edge: a fingertip from afar. */
const side = 0.02
/** Levels from and up to which a sample may be cut off. */
const [white, black] = [250, 6]
const mostCutOff = 0.2
/** Mean level below which noise is a large part of it. */
const darkest = 24
/**
 * Between the largest and the smallest gain. Paper under a household lamp stays below it in pictures of cameras that balance
 * by themselves; skin of any tone and most cloth are above it.
 */
const mostColour = 2
/** Standard deviation of green, in levels; paper in camera noise stays under 8. */
const mostUneven = 16

/** The square around a place in shares of the picture, moved inside where it would leave it. */
export function patchAround({ x, y }: PicturePoint, size: { width: number; height: number }): Area {
  const pixels = side * Math.max(size.width, size.height)
  const [width, height] = [Math.min(1, pixels / size.width), Math.min(1, pixels / size.height)]
  return { left: inside(x, width), top: inside(y, height), width, height }
}

/** Of the patch's own interleaved 8-bit RGB. */
export function judgePatch(rgb: Uint8Array, width: number, height: number): JudgedPatch {
  const count = width * height
  const sums = [0, 0, 0] as [number, number, number]
  let squares = 0
  let bright = 0
  let dark = 0
  for (let at = 0; at < rgb.length; at += 3) {
    const [r, g, b] = [rgb[at] ?? 0, rgb[at + 1] ?? 0, rgb[at + 2] ?? 0]
    sums[0] += r
    sums[1] += g
    sums[2] += b
    squares += g * g
    if (Math.max(r, g, b) >= white) bright++
    if (Math.min(r, g, b) <= black) dark++
  }
  const [red, green, blue] = [sums[0] / count, sums[1] / count, sums[2] / count]
  const uneven = Math.sqrt(Math.max(0, squares / count - green * green))
  const verdict = (): PatchVerdict => {
    if (bright > mostCutOff * count) return 'too_bright'
    if (dark > mostCutOff * count || green < darkest) return 'too_dark'
    const spread = colourOf(rgb, width, height)
    if (spread === null) return 'too_bright'
    if (spread > mostColour) return 'coloured'
    return uneven > mostUneven ? 'uneven' : 'good'
  }
  return { verdict: verdict(), red, green, blue }
}

/** The largest gain that would be needed to the smallest; null when nothing can be measured. */
function colourOf(rgb: Uint8Array, width: number, height: number): number | null {
  try {
    const gains = Object.values(
      balanceGains(rgb, width, height, { patch: { left: 0, top: 0, width, height } }),
    )
    return Math.max(...gains) / Math.min(...gains)
  } catch (error) {
    if (error instanceof NothingToBalance) return null
    throw error
  }
}

function inside(middle: number, size: number): number {
  return Math.min(1 - size, Math.max(0, middle - size / 2))
}
