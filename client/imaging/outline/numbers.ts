import { lesionColour, type LesionColour } from '#kernels/lesion-colour.ts'
import { fillOutline } from '#kernels/lesion-fill.ts'
import { lesionShape, type LesionShape } from '#kernels/lesion-shape.ts'
import { placesOf, type Scale, type Size } from '#kernels/measure.ts'
import type { PicturePoint } from '#shared/imaging-viewer.ts'

/** A picture's samples, as large as they were read. */
export interface Samples extends Size {
  readonly rgb: Uint8Array
}

/** The outline's shape; in millimetres where the picture is calibrated, else in pixels of the original. Null without an area. */
export function shapeOf(
  points: readonly PicturePoint[],
  size: Size,
  scale: Scale | null,
): { shape: LesionShape; unit: 'px' | 'mm' } | null {
  const { places, unit } = placesOf(points, size, scale)
  const shape = lesionShape(places)
  return shape && { shape, unit }
}

/** The colours inside of it. */
export function colourOf(
  points: readonly PicturePoint[],
  { rgb, width, height }: Samples,
): LesionColour | null {
  // Pixel middles lie at whole numbers, shares are counted from the picture's edge.
  const places = points.map(({ x, y }) => ({ x: x * width - 0.5, y: y * height - 0.5 }))
  return lesionColour(rgb, fillOutline(places, width, height))
}
