import { project } from '#kernels/marker/homography.ts'
import type { Scale } from '#kernels/measure.ts'
import type { Pattern } from './pattern.ts'

interface Place {
  readonly x: number
  readonly y: number
}

interface Original {
  /** Pixels of the original to one of what was analysed. */
  readonly perPixel: number
  /** Null: it is not calibrated. */
  readonly scale: Scale | null
  /** The middle of what was analysed, in pixels of the original. */
  readonly middle: Place
}

/** From one line of a pattern to the next, in pixels of the original; in millimetres too where they can be told. */
export function periodOf(
  { period, degrees }: Pattern,
  { perPixel, scale, middle }: Original,
): { px: number; mm: number | null } {
  const px = period * perPixel
  if (scale === null) return { px, mm: null }
  if (scale.by === 'hand') return { px, mm: px * scale.mmPerPixel }
  // Seen at a slant, each place has a scale of its own: that of the middle is told.
  const turn = (degrees * Math.PI) / 180
  const half = { x: (Math.cos(turn) * px) / 2, y: (Math.sin(turn) * px) / 2 }
  const from = project(scale.toMillimetres, { x: middle.x - half.x, y: middle.y - half.y })
  const to = project(scale.toMillimetres, { x: middle.x + half.x, y: middle.y + half.y })
  return { px, mm: from && to ? Math.hypot(to.x - from.x, to.y - from.y) : null }
}
