import type { TextLine } from '#shared/imaging-recognition.ts'
import { boxesOf, heightOf, inOneRow, partOf, sharedWidth, type Box } from './layout.ts'
import { plain, tokensOf, type Token } from './tokens.ts'

/** A token, the line it stands in, and where. */
export type Placed<T extends Token = Token> = T & { line: number; box: Box }
export type Measured = Placed<Extract<Token, { kind: 'number' | 'pair' }>>
export type PlacedLabel = Placed<Extract<Token, { kind: 'label' }>>
export type PlacedUnit = Placed<Extract<Token, { kind: 'unit' }>>

/** How far a word is from being the one that belongs to a number: 0 beside it, from 1 above or below, Infinity for none. */
export type Distance = (number: Measured, word: PlacedLabel | PlacedUnit) => number

export type Screen = {
  numbers: readonly Measured[]
  labels: readonly PlacedLabel[]
  units: readonly PlacedUnit[]
  distance: Distance
}

/** How to keep a thing is not how somebody is: "Store below 25 °C". */
const storage =
  /store|storage|below|above|refrigerat|freez|keep|保存|贮藏|储存|储藏|以下|不超过|阴凉|密封|冷藏/i

/** What stands where on a picture of a device. */
export function screenOf(lines: readonly TextLine[], aspect: number): Screen {
  const boxes = boxesOf(lines, aspect)
  const tokens = lines.flatMap(({ text }, line): Placed[] => {
    const words = plain(text)
    const box = boxes[line]
    if (!box || storage.test(words)) return []
    return tokensOf(words).map((token) => ({ ...token, line, box: partOf(box, token, words.length) }))
  })
  const numbers = tokens.filter(
    (token): token is Measured => token.kind === 'number' || token.kind === 'pair',
  )
  const rows = new Map(numbers.map((number) => [number, rowOf(number, tokens)]))
  return {
    numbers,
    labels: tokens.filter((token): token is PlacedLabel => token.kind === 'label'),
    units: tokens.filter((token): token is PlacedUnit => token.kind === 'unit'),
    distance: (number, word) =>
      Math.min(alongRow(rows.get(number) ?? [], number, word), across(number, word)),
  }
}

/**
 * Gives each number at most one word and each word at most one number, the nearest pairs first.
 * `fits` tells which may be a pair at all.
 */
export function pairsOf<W extends PlacedLabel | PlacedUnit>(
  numbers: readonly Measured[],
  words: readonly W[],
  distance: Distance,
  fits: (number: Measured, word: W) => boolean,
): Map<Measured, { word: W; far: number }> {
  const possible = numbers
    .flatMap((number) =>
      words
        .filter((word) => fits(number, word))
        .map((word) => ({ number, word, far: distance(number, word) })),
    )
    .filter(({ far }) => far < Infinity)
    .sort((a, b) => a.far - b.far)
  const chosen = new Map<Measured, { word: W; far: number }>()
  const taken = new Set<W>()
  for (const { number, word, far } of possible) {
    if (chosen.has(number) || taken.has(word)) continue
    chosen.set(number, { word, far })
    taken.add(word)
  }
  return chosen
}

/** All that stands side by side with a number, from left to right. */
function rowOf(number: Measured, tokens: readonly Placed[]): Placed[] {
  return tokens
    .filter(({ line, box }) => line === number.line || inOneRow(box, number.box))
    .sort((a, b) => (a.line === b.line ? a.start - b.start : a.box.left - b.box.left))
}

const againstTheRow = 3

/**
 * A row that begins with a number goes on like that, "98 %SpO2 72 PR"; one that begins with a word, "SpO2 98 PR 72", too.
 * Units come after their number, or between its label and it.
 */
function alongRow(row: readonly Placed[], number: Measured, word: Placed): number {
  const [from, to] = [row.indexOf(number), row.indexOf(word)]
  if (from < 0 || to < 0) return Infinity
  const between = row.slice(Math.min(from, to) + 1, Math.max(from, to))
  if (between.some(({ kind }) => kind === 'number' || kind === 'pair')) return Infinity
  const gap = Math.max(0, to < from ? number.box.left - word.box.right : word.box.left - number.box.right)
  if (word.kind === 'unit') return to > from ? gap : 0.5 + gap
  const first = row.find(({ kind }) => kind === 'number' || kind === 'pair' || kind === 'label')
  const labelsFirst = first?.kind === 'label'
  return labelsFirst === to < from ? gap : againstTheRow + gap
}

/** In heights of the higher of the two. */
const farthest = 1.5

function across(number: Measured, word: Placed): number {
  if (sharedWidth(number.box, word.box) < 0.25) return Infinity
  const height = Math.max(heightOf(number.box), heightOf(word.box))
  const above = (number.box.top - word.box.bottom) / height
  const below = (word.box.top - number.box.bottom) / height
  if (above > -0.4 && above <= farthest && below < 0) return 1 + 0.3 * Math.max(0, above)
  if (below > -0.4 && below <= farthest) return (word.kind === 'unit' ? 1.2 : 2) + 0.3 * Math.max(0, below)
  return Infinity
}
