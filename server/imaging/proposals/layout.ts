import type { TextLine } from '#shared/imaging-recognition.ts'

/** Where something stands, in heights of the picture, once it is turned so that its lines run from left to right. */
export type Box = { left: number; top: number; right: number; bottom: number }

/** Where the lines stand. `aspect` is the picture's width by its height. */
export function boxesOf(lines: readonly TextLine[], aspect: number): Box[] {
  const points = lines.map(({ corners }) => corners.map(({ x, y }) => ({ x: x * aspect, y })))
  const turn = directionOf(points)
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)]
  return points.map((corners) => {
    const xs = corners.map(({ x, y }) => x * cos + y * sin)
    const ys = corners.map(({ x, y }) => y * cos - x * sin)
    return { left: Math.min(...xs), top: Math.min(...ys), right: Math.max(...xs), bottom: Math.max(...ys) }
  })
}

/** The part of a line's box in which some of its characters stand, as if all were equally wide. */
export function partOf(box: Box, { start, end }: { start: number; end: number }, length: number): Box {
  const width = (box.right - box.left) / Math.max(1, length)
  return { ...box, left: box.left + start * width, right: box.left + end * width }
}

/** Side by side: the middle of one is within the height of the other. */
export function inOneRow(a: Box, b: Box): boolean {
  return isWithin(middle(a), b) || isWithin(middle(b), a)
}

/** The share of the narrower one's width that both have in common. */
export function sharedWidth(a: Box, b: Box): number {
  const shared = Math.min(a.right, b.right) - Math.max(a.left, b.left)
  return shared / Math.max(1e-6, Math.min(a.right - a.left, b.right - b.left))
}

export function heightOf({ top, bottom }: Box): number {
  return bottom - top
}

function middle({ top, bottom }: Box): number {
  return (top + bottom) / 2
}

function isWithin(y: number, { top, bottom }: Box): boolean {
  return y > top && y < bottom
}

/** In which direction the text runs, in radians clockwise: long lines count for more than short ones. */
function directionOf(lines: readonly { x: number; y: number }[][]): number {
  let [x, y] = [0, 0]
  for (const [begin, end] of lines) {
    if (!begin || !end) continue
    x += end.x - begin.x
    y += end.y - begin.y
  }
  return Math.atan2(y, x)
}
