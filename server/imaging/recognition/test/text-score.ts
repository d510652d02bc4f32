import type { TextLine } from '#shared/imaging-recognition.ts'

/** What stands on a picture, from text/truth.json. */
export type Truth = {
  file: string
  group: string
  lines: {
    text: string
    /** Whether it is a number on a seven-segment display. */
    segments?: boolean
    /** x and y of four corners in turn, in shares of width and height. */
    box: number[]
  }[]
}

export type Score = {
  pictures: number
  /** Read without a fault, of those read, of those there. */
  lines: { right: number; read: number; there: number }
  /** In common and in the same order, of those read, of those there. */
  characters: { right: number; read: number; there: number }
  /** Of the numbers on displays, those read without a fault, and all. */
  displays: { right: number; there: number }
}

export const noScore = (): Score => ({
  pictures: 0,
  lines: { right: 0, read: 0, there: 0 },
  characters: { right: 0, read: 0, there: 0 },
  displays: { right: 0, there: 0 },
})

/**
 * Adds what was read of one picture. Spaces and the width of characters do not count; capitals do. A line is right when
 * one line in its place says the same; what is read in no line's place counts as read and not as right.
 */
export function addScore(score: Score, truth: Truth, read: readonly TextLine[]): void {
  score.pictures++
  score.lines.read += read.length
  for (const { text } of read) score.characters.read += plain(text).length
  const free = new Set(read)
  for (const { text, box, segments } of truth.lines) {
    const corners = [0, 2, 4, 6].map((at) => ({ x: box[at]!, y: box[at + 1]! }))
    const mine = [...free].filter((line) => areSamePlace(line.corners, corners))
    for (const line of mine) free.delete(line)
    const wanted = plain(text)
    const isRight = mine.some((line) => plain(line.text) === wanted)
    score.lines.there++
    score.characters.there += wanted.length
    score.characters.right += inCommon(mine.map((line) => plain(line.text)).join(''), wanted)
    if (isRight) score.lines.right++
    if (segments) score.displays.there++
    if (segments && isRight) score.displays.right++
  }
}

function plain(text: string): string {
  return text.normalize('NFKC').replaceAll(/\s/g, '').replaceAll('×', 'x')
}

/** Length of the longest common subsequence. */
function inCommon(a: string, b: string): number {
  let before = new Array<number>(b.length + 1).fill(0)
  for (const character of a) {
    const row = [0]
    for (let at = 0; at < b.length; at++) {
      row.push(character === b[at] ? before[at]! + 1 : Math.max(before[at + 1]!, row[at]!))
    }
    before = row
  }
  return before[b.length]!
}

type Spot = { x: number; y: number }

function areSamePlace(a: readonly Spot[], b: readonly Spot[]): boolean {
  return holds(a, middle(b)) || holds(b, middle(a))
}

function middle(corners: readonly Spot[]): Spot {
  return {
    x: corners.reduce((sum, { x }) => sum + x, 0) / corners.length,
    y: corners.reduce((sum, { y }) => sum + y, 0) / corners.length,
  }
}

function holds(corners: readonly Spot[], { x, y }: Spot): boolean {
  return corners.every((a, i) => {
    const b = corners[(i + 1) % corners.length]!
    return (b.x - a.x) * (y - a.y) - (b.y - a.y) * (x - a.x) >= 0
  })
}
