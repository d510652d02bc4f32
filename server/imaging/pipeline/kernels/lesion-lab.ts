import { linearOf } from './srgb.ts'

const linear = Float64Array.from({ length: 256 }, (_, i) => linearOf(i / 255))

/**
 * CIE L*a*b* under D65 of interleaved 8-bit sRGB: three numbers a pixel, L* 0..100, a* and b* about -110..100. A distance of
 * 1 in it (dE76) can just be seen. In float, not in OpenCV's 8-bit steps, because small differences are looked for.
 * (CIE 15:2004; sRGB by IEC 61966-2-1.)
 */
export function labOf(rgb: Uint8Array): Float32Array {
  const lab = new Float32Array(rgb.length)
  for (let at = 0; at < rgb.length; at += 3) {
    const r = linear[rgb[at]!]!
    const g = linear[rgb[at + 1]!]!
    const b = linear[rgb[at + 2]!]!
    const x = curve((0.412453 * r + 0.35758 * g + 0.180423 * b) / 0.950456)
    const y = curve(0.212671 * r + 0.71516 * g + 0.072169 * b)
    const z = curve((0.019334 * r + 0.119193 * g + 0.950227 * b) / 1.088754)
    lab[at] = 116 * y - 16
    lab[at + 1] = 500 * (x - y)
    lab[at + 2] = 200 * (y - z)
  }
  return lab
}

function curve(t: number): number {
  return t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116
}
