import { saturate } from './rounding.ts'

/**
 * The 256 answers of a power law on 8-bit samples: 255 * (x / 255) ** gamma, halves to the even level. `gamma` is above
 * 0; below 1 brightens, above 1 darkens, black and white stay. As in OpenCV's tutorial "Changing the contrast and
 * brightness of an image", which has OpenCV's LUT apply it.
 */
export function gammaTable(gamma: number): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, x) => saturate(255 * (x / 255) ** gamma))
}
