/** A mask in which every sample but 0 is ink. */
export type Mask = { samples: Uint8Array; width: number; height: number }

/** In pixels of the mask, right and bottom excluded. */
export type Extent = { left: number; top: number; right: number; bottom: number }

export type Digit = {
  character: string
  /** How clearly its bars are there or not there, 0..1. */
  clarity: number
}

/** Bars a..g (upper, then clockwise, middle last) of each digit; some makes draw 6, 7 and 9 otherwise. */
const patterns: Record<string, string> = {
  abcdef: '0',
  bc: '1',
  abdeg: '2',
  abcdg: '3',
  bcfg: '4',
  acdfg: '5',
  acdefg: '6',
  cdefg: '6',
  abc: '7',
  abcf: '7',
  abcdefg: '8',
  abcdfg: '9',
  abcfg: '9',
}

const litFrom = 0.6
const darkUpTo = 0.38
/** A 1 is all stroke: narrower than this for its height. */
const narrow = 0.42
const narrowest = 0.28
const widest = 0.95

/** Where the bars of a digit are, in shares of its width and height: along the bar, and across, where it may lie. */
const level = {
  a: [0.3, 0.7, 0, 0.24],
  g: [0.32, 0.68, 0.38, 0.62],
  d: [0.3, 0.7, 0.76, 1],
} as const
const upright = {
  f: [0, 0.34, 0.17, 0.4],
  b: [0.66, 1, 0.17, 0.4],
  e: [0, 0.34, 0.6, 0.83],
  c: [0.66, 1, 0.6, 0.83],
} as const
/** Between the bars there is nothing. */
const holes = [
  [0.42, 0.58, 0.26, 0.36],
  [0.42, 0.58, 0.64, 0.74],
] as const

/** The digit of a seven-segment display that fills `extent`; null for any other shape. */
export function digitIn(mask: Mask, extent: Extent): Digit | null {
  const width = extent.right - extent.left
  const height = extent.bottom - extent.top
  if (width > widest * height) return null
  if (width < narrow * height) {
    const one = oneIn(mask, extent)
    // A 3 and a 7 have no bars on their left and may be as narrow.
    if (one || width < narrowest * height) return one
  }
  if (holes.some((hole) => inkShare(mask, within(extent, hole)) > 0.3)) return null
  let lit = ''
  let clarity = 1
  for (const name of 'abcdefg') {
    const share = name in level ? densest(mask, within(extent, level[name as keyof typeof level]), 'rows') : densest(mask, within(extent, upright[name as keyof typeof upright]), 'columns') // prettier-ignore
    if (share >= litFrom) lit += name
    else if (share > darkUpTo) return null
    clarity = Math.min(clarity, Math.abs(2 * share - 1))
  }
  const character = patterns[lit]
  return character === undefined ? null : { character, clarity: 0.5 + clarity / 2 }
}

/** Two strokes, one above the other, and nothing beside them. */
function oneIn(mask: Mask, extent: Extent): Digit | null {
  const clarity = Math.min(
    inkShare(mask, within(extent, [0, 1, 0.15, 0.42])),
    inkShare(mask, within(extent, [0, 1, 0.58, 0.85])),
  )
  return clarity >= litFrom ? { character: '1', clarity } : null
}

function within(
  { left, top, right, bottom }: Extent,
  [x0, x1, y0, y1]: readonly [number, number, number, number],
): Extent {
  const [width, height] = [right - left, bottom - top]
  const from = { left: Math.round(left + x0 * width), top: Math.round(top + y0 * height) }
  return {
    ...from,
    right: Math.max(from.left + 1, Math.round(left + x1 * width)),
    bottom: Math.max(from.top + 1, Math.round(top + y1 * height)),
  }
}

/** The greatest share of ink that a row, or a column, of the part has: that of the bar's middle, however thick it is. */
function densest(mask: Mask, part: Extent, lines: 'rows' | 'columns'): number {
  let most = 0
  if (lines === 'rows') {
    for (let y = part.top; y < part.bottom; y++)
      most = Math.max(most, inkShare(mask, { ...part, top: y, bottom: y + 1 }))
  } else {
    for (let x = part.left; x < part.right; x++)
      most = Math.max(most, inkShare(mask, { ...part, left: x, right: x + 1 }))
  }
  return most
}

function inkShare({ samples, width }: Mask, { left, top, right, bottom }: Extent): number {
  let ink = 0
  for (let y = top; y < bottom; y++)
    for (let x = left; x < right; x++) if (samples[y * width + x] !== 0) ink++
  return ink / ((right - left) * (bottom - top))
}
