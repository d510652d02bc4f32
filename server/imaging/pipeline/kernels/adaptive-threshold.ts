import { gaussianNeighbourhood, meanNeighbourhood } from './neighbourhood.ts'

export type AdaptiveThresholdOptions = {
  neighbourhood: 'mean' | 'gaussian'
  /** Side of the neighbourhood in pixels, odd, 3 or more. */
  size: number
  /** How many levels below its neighbourhood a sample must lie to become black. */
  offset: number
}

/**
 * 255 where a sample of an 8-bit plane is above its neighbourhood's mean less `offset`, else 0: parts ink from paper,
 * or hair from skin, under uneven light. Edge samples are repeated outwards; the mean, plain or Gaussian with
 * sigma 0.15 * size + 0.35, is rounded to a level first. Equal to OpenCV's adaptiveThreshold(plane, 255, method,
 * THRESH_BINARY, size, offset).
 */
export function adaptiveThreshold(
  plane: Uint8Array,
  width: number,
  height: number,
  { neighbourhood, size, offset }: AdaptiveThresholdOptions,
): Uint8Array {
  const out = (neighbourhood === 'mean' ? meanNeighbourhood : gaussianNeighbourhood)(
    plane,
    width,
    height,
    size,
  )
  const allowed = -Math.ceil(offset)
  for (let i = 0; i < out.length; i++) out[i] = plane[i]! - out[i]! > allowed ? 255 : 0
  return out
}
