import type { Homography } from '#shared/imaging-viewer.ts'

/** A place in pixels or in shares. */
export type Place = { x: number; y: number }
export type Size = { width: number; height: number }

/** Where a place goes; `w` falls to zero, and below, where the plane tips away behind the camera. */
export function moved(homography: Homography, { x, y }: Place): Place & { w: number } {
  const [a, b, c, d, e, f, g, h, i] = homography as Nine
  const w = g * x + h * y + i
  return { x: (a * x + b * y + c) / w, y: (d * x + e * y + f) / w, w }
}

/** From pixels of both pictures to shares of both. */
export function inShares(homography: Homography, from: Size, to: Size): Homography {
  return homography.map((value, at) => {
    const row = Math.floor(at / 3)
    const column = at % 3
    const out = row === 0 ? 1 / to.width : row === 1 ? 1 / to.height : 1
    const into = column === 0 ? from.width : column === 1 ? from.height : 1
    return value * out * into
  })
}

/** The movement back. @throws Error when there is none. */
export function inverse(homography: Homography): Homography {
  const [a, b, c, d, e, f, g, h, i] = homography as Nine
  const determinant = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)
  if (determinant === 0) throw new Error('a movement that flattens the plane')
  return [
    e * i - f * h,
    c * h - b * i,
    b * f - c * e,
    f * g - d * i,
    a * i - c * g,
    c * d - a * f,
    d * h - e * g,
    b * g - a * h,
    a * e - b * d,
  ].map((value) => value / determinant)
}

/** The corners of a picture, clockwise from the top left one, in pixels. */
export function cornersOf({ width, height }: Size): Place[] {
  return [
    { x: 0, y: 0 },
    { x: width, y: 0 },
    { x: width, y: height },
    { x: 0, y: height },
  ]
}

/** Of a polygon in the order of its corners; positive when they go clockwise with y downwards. */
export function areaOf(corners: readonly Place[]): number {
  return (
    corners.reduce((sum, { x, y }, at) => {
      const next = corners[(at + 1) % corners.length]!
      return sum + x * next.y - next.x * y
    }, 0) / 2
  )
}

/** The convex hull, clockwise with y downwards (Andrew's monotone chain). */
export function hullOf(places: readonly Place[]): Place[] {
  const sorted = places.toSorted((p, q) => p.x - q.x || p.y - q.y)
  if (sorted.length < 3) return sorted
  const half = (ordered: readonly Place[]) => {
    const chain: Place[] = []
    for (const place of ordered) {
      while (chain.length >= 2 && turn(chain.at(-2)!, chain.at(-1)!, place) <= 0) chain.pop()
      chain.push(place)
    }
    return chain.slice(0, -1)
  }
  return [...half(sorted), ...half(sorted.toReversed())]
}

/** What is left of a polygon inside a convex one that goes clockwise (Sutherland and Hodgman). */
export function clipped(polygon: readonly Place[], convex: readonly Place[]): Place[] {
  return convex.reduce<Place[]>(
    (rest, from, at) => {
      const to = convex[(at + 1) % convex.length]!
      return rest.flatMap((place, index) => {
        const next = rest[(index + 1) % rest.length]!
        const [here, there] = [turn(from, to, place), turn(from, to, next)]
        const kept = here >= 0 ? [place] : []
        if (here >= 0 === there >= 0) return kept
        const share = here / (here - there)
        return [...kept, { x: place.x + share * (next.x - place.x), y: place.y + share * (next.y - place.y) }]
      })
    },
    [...polygon],
  )
}

type Nine = [number, number, number, number, number, number, number, number, number]

/** Positive when `c` lies clockwise of the way from `a` to `b`, with y downwards. */
function turn(a: Place, b: Place, c: Place): number {
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
}
