import { maxOutlinePoints, type PicturePoint } from '#shared/imaging-viewer.ts'

/**
 * A closed outline that is being changed; `selected` is the point that keys and buttons act on, `handles` those that could be seen
 * when it was chosen.
 */
export interface Editing {
  readonly points: readonly PicturePoint[]
  readonly selected: number | null
  readonly handles: readonly number[]
  readonly changed: boolean
}

/** In shares of the picture. */
export interface Shift {
  readonly x: number
  readonly y: number
}

export const fewestPoints = 3

export function editing(points: readonly PicturePoint[]): Editing {
  return { points, selected: null, handles: points.map((_, at) => at), changed: false }
}

export function select(now: Editing, at: number, handles: readonly number[]): Editing {
  return { ...now, selected: at, handles }
}

/**
 * Moves a point, and with it those up to the next handles on either side, the less the further they are along the line: what has
 * no handle, because it is too near to one, stays smooth.
 */
export function move(now: Editing, at: number, by: Shift, handles: readonly number[]): Editing {
  const count = now.points.length
  const points = now.points.map((point, index) => {
    const pull = pullOn(index, at, handles, count)
    return pull === 0 ? point : { x: within(point.x + by.x * pull), y: within(point.y + by.y * pull) }
  })
  return { points, selected: at, handles, changed: true }
}

/** A new point in the middle of the side after it, selected; nothing when there are as many as can be kept. */
export function addAfter(now: Editing, at: number): Editing {
  const [a, b] = [now.points[at], now.points[(at + 1) % now.points.length]]
  if (!a || !b || now.points.length >= maxOutlinePoints) return now
  const middle = { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }
  const points = [...now.points.slice(0, at + 1), middle, ...now.points.slice(at + 1)]
  const handles = [...now.handles.map((one) => (one > at ? one + 1 : one)), at + 1].sort(
    (one, two) => one - two,
  )
  return { points, selected: at + 1, handles, changed: true }
}

/** Without the point and those that have no handle up to the next one; a triangle stays one. */
export function remove(now: Editing, at: number): Editing {
  const count = now.points.length
  const next = after(now.handles, at)
  const gone = next === at ? 1 : (next - at + count) % count
  const stays = (index: number) => (index - at + count) % count >= gone
  const left = now.points.map((_, index) => index).filter(stays)
  if (left.length < fewestPoints) return now
  const points = left.flatMap((index) => now.points[index] ?? [])
  const handles = now.handles.filter(stays).map((index) => left.indexOf(index))
  return { points, selected: Math.max(0, left.indexOf(next)), handles, changed: true }
}

/** Which points get a handle: no two nearer than `apart`, in the pixels of `places`; the selected one always does. */
export function handlesOf(places: readonly Shift[], apart: number, selected: number | null): number[] {
  const shown: number[] = selected === null || !places[selected] ? [] : [selected]
  const free = (at: number) =>
    shown.every((other) => {
      const [a, b] = [places[at], places[other]]
      return !a || !b || Math.hypot(a.x - b.x, a.y - b.y) >= apart
    })
  places.forEach((_, at) => {
    if (!shown.includes(at) && free(at)) shown.push(at)
  })
  return shown.sort((a, b) => a - b)
}

/** 1 at the point itself, 0 from the neighbouring handles on. */
function pullOn(index: number, at: number, handles: readonly number[], count: number): number {
  if (index === at) return 1
  const ahead = (index - at + count) % count
  const behind = count - ahead
  const [next, last] = [after(handles, at), before(handles, at)]
  const reachAhead = (next - at + count) % count || count
  const reachBehind = (at - last + count) % count || count
  return Math.max(0, 1 - ahead / reachAhead, 1 - behind / reachBehind)
}

function after(handles: readonly number[], at: number): number {
  return handles.find((one) => one > at) ?? handles[0] ?? at
}

function before(handles: readonly number[], at: number): number {
  return handles.findLast((one) => one < at) ?? handles.at(-1) ?? at
}

function within(share: number): number {
  return Math.round(Math.min(1, Math.max(0, share)) * 1e6) / 1e6
}
