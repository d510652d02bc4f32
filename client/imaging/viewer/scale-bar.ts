import { project } from '#kernels/marker/homography.ts'
import { toPicture, type Camera, type Scene } from './camera.ts'
import type { Scale } from './geometry.ts'

/** A line on the screen whose length on the picture is a round number. */
export interface ScaleBar {
  readonly millimetres: number
  /** CSS pixels. */
  readonly length: number
}

/** CSS pixels: long enough to compare with, short enough for a phone. */
const longest = 140
const round = [1, 2, 5]

/**
 * For what is in the middle of the pane: seen at a slant, what is further away measures more to a pixel. Null where the
 * plane of the marker is not to be seen, or the bar would stand for more than ten metres or less than a micrometre.
 */
export function scaleBarOf(scene: Scene, camera: Camera, scale: Scale): ScaleBar | null {
  const perPixel = millimetresPerPixel(scene, camera, scale)
  if (perPixel === null || !(perPixel > 0)) return null
  const most = (longest * perPixel) / camera.scale
  const power = Math.floor(Math.log10(most))
  if (power < -3 || power > 3) return null
  const factor = round.findLast((one) => one * 10 ** power <= most) ?? 1
  const millimetres = Number((factor * 10 ** power).toPrecision(1))
  return { millimetres, length: (millimetres / perPixel) * camera.scale }
}

/** Along a line from left to right through the middle. */
function millimetresPerPixel(scene: Scene, camera: Camera, scale: Scale): number | null {
  if (scale.by === 'hand') return scale.mmPerPixel
  const { picture, pane } = scene
  const { x, y } = toPicture(scene, camera, { x: pane.width / 2, y: pane.height / 2 })
  const [at, reach] = [{ x: x * picture.width, y: y * picture.height }, 0.5]
  const from = project(scale.toMillimetres, { x: at.x - reach, y: at.y })
  const to = project(scale.toMillimetres, { x: at.x + reach, y: at.y })
  return from && to ? Math.hypot(to.x - from.x, to.y - from.y) : null
}
