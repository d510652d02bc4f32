import { roundHalfEven } from './rounding.ts'
import { fastLightness, fastMoveLightness } from './simd/colour.ts'
import { linearOf, srgbOf } from './srgb.ts'

// Linear sRGB to CIE XYZ relative to D65, as OpenCV has it.
const white = [0.950456, 1, 1.088754] as const
const toX = [0.412453 / white[0], 0.35758 / white[0], 0.180423 / white[0]] as const
const toY = [0.212671, 0.71516, 0.072169] as const
const toZ = [0.019334 / white[2], 0.119193 / white[2], 0.950227 / white[2]] as const
const toRed = [3.240479 * white[0], -1.53715, -0.498535 * white[2]] as const
const toGreen = [-0.969256 * white[0], 1.875991, 0.041556 * white[2]] as const
const toBlue = [0.055648 * white[0], -0.204043, 1.057311 * white[2]] as const

const labF = (t: number) => (t < 0.008856 ? 7.787 * t + 16 / 116 : Math.cbrt(t))

// OpenCV's 8-bit conversion in fixed point: linear light in 1/2040, its cube root in 1/32768, L * 255 / 100.
const linear2040 = Int32Array.from({ length: 256 }, (_, i) => roundHalfEven(2040 * linearOf(i / 255)))
const shares = toY.map((share) => {
  const fixed = roundHalfEven(4096 * share)
  return linear2040.map((light) => fixed * light)
}) as [Int32Array, Int32Array, Int32Array]
const [redShare, greenShare, blueShare] = shares
const lightnessOf = Uint8Array.from({ length: 2041 }, (_, i) => {
  const scale = Math.trunc((116 * 255 + 50) / 100)
  const shift = -Math.trunc((16 * 255 * 32768 + 50) / 100)
  return (scale * roundHalfEven(32768 * labF(i / 2040)) + shift + 16384) >> 15
})

/** Lightness of CIE Lab, 0..255, of interleaved 8-bit sRGB; equal to the L of OpenCV's 8-bit COLOR_RGB2Lab. */
export function lightness(rgb: Uint8Array): Uint8Array {
  const plane = new Uint8Array(rgb.length / 3)
  if (fastLightness(rgb, { shares, levels: lightnessOf }, plane)) return plane
  for (let i = 0, at = 0; i < plane.length; i++, at += 3) {
    const light = redShare[rgb[at]!]! + greenShare[rgb[at + 1]!]! + blueShare[rgb[at + 2]!]!
    plane[i] = lightnessOf[(light + 2048) >> 12]!
  }
  return plane
}

// Fine enough that a picture whose lightness does not change comes back as it was, within one level.
const steps = 16384
const linear = Float64Array.from({ length: 256 }, (_, i) => steps * Math.fround(linearOf(i / 255)))
const shifts = Float64Array.from({ length: 511 }, (_, i) => (i - 255) / (2.55 * 116))
const cubeRoot = Float32Array.from({ length: steps + 2 }, (_, i) => labF(i / steps))
const encoded = Uint8Array.from({ length: steps + 1 }, (_, i) => Math.round(255 * srgbOf(i / steps)))
// What each sample of red, green and blue adds to X, Y and Z.
const added = Float64Array.from({ length: 3 * 256 * 4 }, (_, i) => {
  const [channel, sample, coordinate] = [i >> 10, (i >> 2) & 255, i & 3]
  return ([toX, toY, toZ][coordinate]?.[channel] ?? 0) * linear[sample]!
})
const matrix = Float64Array.of(...toRed, ...toGreen, ...toBlue)
const tables = { light: added, shifts, roots: cubeRoot, encoded, matrix }

/**
 * Moves each pixel from lightness `before` to `after`, keeping its a and b of CIE Lab, in place. Pixels whose lightness
 * stays keep their exact samples; colours that no screen has are clamped.
 */
export function moveLightness(rgb: Uint8Array, before: Uint8Array, after: Uint8Array): void {
  if (fastMoveLightness(rgb, before, after, tables)) return
  for (let i = 0, at = 0; i < before.length; i++, at += 3) {
    const move = after[i]! - before[i]!
    if (move === 0) continue
    const r = linear[rgb[at]!]!
    const g = linear[rgb[at + 1]!]!
    const b = linear[rgb[at + 2]!]!
    const shift = shifts[255 + move]!
    const x = light(cubeRoot[(toX[0] * r + toX[1] * g + toX[2] * b + 0.5) | 0]! + shift)
    const y = light(cubeRoot[(toY[0] * r + toY[1] * g + toY[2] * b + 0.5) | 0]! + shift)
    const z = light(cubeRoot[(toZ[0] * r + toZ[1] * g + toZ[2] * b + 0.5) | 0]! + shift)
    rgb[at] = sample(toRed[0] * x + toRed[1] * y + toRed[2] * z)
    rgb[at + 1] = sample(toGreen[0] * x + toGreen[1] * y + toGreen[2] * z)
    rgb[at + 2] = sample(toBlue[0] * x + toBlue[1] * y + toBlue[2] * z)
  }
}

function light(f: number): number {
  return f > 6 / 29 ? f * f * f : (f - 16 / 116) / 7.787
}

function sample(linearLight: number): number {
  const index = (linearLight * steps + 0.5) | 0
  return encoded[index < 0 ? 0 : index > steps ? steps : index]!
}
