// `node scripts/demo-pictures.ts`: paints the demo clinic's earlier photographs, an invented wound on a lower leg that heals
// over three visits, with the printed marker beside it. Nobody's leg; repeatable by its seeds.
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { seeded } from '#server/demo/random.ts'
import { dictionary } from '#server/imaging/pipeline/kernels/marker/dictionary.ts'
import { runScript } from './run.ts'

type Colour = readonly [number, number, number]
/** How the camera stood and what light there was; angles in degrees, lengths in millimetres. */
type Visit = { name: string; size: number; tiltX: number; tiltY: number; roll: number; x: number; y: number; distance: number; light: Colour; age: number } // prettier-ignore

const folder = join(import.meta.dirname, '../server/demo/pictures')
const width = 1280
const height = 960
const focalLength = 1400
const markerId = 27
const cellsAcross = 6

const visits: readonly Visit[] = [
  { name: 'first', size: 1, tiltX: 8, tiltY: -5, roll: -4, x: 2, y: 1, distance: 118, light: [1.0, 0.97, 0.92], age: 0 },
  { name: 'second', size: 0.78, tiltX: -3, tiltY: 7, roll: 3, x: -3, y: -2, distance: 126, light: [0.94, 0.95, 0.95], age: 0.45 },
  { name: 'third', size: 0.5, tiltX: 5, tiltY: 3, roll: 1, x: 1, y: 2, distance: 121, light: [1.03, 1.0, 0.97], age: 0.85 },
] // prettier-ignore

const freckles = Array.from({ length: 90 }, (_, n) => {
  const generator = seeded(n + 500)
  const random = () => generator.next()
  const large = n % 9 === 0
  return {
    x: (random() - 0.5) * 130,
    y: (random() - 0.5) * 62 - 4,
    radius: large ? 1.1 + random() : 0.3 + 0.5 * random(),
    squeeze: 0.8 + 0.5 * random(),
    depth: large ? 0.9 : 0.35 + 0.4 * random(),
  }
})
const hairs = Array.from({ length: 150 }, (_, n) => {
  const generator = seeded(n + 900)
  const random = () => generator.next()
  return { x: (random() - 0.5) * 130, y: (random() - 0.5) * 60 - 4, slope: 0.35 + 0.3 * random(), length: 4 + 4 * random() } // prettier-ignore
})

await runScript(async () => {
  await mkdir(folder, { recursive: true })
  for (const visit of visits) {
    const rgb = photograph(visit)
    const jpeg = await sharp(rgb, { raw: { width, height, channels: 3 } })
      .blur(0.7)
      .jpeg({ quality: 86, chromaSubsampling: '4:2:0' })
      .toBuffer()
    await writeFile(join(folder, `lower-leg-${visit.name}.jpg`), jpeg)
  }
})

/** Looks at the leg, which is nearly flat where the wound is, with a pinhole camera. */
function photograph(visit: Visit): Buffer {
  const rgb = Buffer.alloc(width * height * 3)
  const generator = seeded(visits.indexOf(visit) + 11)
  const grain = () => generator.next()
  const toSkin = fromImage(visit)
  for (let v = 0, at = 0; v < height; v++)
    for (let u = 0; u < width; u++) {
      const [x, y] = toSkin(u, v)
      const colour = seen(x, y, visit)
      const fall = 1 - 0.16 * (((u - width / 2) / width) ** 2 + ((v - height / 2) / height) ** 2) * 4
      const noise = (grain() - 0.5) * 7
      for (let c = 0; c < 3; c++, at++) {
        const level = colour[c]! * visit.light[c]! * fall + noise
        rgb[at] = Math.max(0, Math.min(255, Math.round(level)))
      }
    }
  return rgb
}

/** Millimetres on the leg under a pixel: the camera's homography, inverted by hand for a plane through the origin. */
function fromImage({
  tiltX,
  tiltY,
  roll,
  x,
  y,
  distance,
}: Visit): (u: number, v: number) => [number, number] {
  const [a, b, c] = [tiltX, tiltY, roll].map((degrees) => (degrees * Math.PI) / 180) as [
    number,
    number,
    number,
  ]
  const [ca, sa, cb, sb, cc, sc] = [
    Math.cos(a),
    Math.sin(a),
    Math.cos(b),
    Math.sin(b),
    Math.cos(c),
    Math.sin(c),
  ]
  // Rows of R = Rz(roll) Ry(tiltY) Rx(tiltX); the camera looks along z from -distance.
  const right = [cc * cb, sc * cb, -sb] as const
  const down = [cc * sb * sa - sc * ca, sc * sb * sa + cc * ca, cb * sa] as const
  return (u, v) => {
    const p = (u - width / 2) / focalLength
    const q = (v - height / 2) / focalLength
    // (X right + Y down).xy = (p, q) (distance + (X right + Y down).z), two equations in X and Y.
    const a11 = right[0] - p * right[2]
    const a12 = down[0] - p * down[2]
    const a21 = right[1] - q * right[2]
    const a22 = down[1] - q * down[2]
    const determinant = a11 * a22 - a12 * a21
    const [d1, d2] = [p * distance, q * distance]
    return [(d1 * a22 - a12 * d2) / determinant + x, (a11 * d2 - d1 * a21) / determinant + y]
  }
}

function seen(x: number, y: number, visit: Visit): Colour {
  const marker = onMarker(x - 27, y - 22)
  if (marker !== null) return [marker, marker, marker * 0.985]
  const edge = 33 + 2 * wave(x * 0.03, 4)
  if (Math.abs(y + 4) > edge) return cloth(x, y)
  return wounded(skin(x, y, edge), x, y, visit)
}

/** The printed square and its white margin, 20 mm and 30 mm; null beside it. */
function onMarker(x: number, y: number): number | null {
  const turn = 0.1
  const [mx, my] = [x * Math.cos(turn) + y * Math.sin(turn), y * Math.cos(turn) - x * Math.sin(turn)]
  if (Math.abs(mx) > 14 || Math.abs(my) > 14) return null
  if (Math.abs(mx) > 10 || Math.abs(my) > 10) return 236
  const column = Math.min(cellsAcross - 1, Math.floor(((mx + 10) / 20) * cellsAcross))
  const row = Math.min(cellsAcross - 1, Math.floor(((my + 10) / 20) * cellsAcross))
  const inside = column > 0 && row > 0 && column < cellsAcross - 1 && row < cellsAcross - 1
  const bit = inside && (dictionary[markerId]! >> (15 - ((row - 1) * 4 + column - 1))) & 1
  return bit ? 234 : 26
}

function cloth(x: number, y: number): Colour {
  const weave = 5 * Math.sin(x * 5.2) * Math.sin(y * 5.2) + 9 * wave(x * 0.05 + y * 0.02, 9)
  return [96 + weave, 128 + weave, 134 + weave]
}

function skin(x: number, y: number, edge: number): Colour {
  const round = Math.sqrt(Math.max(0.05, 1 - ((y + 4) / (edge + 5)) ** 2))
  const shade = 0.62 + 0.42 * round
  const blotch =
    9 * noise(x * 0.09, y * 0.09, 1) + 6 * noise(x * 0.35, y * 0.35, 2) + 4 * noise(x * 1.6, y * 1.6, 3)
  let [r, g, b] = [208 + blotch, 163 + blotch * 1.1, 139 + blotch * 1.1]
  for (const spot of freckles) {
    const d = Math.hypot(x - spot.x, (y - spot.y) * spot.squeeze) / spot.radius
    if (d < 1.6) {
      const dark = spot.depth * Math.max(0, 1 - Math.max(0, d - 0.6) / 1)
      ;[r, g, b] = [r - 52 * dark, g - 58 * dark, b - 54 * dark]
    }
  }
  const vein = Math.exp(-(((y + 17 + 5 * wave(x * 0.045, 6)) / 1.5) ** 2))
  ;[r, g, b] = [r - 15 * vein, g - 3 * vein, b + 5 * vein]
  if (hair(x, y)) [r, g, b] = [r - 42, g - 44, b - 42]
  return [r * shade, g * shade, b * shade]
}

/** An oval bed of granulation with some fibrin, a pink rim that grows inwards as it heals, and a scar that it leaves. */
function wounded(around: Colour, x: number, y: number, { size, age }: Visit): Colour {
  const [wx, wy] = [x + 6, y + 3]
  const angle = Math.atan2(wy, wx * 0.7)
  const ragged =
    1 + 0.1 * Math.sin(angle * 3 + 1) + 0.06 * Math.sin(angle * 7 + 2) + 0.03 * Math.sin(angle * 13)
  const distance = Math.hypot(wx * 0.7, wy) / (11.5 * ragged)
  const bed: Colour = [
    150 + 26 * noise(x * 0.8, y * 0.8, 5) - 14 * age,
    48 + 18 * noise(x * 0.8, y * 0.8, 6) + 16 * age,
    46 + 14 * noise(x * 0.9, y * 0.9, 7) + 14 * age,
  ]
  const fibrin = smooth(
    (noise(x * 0.22, y * 0.22, 8) + 0.25 * noise(x * 0.9, y * 0.9, 12) - 0.05 - 0.6 * age) * 1.5,
  )
  const wet = mix(bed, [196, 166, 98], Math.min(0.8, fibrin))
  const rim: Colour = [216, 124 + 22 * age, 112 + 20 * age]
  const flush = mix(
    around,
    [around[0] * 1.02, around[1] * 0.8, around[2] * 0.78],
    1 - smooth((distance - 1.0) / 0.75),
  )
  const scar = mix(flush, rim, 1 - smooth((distance - 1.0) / 0.16))
  return mix(wet, scar, smooth((distance - size * 0.93) / 0.12))
}

function hair(x: number, y: number): boolean {
  return hairs.some((one) => {
    const along = x - one.x
    if (along < 0 || along > one.length) return false
    return Math.abs(y - one.y - one.slope * along - 0.03 * along * along) < 0.09
  })
}

function mix(a: Colour, b: Colour, share: number): Colour {
  const s = Math.max(0, Math.min(1, share))
  return [a[0] + (b[0] - a[0]) * s, a[1] + (b[1] - a[1]) * s, a[2] + (b[2] - a[2]) * s]
}

function smooth(t: number): number {
  const s = Math.max(0, Math.min(1, t))
  return s * s * (3 - 2 * s)
}

function wave(t: number, seed: number): number {
  return Math.sin(t + seed) + 0.5 * Math.sin(2.3 * t + 2 * seed)
}

/** Value noise between -1 and 1, smooth between whole coordinates. */
function noise(x: number, y: number, seed: number): number {
  const [column, row] = [Math.floor(x), Math.floor(y)]
  const [fx, fy] = [smooth(x - column), smooth(y - row)]
  const top = corner(column, row, seed) * (1 - fx) + corner(column + 1, row, seed) * fx
  const bottom = corner(column, row + 1, seed) * (1 - fx) + corner(column + 1, row + 1, seed) * fx
  return top * (1 - fy) + bottom * fy
}

function corner(x: number, y: number, seed: number): number {
  let hash = Math.imul(x, 374761393) ^ Math.imul(y, 668265263) ^ Math.imul(seed, 2147483647)
  hash = Math.imul(hash ^ (hash >>> 13), 1274126177)
  return ((hash ^ (hash >>> 16)) >>> 0) / 2147483648 - 1
}
