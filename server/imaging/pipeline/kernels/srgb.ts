/** Linear light, 0..1, of an sRGB value 0..1. (IEC 61966-2-1) */
export function linearOf(srgb: number): number {
  return srgb <= 0.04045 ? srgb / 12.92 : ((srgb + 0.055) / 1.055) ** 2.4
}

/** sRGB value, 0..1, of linear light 0..1. (IEC 61966-2-1) */
export function srgbOf(linear: number): number {
  return linear <= 0.0031308 ? linear * 12.92 : 1.055 * linear ** (1 / 2.4) - 0.055
}
