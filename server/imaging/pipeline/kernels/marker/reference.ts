import { grey } from '../grey.ts'
import type { Gains } from '../white-balance.ts'
import { square } from './decode.ts'
import { detectMarkers } from './detect.ts'
import { homographyOf, project } from './homography.ts'
import { paperGains } from './paper.ts'
import type { Corners, Point } from './point.ts'
import { shortestSide } from './quads.ts'

/** The marker of the printed sheet. Its code differs from all others, turned or mirrored, by four cells or more. */
export const referenceMarker = { id: 27, sideMillimetres: 20 } as const

/** Pixels of a side below which a length beside the marker is no longer good to three percent. */
const leastSide = 24
/** How much shorter it may look across than along: about 65 degrees of tilt. */
const leastRatio = 0.42

export type Reference =
  | {
      found: true
      /** Of the black square, in pixels, clockwise from the top left one as printed. */
      corners: Corners
      /** On linear light, so that its paper becomes neutral; null when the paper is too bright or too dark. */
      gains: Gains | null
    }
  | { found: false; reason: 'no_marker' | 'too_small' | 'too_slanted' }

/**
 * The printed reference marker on interleaved 8-bit sRGB, for scale and colour; the largest where there are several.
 * Other markers do not count: nobody knows how large they are.
 */
export function findReference(rgb: Uint8Array, width: number, height: number): Reference {
  const [largest] = detectMarkers(grey(rgb), width, height)
    .filter(({ id }) => id === referenceMarker.id)
    .sort((a, b) => shortestSide(b.corners) - shortestSide(a.corners))
  if (!largest) return { found: false, reason: 'no_marker' }
  const { corners } = largest
  if (shortestSide(corners) < leastSide) return { found: false, reason: 'too_small' }
  if (foreshortening(corners) < leastRatio) return { found: false, reason: 'too_slanted' }
  return { found: true, corners, gains: paperGains(rgb, width, height, { corners }) }
}

/** How long the shortest direction at the marker's middle looks, the longest being one. */
function foreshortening(corners: Corners): number {
  const toPicture = homographyOf(square(1), corners)
  const at = (x: number, y: number): Point => project(toPicture, { x, y }) ?? { x: 0, y: 0 }
  const [left, right, top, bottom] = [at(0.45, 0.5), at(0.55, 0.5), at(0.5, 0.45), at(0.5, 0.55)]
  const [a, b, c, d] = [right.x - left.x, bottom.x - top.x, right.y - left.y, bottom.y - top.y]
  const sum = (a * a + b * b + c * c + d * d) / 2
  const rest = Math.sqrt(Math.max(0, sum * sum - (a * d - b * c) ** 2))
  return Math.sqrt((sum - rest) / (sum + rest))
}
