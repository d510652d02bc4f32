import type { AnnotationShape } from '#shared/imaging-viewer.ts'
import type { PanePoint, Size } from './camera.ts'

export interface Labelled {
  readonly kind: AnnotationShape['kind']
  /** What is drawn of it, in the pane. */
  readonly points: readonly PanePoint[]
  /** Empty: it has no label. */
  readonly words: string
}

interface Box {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

const height = 24
const most = 320
const away = 6
const edge = 4

/**
 * The middles of the labels, in CSS pixels: each beside its own shape, where it covers least of what is outlined, of `spared`
 * and of other labels, and inside the pane. Null for what has no label, or cannot be seen.
 */
export function placesOfLabels(
  marks: readonly Labelled[],
  pane: Size,
  spared: readonly PanePoint[] = [],
): readonly (PanePoint | null)[] {
  const closed = marks.filter(({ kind, points }) => kind !== 'angle' && points.length > 2)
  const taken = [...closed.map(({ points }) => points), spared].flatMap((points) => boxOf(points) ?? [])
  return marks.map(({ kind, points, words }) => {
    // An angle's number belongs to its vertex.
    const own = boxOf(kind === 'angle' ? points.slice(1, 2) : points)
    if (!own || words === '' || !overlap(own, { left: 0, top: 0, right: pane.width, bottom: pane.height }))
      return null
    const width = Math.min(most, widthOf(words))
    const [best] = around(kind, own, width, points.length)
      .map((middle) => label(middle, width, pane))
      .map((box, order) => ({ box, cost: taken.reduce((sum, one) => sum + shared(box, one), 0), order }))
      .toSorted((a, b) => a.cost - b.cost || a.order - b.order)
    if (!best) return null
    taken.push(best.box)
    return { x: best.box.left + width / 2, y: best.box.top + height / 2 }
  })
}

/** Best place first: numbers stand below what is outlined and below a vertex, above a line and a text's point. */
function around(kind: Labelled['kind'], own: Box, width: number, count: number): readonly PanePoint[] {
  const [x, y] = [(own.left + own.right) / 2, (own.top + own.bottom) / 2]
  const line = count === 2
  const above = { x, y: (line ? y : own.top) - away - height / 2 }
  const below = { x, y: (line ? y : own.bottom) + away + height / 2 }
  const sides = [
    { x: own.right + away + width / 2, y },
    { x: own.left - away - width / 2, y },
  ]
  return kind === 'outline' || kind === 'angle' ? [below, above, ...sides] : [above, below, ...sides]
}

function label({ x, y }: PanePoint, width: number, pane: Size): Box {
  const left = Math.max(edge, Math.min(pane.width - width - edge, x - width / 2))
  const top = Math.max(edge, Math.min(pane.height - height - edge, y - height / 2))
  return { left, top, right: left + width, bottom: top + height }
}

/** A Chinese character is as wide as it is high. */
function widthOf(words: string): number {
  return 18 + [...words].reduce((sum, one) => sum + (one > '\u2e7f' ? 13 : 7), 0)
}

function boxOf(points: readonly PanePoint[]): Box | null {
  if (points.length === 0) return null
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)]
  return {
    left: Math.min(...xs),
    top: Math.min(...ys),
    right: Math.max(...xs),
    bottom: Math.max(...ys),
  }
}

function overlap(a: Box, b: Box): boolean {
  return a.left <= b.right && b.left <= a.right && a.top <= b.bottom && b.top <= a.bottom
}

function shared(a: Box, b: Box): number {
  const across = Math.min(a.right, b.right) - Math.max(a.left, b.left)
  const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)
  return Math.max(0, across) * Math.max(0, down)
}
