import { gaussianBlur } from './gaussian.ts'
import { saturate } from './rounding.ts'

export type UnsharpOptions = { sigma: number; amount: number; threshold: number }

/**
 * Unsharp mask of one 8-bit plane: plane + amount * (plane - blurred), left alone where the difference is at most
 * `threshold` levels, so that the noise of even skin is not raised.
 */
export function unsharp(
  plane: Uint8Array,
  width: number,
  height: number,
  { sigma, amount, threshold }: UnsharpOptions,
): Uint8Array {
  const out = gaussianBlur(plane, width, height, sigma)
  const raise = Int32Array.from({ length: 511 }, (_, i) => {
    const difference = i - 255
    return Math.abs(difference) <= threshold ? 0 : Math.round(amount * difference)
  })
  const clamp = Uint8Array.from({ length: 3 * 512 }, (_, i) => saturate(i - 512))
  for (let i = 0; i < plane.length; i++) {
    const level = plane[i]!
    out[i] = clamp[512 + level + raise[255 + level - out[i]!]!]!
  }
  return out
}
