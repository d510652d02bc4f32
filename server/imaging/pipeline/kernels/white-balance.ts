import { saturate } from './rounding.ts'
import { linearOf, srgbOf } from './srgb.ts'

/** In pixels, inside the picture. */
export type Patch = { left: number; top: number; width: number; height: number }

type Channels = { red: number; green: number; blue: number }

/** Factors on linear light. */
export type Gains = Channels

/** The patch leaves the picture, or no pixel of it is usable. */
export class NothingToBalance extends RangeError {}

const linear = Float64Array.from({ length: 256 }, (_, i) => linearOf(i / 255))

/**
 * The gains that make a patch of interleaved 8-bit sRGB neutral. Without `level` there are two: red and blue are
 * brought to green, which stays, so the exposure does too. With `level` there are three: all are brought to what that
 * sRGB level (1..255), the patch's known one, is in linear light. The patch's mean is taken in linear light over pixels
 * of which no sample is 0 or 255. (von Kries scaling: J. von Kries, 1902; here in sRGB primaries.)
 *
 * @throws NothingToBalance
 */
export function balanceGains(
  rgb: Uint8Array,
  width: number,
  height: number,
  { patch, level }: { patch: Patch; level?: number },
): Gains {
  const { red, green, blue } = meanLight(rgb, width, height, patch)
  const target = level === undefined ? green : linearOf(level / 255)
  return { red: target / red, green: target / green, blue: target / blue }
}

/**
 * The picture under those gains: each sample's linear light times its channel's gain, at most 1, and back to 8-bit
 * sRGB, halves to the even level.
 */
export function balance(rgb: Uint8Array, { red, green, blue }: Gains): Uint8Array {
  const [reds, greens, blues] = [gainTable(red), gainTable(green), gainTable(blue)]
  const out = new Uint8Array(rgb.length)
  for (let at = 0; at < rgb.length; at += 3) {
    out[at] = reds[rgb[at]!]!
    out[at + 1] = greens[rgb[at + 1]!]!
    out[at + 2] = blues[rgb[at + 2]!]!
  }
  return out
}

function meanLight(rgb: Uint8Array, width: number, height: number, patch: Patch): Channels {
  const right = patch.left + patch.width
  const bottom = patch.top + patch.height
  if (patch.left < 0 || patch.top < 0 || right > width || bottom > height) {
    throw new NothingToBalance('The reference patch is not inside the picture.')
  }
  let red = 0
  let green = 0
  let blue = 0
  let usable = 0
  for (let y = patch.top; y < bottom; y++) {
    for (let x = patch.left, at = 3 * (y * width + x); x < right; x++, at += 3) {
      const r = rgb[at]!
      const g = rgb[at + 1]!
      const b = rgb[at + 2]!
      if (r === 0 || g === 0 || b === 0 || r === 255 || g === 255 || b === 255) continue
      red += linear[r]!
      green += linear[g]!
      blue += linear[b]!
      usable++
    }
  }
  if (usable === 0) throw new NothingToBalance('The reference patch is too bright or too dark to measure.')
  return { red: red / usable, green: green / usable, blue: blue / usable }
}

function gainTable(gain: number): Uint8Array {
  return Uint8Array.from(linear, (light) => saturate(255 * srgbOf(Math.min(gain * light, 1))))
}
