import type { Area } from '#shared/imaging-recipe.ts'
import type { SeenBox } from '#shared/imaging-recognition.ts'

/** A place in shares of the picture's width and height. */
export interface Place {
  readonly x: number
  readonly y: number
}

/** Smaller ones are slips of the finger. */
const smallest = 0.01
const firstSize = 0.2

/** The rectangle between two corners, inside the picture; null for one too small to have been meant. */
export function areaBetween(a: Place, b: Place): Area | null {
  const [left, right] = [inside(Math.min(a.x, b.x)), inside(Math.max(a.x, b.x))]
  const [top, bottom] = [inside(Math.min(a.y, b.y)), inside(Math.max(a.y, b.y))]
  if (right - left < smallest || bottom - top < smallest) return null
  return { left, top, width: right - left, height: bottom - top }
}

/** As many as a file can have. */
const most = 50

/** The areas with those that are suggested, except where one covers them already. `left` counts those without room. */
export function withSuggested(
  areas: readonly Area[],
  boxes: readonly SeenBox[],
): { areas: readonly Area[]; left: number } {
  const all = [...areas]
  for (const { x, y, width, height } of boxes) {
    const area = { left: x, top: y, width, height }
    if (width > 0 && height > 0 && !all.some((other) => covers(other, area))) all.push(area)
  }
  return { areas: all.slice(0, most), left: Math.max(0, all.length - most) }
}

function covers(outer: Area, inner: Area): boolean {
  const slack = 1e-6
  return (
    outer.left <= inner.left + slack &&
    outer.top <= inner.top + slack &&
    outer.left + outer.width >= inner.left + inner.width - slack &&
    outer.top + outer.height >= inner.top + inner.height - slack
  )
}

/** In the middle, for who has no pointer; beside one that was put there before and not moved since. */
export function nextArea(areas: readonly Area[]): Area {
  let area = firstArea
  while (areas.some((other) => covers(other, area))) {
    const next = movedBy(area, besides, besides)
    if (covers(area, next)) return firstArea
    area = next
  }
  return area
}

const besides = 0.05
const firstArea: Area = {
  left: (1 - firstSize) / 2,
  top: (1 - firstSize) / 2,
  width: firstSize,
  height: firstSize,
}

/** Moved by a share of the picture, and no farther than its edges. */
export function movedBy(area: Area, dx: number, dy: number): Area {
  return {
    ...area,
    left: Math.min(1 - area.width, Math.max(0, area.left + dx)),
    top: Math.min(1 - area.height, Math.max(0, area.top + dy)),
  }
}

/** Its right and lower edges moved by a share of the picture. */
export function grownBy(area: Area, dx: number, dy: number): Area {
  return pulledBy(area, { x: 1, y: 1 }, dx, dy)
}

/** Which of its edges a hand has taken: -1 left or upper, 1 right or lower, 0 neither of the two. */
export interface Grip {
  readonly x: -1 | 0 | 1
  readonly y: -1 | 0 | 1
}

/** These edges moved by a share of the picture, no farther than the picture's and never past the ones opposite. */
export function pulledBy(area: Area, grip: Grip, dx: number, dy: number): Area {
  const [left, width] = pulled(area.left, area.width, grip.x, dx)
  const [top, height] = pulled(area.top, area.height, grip.y, dy)
  return { left, top, width, height }
}

function pulled(start: number, length: number, edge: Grip['x'], by: number): [start: number, length: number] {
  if (edge === 0) return [start, length]
  const end = start + length
  if (edge > 0) return [start, Math.min(1, Math.max(start + smallest, end + by)) - start]
  const moved = Math.max(0, Math.min(end - smallest, start + by))
  return [moved, end - moved]
}

function inside(share: number): number {
  return Math.min(1, Math.max(0, share))
}
