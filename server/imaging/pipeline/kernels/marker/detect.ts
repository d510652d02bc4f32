import { reduceToEdge } from '../reduce.ts'
import { decode, type Decoded } from './decode.ts'
import type { Corners, Point } from './point.ts'
import { darkQuads } from './quads.ts'
import { refineCorners } from './refine.ts'
import type { Plane } from './sampling.ts'

export type Marker = {
  /** 0..49 in ArUco's dictionary 4x4_50. */
  id: number
  /** Of the black square, in pixels, clockwise from the top left one of the marker as it is printed. */
  corners: Corners
}

/** Larger pictures are searched at this size; corners are refined on the whole picture. */
const searchEdge = 1280

/**
 * The markers of ArUco's dictionary 4x4_50 on an 8-bit plane: black squares with a white border, seen from any side, a
 * wrong cell of the code allowed. Ids as OpenCV's aruco.detectMarkers finds them, corners within a pixel of its
 * refined ones. (S. Garrido-Jurado, R. Munoz-Salinas, F. J. Madrid-Cuevas, M. J. Marin-Jimenez, "Automatic generation
 * and detection of highly reliable fiducial markers under occlusion", Pattern Recognition 47, 2014.)
 */
export function detectMarkers(samples: Uint8Array, width: number, height: number): Marker[] {
  const plane: Plane = { samples, width, height }
  const small = reduceToEdge(samples, width, height, searchEdge)
  const [across, down] = [width / small.width, height / small.height]
  const found: (Marker & Decoded)[] = []
  for (const quad of darkQuads({ samples: small.plane, width: small.width, height: small.height })) {
    const corners = refineCorners(plane, each(quad, ({ x, y }) => ({ x: (x + 0.5) * across - 0.5, y: (y + 0.5) * down - 0.5 }))) // prettier-ignore
    const decoded = corners && decode(plane, corners)
    if (decoded) found.push({ ...decoded, corners: turnedBack(corners, decoded.turns) })
  }
  return withoutDoubles(found).map(({ id, corners }) => ({ id, corners }))
}

function each(corners: Corners, change: (corner: Point) => Point): Corners {
  const [a, b, c, d] = corners
  return [change(a), change(b), change(c), change(d)]
}

function turnedBack(corners: Corners, turns: number): Corners {
  const [a, b, c, d] = [0, 1, 2, 3].map((i) => corners[(i + turns) % 4]!)
  return [a!, b!, c!, d!]
}

/** The same marker is found in several ways; the one read best stays. */
function withoutDoubles(found: (Marker & Decoded)[]): Marker[] {
  const kept: (Marker & Decoded)[] = []
  for (const one of found.toSorted((a, b) => a.wrongCells - b.wrongCells)) {
    if (!kept.some((other) => areSame(one.corners, other.corners))) kept.push(one)
  }
  return kept.sort((a, b) => a.id - b.id)
}

function areSame(one: Corners, other: Corners): boolean {
  const [a, b] = [middleOf(one), middleOf(other)]
  return Math.hypot(a.x - b.x, a.y - b.y) < Math.hypot(one[2].x - one[0].x, one[2].y - one[0].y) / 4
}

function middleOf(corners: Corners): Point {
  return {
    x: corners.reduce((sum, { x }) => sum + x, 0) / 4,
    y: corners.reduce((sum, { y }) => sum + y, 0) / 4,
  }
}
