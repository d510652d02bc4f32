import type { ProposedArea } from '#shared/imaging-proposal.ts'
import type { Face, SeenBox, TextLine } from '#shared/imaging-recognition.ts'

/** As many as an export fills. */
export const mostAreas = 50

/** Of its height, around text: the detector's boxes are tight, and half a letter can be read. */
const aroundText = 0.2
/** Of its size, around a face: ears, hair and chin tell too. */
const aroundFace = 0.15

/** So many areas are text's when faces alone would take all. */
const leastOverText = 10
/** Comparing all with all takes the cube of their number, and the server waits. */
const mostCompared = 200
const cellsPerEdge = 14

/** Boxes to cover, faces first. Where there are more than areas, neighbours share one: nothing that was found is left out. */
export function areasOver(faces: readonly Face[], texts: readonly TextLine['corners'][]): ProposedArea[] {
  const overFaces = faces.map(({ box }) => grown(box, box.width * aroundFace, box.height * aroundFace))
  const overText = texts.map((corners) => {
    const box = around(corners)
    const margin = Math.min(box.width, box.height) * aroundText
    return grown(box, margin, margin)
  })
  const onFaces = merged(overFaces, mostAreas - Math.min(leastOverText, overText.length))
  const onText = merged(overText, mostAreas - onFaces.length)
  return [
    ...onFaces.map((box) => ({ box, kind: 'face' }) as const),
    ...onText.map((box) => ({ box, kind: 'text' }) as const),
  ]
}

function around(corners: TextLine['corners']): SeenBox {
  const xs = corners.map(({ x }) => x)
  const ys = corners.map(({ y }) => y)
  const [x, y] = [Math.min(...xs), Math.min(...ys)]
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y }
}

function grown({ x, y, width, height }: SeenBox, dx: number, dy: number): SeenBox {
  const [left, top] = [Math.max(0, x - dx), Math.max(0, y - dy)]
  const [right, bottom] = [Math.min(1, x + width + dx), Math.min(1, y + height + dy)]
  return { x: left, y: top, width: right - left, height: bottom - top }
}

/** The two that cost the least picture become one, until there are few enough. */
function merged(boxes: readonly SeenBox[], most: number): SeenBox[] {
  const left = boxes.length > mostCompared ? gathered(boxes) : [...boxes]
  while (left.length > most) {
    let best = { at: 0, with: 1, cost: Infinity }
    for (let at = 0; at < left.length; at++)
      for (let other = at + 1; other < left.length; other++) {
        const [a, b] = [left[at], left[other]]
        if (!a || !b) continue
        const cost = sizeOf(both(a, b)) - sizeOf(a) - sizeOf(b)
        if (cost < best.cost) best = { at, with: other, cost }
      }
    const [a, b] = [left[best.at], left[best.with]]
    if (!a || !b) break
    left.splice(best.with, 1)
    left[best.at] = both(a, b)
  }
  return left
}

/** One for all whose middles lie in the same cell of a grid. */
function gathered(boxes: readonly SeenBox[]): SeenBox[] {
  const cells = new Map<number, SeenBox>()
  const cellOf = (middle: number) => Math.min(cellsPerEdge - 1, Math.floor(middle * cellsPerEdge))
  for (const box of boxes) {
    const cell = cellOf(box.y + box.height / 2) * cellsPerEdge + cellOf(box.x + box.width / 2)
    const there = cells.get(cell)
    cells.set(cell, there ? both(there, box) : box)
  }
  return [...cells.values()]
}

function both(a: SeenBox, b: SeenBox): SeenBox {
  const [x, y] = [Math.min(a.x, b.x), Math.min(a.y, b.y)]
  return {
    x,
    y,
    width: Math.max(a.x + a.width, b.x + b.width) - x,
    height: Math.max(a.y + a.height, b.y + b.height) - y,
  }
}

function sizeOf({ width, height }: SeenBox): number {
  return width * height
}
