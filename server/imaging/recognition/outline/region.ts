import type { Point } from '../../pipeline/kernels/marker/point.ts'
import { reduceToEdge } from '../../pipeline/kernels/reduce.ts'
import type { Pixels } from '../../pipeline/tasks.ts'

/** A rectangle of whole pixels. */
export type Region = { left: number; top: number; width: number; height: number }

/** A part of a picture, made smaller, and the way between places on it and on the whole, in pixels. */
export type View = Pixels & { toView: (at: Point) => Point; toPicture: (at: Point) => Point }

/** The part of the picture, its longer edge at most `maxEdge`; each new pixel is the mean of what it covers. */
export function viewOf(picture: Pixels, region: Region, maxEdge: number): View {
  const planes = [0, 1, 2].map((channel) =>
    reduceToEdge(planeOf(picture, region, channel), region.width, region.height, maxEdge),
  )
  const [{ width, height } = region] = planes
  const rgb = new Uint8Array(width * height * 3)
  for (const [channel, { plane }] of planes.entries())
    for (let i = 0; i < plane.length; i++) rgb[3 * i + channel] = plane[i]!
  const [across, down] = [width / region.width, height / region.height]
  // Pixel middles lie at whole numbers on both.
  return {
    rgb,
    width,
    height,
    toView: ({ x, y }) => ({
      x: (x + 0.5 - region.left) * across - 0.5,
      y: (y + 0.5 - region.top) * down - 0.5,
    }),
    toPicture: ({ x, y }) => ({
      x: (x + 0.5) / across + region.left - 0.5,
      y: (y + 0.5) / down + region.top - 0.5,
    }),
  }
}

/** The region with so much more of its size on each side, as far as the picture goes. */
export function widened(region: Region, share: number, picture: Pixels): Region {
  const [dx, dy] = [Math.max(8, region.width * share), Math.max(8, region.height * share)]
  return within(
    {
      left: region.left - dx,
      top: region.top - dy,
      width: region.width + 2 * dx,
      height: region.height + 2 * dy,
    },
    picture,
  )
}

/** Whole pixels that cover the rectangle, none beyond the picture's edge. */
export function within({ left, top, width, height }: Region, picture: Pixels): Region {
  const clamp = (value: number, most: number) => Math.min(most, Math.max(0, value))
  const [fromX, fromY] = [
    clamp(Math.floor(left), picture.width - 1),
    clamp(Math.floor(top), picture.height - 1),
  ]
  return {
    left: fromX,
    top: fromY,
    width: Math.max(1, clamp(Math.ceil(left + width), picture.width) - fromX),
    height: Math.max(1, clamp(Math.ceil(top + height), picture.height) - fromY),
  }
}

function planeOf({ rgb, width }: Pixels, region: Region, channel: number): Uint8Array {
  const plane = new Uint8Array(region.width * region.height)
  for (let y = 0, to = 0; y < region.height; y++) {
    let from = 3 * ((region.top + y) * width + region.left) + channel
    for (let x = 0; x < region.width; x++, from += 3) plane[to++] = rgb[from]!
  }
  return plane
}
