import type { Random } from './random.ts'

/** Everything is drawn on this many units, then photographed by camera.ts. */
export const [width, height] = [400, 300] as const

export type Rgb = readonly [red: number, green: number, blue: number]
export const colour = ([r, g, b]: Rgb) => `rgb(${Math.round(r)},${Math.round(g)},${Math.round(b)})`
export const shade = ([r, g, b]: Rgb, factor: number): Rgb => [r * factor, g * factor, b * factor]
export const mix = (a: Rgb, b: Rgb, share: number): Rgb =>
  [0, 1, 2].map((at) => a[at]! + (b[at]! - a[at]!) * share) as unknown as Rgb

/** Skin from very light to very dark, under neutral light. */
const skins: readonly Rgb[] = [
  [246, 222, 206],
  [236, 196, 172],
  [222, 176, 146],
  [198, 150, 116],
  [168, 118, 86],
  [130, 88, 62],
  [94, 62, 46],
  [64, 44, 36],
]
export function skinTone(random: Random): Rgb {
  const at = random.between(0, skins.length - 1.001)
  const tone = mix(skins[Math.floor(at)]!, skins[Math.floor(at) + 1]!, at % 1)
  return shade(tone, random.between(0.92, 1.06))
}

export function anyColour(random: Random, least = 0, most = 255): Rgb {
  return [random.between(least, most), random.between(least, most), random.between(least, most)]
}

/** A closed, smooth, irregular outline. */
export function blob(random: Random, x: number, y: number, r: number, wild = 0.25, flat = 1): string {
  const count = random.whole(7, 12)
  const points = random.times(count, (at) => {
    const angle = (at / count) * 2 * Math.PI
    const reach = r * random.between(1 - wild, 1 + wild)
    return [x + Math.cos(angle) * reach, y + Math.sin(angle) * reach * flat] as const
  })
  const middle = (a: number) => {
    const [p, q] = [points[a % count]!, points[(a + 1) % count]!]
    return `${(p[0] + q[0]) / 2} ${(p[1] + q[1]) / 2}`
  }
  const curves = points.map((_, at) => {
    const corner = points[(at + 1) % count]!
    return `Q${corner[0]} ${corner[1]} ${middle(at + 1)}`
  })
  return `M${middle(0)}${curves.join('')}Z`
}

/** A grain of light and dark over everything drawn before it, or over what `within` tells. */
export function grain(random: Random, frequency: number, strength: number, within = ''): string {
  const id = `g${random.whole(0, 1e9)}`
  const level = random.chance(0.5) ? 0 : 1
  return `<filter id="${id}" x="0" y="0" width="100%" height="100%"><feTurbulence type="fractalNoise" baseFrequency="${frequency}" numOctaves="3" seed="${random.whole(1, 9999)}"/><feColorMatrix values="0 0 0 0 ${level} 0 0 0 0 ${level} 0 0 0 0 ${level} ${strength * 3} 0 0 0 ${-strength * 1.2}"/></filter><rect width="${width}" height="${height}" filter="url(#${id})" ${within}/>`
}

/** Light that falls off to one side. */
export function lighting(random: Random, strength = 0.45): string {
  const id = `l${random.whole(0, 1e9)}`
  const [x, y] = [random.between(0.1, 0.9), random.between(0.1, 0.9)]
  return `<radialGradient id="${id}" cx="${x}" cy="${y}" r="${random.between(0.7, 1.3)}"><stop offset="0.2" stop-color="#fff" stop-opacity="${random.between(0, 0.15)}"/><stop offset="1" stop-color="#000" stop-opacity="${random.between(0.1, strength)}"/></radialGradient><rect width="${width}" height="${height}" fill="url(#${id})"/>`
}

export const blurred = (inner: string, by: number, id: string) =>
  `<filter id="${id}" x="-30%" y="-30%" width="160%" height="160%"><feGaussianBlur stdDeviation="${by}"/></filter><g filter="url(#${id})">${inner}</g>`

/** Something to lie on: cloth, wood, a table, a wall. */
export function ground(random: Random): string {
  const base = anyColour(random, 20, 245)
  const parts = [`<rect width="${width}" height="${height}" fill="${colour(base)}"/>`]
  if (random.chance(0.4)) {
    const stripes = random.whole(4, 30)
    const turn = random.whole(0, 90)
    const tint = colour(shade(base, random.between(0.6, 1.25)))
    parts.push(
      `<g transform="rotate(${turn} 200 150)">${random.times(stripes, (at) => `<rect x="${(at * 700) / stripes - 150}" y="-200" width="${random.between(1, 350 / stripes)}" height="700" fill="${tint}" opacity="${random.between(0.2, 0.8)}"/>`).join('')}</g>`,
    )
  }
  parts.push(grain(random, random.between(0.01, 0.3), random.between(0.1, 0.5)))
  return parts.join('')
}

export const fonts = [
  'DejaVu Sans',
  'DejaVu Serif',
  'DejaVu Sans Mono',
  'Liberation Sans',
  'Liberation Serif',
  'Inter',
] as const
const syllables = 'ta re mo li ne sa do vi ku pe ran tol mer xin dal fos gri bel ac id on um'.split(' ')
export const word = (random: Random) =>
  random.times(random.whole(1, 4), () => random.pick(syllables)).join('')
export const words = (random: Random, count: number) => random.times(count, () => word(random)).join(' ')
export const number = (random: Random, digits: number) =>
  random.times(digits, () => String(random.whole(0, 9))).join('')
