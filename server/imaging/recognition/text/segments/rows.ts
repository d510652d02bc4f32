import { connectedComponents } from '../../../pipeline/kernels/components.ts'
import { digitIn, type Digit, type Extent, type Mask } from './bars.ts'

/** A number as a display shows it. */
export type Shown = {
  text: string
  /** That of its least clear digit, 0..1. */
  clarity: number
  /** Share of its digits of several bars whose bars stand apart, as those of type never do. */
  apart: number
  extent: Extent
}

type Glyph = Extent & { parts: number; isCut: boolean }
type Placed = Glyph & { digit: Digit }

/** How far heights and rows of the digits of one number may differ, of their height. */
const evenness = 0.2
/** Of the digits' height: what is lower is a unit or a sign. */
const smallest = 0.7
/** Of the digits' height: what is no further away belongs to the number. */
const closeBy = 0.32
/** Of the digits' height: a bar is at least as long. */
const leastBar = 0.2
/** Of a digit's height: the most that two right sides are apart within a number. A 1 stands at the right of its room. */
const mostAdvance = 1.2

/**
 * The numbers that cross `core`, the box of a line of text, when everything of their height there is a digit of seven
 * bars; they may reach out of the box to the left and right. Empty for anything else.
 */
export function numbersIn(mask: Mask, core: Extent): Shown[] {
  const { marks, points } = partsOf(mask, core)
  const glyphs = grouped(marks)
  const inCore = glyphs.filter(
    ({ left, right }) => (left + right) / 2 > core.left && (left + right) / 2 < core.right,
  )
  const height = Math.max(0, ...inCore.map(({ top, bottom }) => bottom - top))
  if (height < 0.45 * (core.bottom - core.top)) return []
  const tall = inCore.filter(({ top, bottom }) => bottom - top > smallest * height)
  const seeds = tall.map((glyph) => placedIn(mask, glyph))
  if (seeds.length === 0 || !isComplete(seeds) || !areEven(seeds, height)) return []
  const row = extended(mask, glyphs, seeds, height)
  if (!row || hasLooseBars(row, glyphs, height)) return []
  return split(row, points, height).map((number) => shown(number, points, height))
}

/** Parts that may be bars or whole digits, and parts that may be points. */
function partsOf(mask: Mask, core: Extent): { marks: Glyph[]; points: Extent[] } {
  const { width, height } = mask
  const coreHeight = core.bottom - core.top
  const { components } = connectedComponents(mask.samples, width, height, { neighbours: 8 })
  const marks: Glyph[] = []
  const points: Extent[] = []
  for (const part of components) {
    const extent = {
      left: part.left,
      top: part.top,
      right: part.left + part.width,
      bottom: part.top + part.height,
    }
    // What reaches over the upper or lower rim is the frame of the display.
    if (extent.top === 0 || extent.bottom === height) continue
    if (part.area < 0.002 * coreHeight * coreHeight || part.height > 1.3 * coreHeight) continue
    if (part.width <= 0.2 * coreHeight && part.height <= 0.2 * coreHeight) {
      if (Math.min(part.width, part.height) >= 0.05 * coreHeight) points.push(extent)
    } else marks.push({ ...extent, parts: 1, isCut: extent.left === 0 || extent.right === width })
  }
  return { marks, points }
}

/** Bars above one another belong to one digit. */
function grouped(marks: Glyph[]): Glyph[] {
  const groups: Glyph[] = []
  for (const mark of marks.toSorted((a, b) => a.left - b.left)) {
    const last = groups.at(-1)
    if (last && mark.left <= last.right) {
      last.right = Math.max(last.right, mark.right)
      last.top = Math.min(last.top, mark.top)
      last.bottom = Math.max(last.bottom, mark.bottom)
      last.parts += mark.parts
      last.isCut ||= mark.isCut
    } else groups.push({ ...mark })
  }
  return groups
}

function placedIn(mask: Mask, glyph: Glyph): Placed | null {
  const digit = glyph.isCut ? null : digitIn(mask, glyph)
  return digit && { ...glyph, digit }
}

function isComplete(glyphs: (Placed | null)[]): glyphs is Placed[] {
  return !glyphs.includes(null)
}

function areEven(glyphs: readonly Glyph[], height: number): boolean {
  return glyphs.every((glyph, i) => i === 0 || areNeighbours(glyphs[i - 1]!, glyph, height))
}

function areNeighbours(a: Glyph, b: Glyph, height: number): boolean {
  return Math.abs(a.top - b.top) <= evenness * height && Math.abs(a.bottom - b.bottom) <= evenness * height
}

/**
 * With the digits to the left and right that the box left out. Null when there is something of their height and at their
 * distance that is no digit: part of a number is worse than none.
 */
function extended(
  mask: Mask,
  glyphs: readonly Glyph[],
  seeds: readonly Placed[],
  height: number,
): Placed[] | null {
  const row = [...seeds]
  const [first, last] = [seeds[0]!, seeds.at(-1)!]
  const advances = advancesOf(seeds)
  const [least, most] =
    advances.length > 0 ? [0.8 * Math.min(...advances), 1.25 * Math.min(...advances)] : [0.5 * height, height]
  const sides = [
    { candidates: glyphs.filter(({ right }) => right <= first.left).toReversed(), isBefore: true },
    { candidates: glyphs.filter(({ left }) => left >= last.right), isBefore: false },
  ]
  for (const { candidates, isBefore } of sides) {
    for (const glyph of candidates) {
      const end = isBefore ? row[0]! : row.at(-1)!
      const apart = Math.abs(glyph.right - end.right)
      if (glyph.bottom - glyph.top < smallest * height) break
      // The frame of the display looks like a 1, but not where one would be.
      const isBeside = gapBetween(glyph, end) < closeBy * height
      if (!isBeside && (apart < least || apart > most)) break
      const digit = areNeighbours(glyph, end, height) ? placedIn(mask, glyph) : null
      if (!digit) return null
      if (isBefore) row.unshift(digit)
      else row.push(digit)
    }
  }
  return row
}

function gapBetween(a: Extent, b: Extent): number {
  return Math.max(a.left, b.left) - Math.min(a.right, b.right)
}

/** A bar that belongs to no digit: the upper one of a 7, for instance, whose others then look like a 1. */
function hasLooseBars(row: readonly Placed[], glyphs: readonly Glyph[], height: number): boolean {
  const [first, last] = [row[0]!, row.at(-1)!]
  return glyphs.some(({ left, top, right, bottom }) => {
    if (bottom - top >= smallest * height || right - left < leastBar * height) return false
    const middle = (left + right) / 2
    const isInRow = bottom > first.top && top < first.bottom
    return isInRow && middle > first.left - 0.7 * height && middle < last.right
  })
}

/** How far apart the right sides of neighbours are. */
function advancesOf(row: readonly Glyph[]): number[] {
  return row.slice(1).map(({ right }, i) => right - row[i]!.right)
}

/** Two numbers in one box: further apart than the digits of either. */
function split(row: readonly Placed[], points: readonly Extent[], height: number): Placed[][] {
  const advances = advancesOf(row)
  const usual = Math.min(...advances)
  const numbers: Placed[][] = []
  for (const [i, digit] of row.entries()) {
    const advance = advances[i - 1]
    const isFar = advance === undefined || advance > 1.28 * usual || advance > mostAdvance * height
    if (isFar && !(i > 0 && signAfter(row[i - 1]!, digit, points, height) === ':')) numbers.push([digit])
    else numbers.at(-1)!.push(digit)
  }
  return numbers
}

function shown(digits: readonly Placed[], points: readonly Extent[], height: number): Shown {
  const text = digits
    .map((digit, i) => digit.digit.character + signAfter(digit, digits[i + 1], points, height))
    .join('')
  const ofBars = digits.filter(({ digit }) => digit.character !== '1')
  return {
    text,
    clarity: Math.min(...digits.map(({ digit }) => digit.clarity)),
    apart: ofBars.length === 0 ? 0 : ofBars.filter(({ parts }) => parts > 1).length / ofBars.length,
    extent: {
      left: digits[0]!.left,
      top: Math.min(...digits.map(({ top }) => top)),
      right: digits.at(-1)!.right,
      bottom: Math.max(...digits.map(({ bottom }) => bottom)),
    },
  }
}

function signAfter(digit: Glyph, next: Glyph | undefined, points: readonly Extent[], height: number): string {
  if (!next) return ''
  const between = points.filter(({ left, right, top, bottom }) => {
    const middle = (left + right) / 2
    return (
      middle > digit.right - 0.08 * height &&
      middle < next.left + 0.08 * height &&
      bottom > digit.top &&
      top < digit.bottom
    )
  })
  const low = between.filter(({ top, bottom }) => (top + bottom) / 2 > digit.bottom - 0.25 * height)
  const high = between.filter(({ top, bottom }) => (top + bottom) / 2 < digit.top + 0.5 * height)
  if (low.length === 1 && high.length === 0) return '.'
  return high.length === 1 && between.length === 2 ? ':' : ''
}
