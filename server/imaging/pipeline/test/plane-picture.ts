import { gaussianBlur } from '../kernels/gaussian.ts'
import { eachChannel } from '../kernels/channels.ts'
import { dictionary } from '../kernels/marker/dictionary.ts'
import { linearOf, srgbOf } from '../kernels/srgb.ts'
import { jpegLoss } from './jpeg-loss.ts'
import { seeded } from './specimens.ts'

type Place = { x: number; y: number }
type Colour = readonly [number, number, number]

/** A marker lying on the plane, in millimetres and degrees; the paper reaches one cell further on each side. */
export type PlacedMarker = Place & {
  id: number
  side: number
  turn?: number
  mirrored?: boolean
  blank?: boolean
}

/** Where the camera is: degrees of tilt and roll, millimetres away, looking at the origin; `focal` in widths. */
export type Camera = { tiltX: number; tiltY: number; roll: number; distance: number; focal?: number }

/** A flat piece of skin with things on it, and how it is photographed. */
export type PlanePicture = {
  width: number
  height: number
  camera: Camera
  markers: readonly PlacedMarker[]
  /** Half axes in millimetres, turned by degrees. */
  spots?: readonly (Place & { a: number; b: number; turn: number; colour: Colour })[]
  /** Lies over all else. */
  cover?: Place & { width: number; height: number }
  board?: 'skin' | 'squares' | 'noise'
  /** Levels, evenly spread to both sides. */
  noise?: number
  blur?: number
  jpeg?: number
  /** Light from the left edge to the right one, as factors. */
  light?: readonly [number, number]
  /** On linear light, row by row. */
  cast?: readonly (readonly [number, number, number])[]
  seed?: number
}

export const paperLevel = 232
const ink = 28
const linear = Float64Array.from({ length: 256 }, (_, level) => linearOf(level / 255))
const fine = 3

/** From millimetres on the plane to pixels, middles at whole numbers. */
export function pixelOf({ width, height, camera }: PlanePicture, { x, y }: Place): Place {
  const [a, b, c, d, e, f, g, h, i] = viewOf(camera, width, height)
  const w = g! * x + h! * y + i!
  return { x: (a! * x + b! * y + c!) / w, y: (d! * x + e! * y + f!) / w }
}

/** Of the black square, in pixels, clockwise from the marker's own top left one. */
export function cornersOf(picture: PlanePicture, { x, y, side, turn = 0 }: PlacedMarker): Place[] {
  const [sin, cos] = [Math.sin(radians(turn)), Math.cos(radians(turn))]
  return [
    [-1, -1],
    [1, -1],
    [1, 1],
    [-1, 1],
  ].map(([u, v]) =>
    pixelOf(picture, {
      x: x + (side / 2) * (u! * cos - v! * sin),
      y: y + (side / 2) * (u! * sin + v! * cos),
    }),
  )
}

/** The photograph, interleaved 8-bit RGB: what falls on each pixel is summed up as light. */
export function photograph(picture: PlanePicture): Uint8Array {
  const { width, height, noise = 0, blur = 0, jpeg, seed = 1 } = picture
  const back = inverse(viewOf(picture.camera, width, height))
  const next = seeded(seed)
  let rgb = new Uint8Array(width * height * 3)
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 3) rgb.set(developed(picture, lightOn(picture, back, x, y), x), at)
  }
  if (blur > 0) rgb = eachChannel(rgb, (plane) => gaussianBlur(plane, width, height, blur)) as typeof rgb
  if (noise > 0) {
    for (let i = 0; i < rgb.length; i++) {
      rgb[i] = Math.min(255, Math.max(0, rgb[i]! + Math.round(noise * ((next() % 2001) / 1000 - 1))))
    }
  }
  return jpeg === undefined ? rgb : eachChannel(rgb, (plane) => jpegLoss(plane, width, height, jpeg))
}

function lightOn(picture: PlanePicture, back: number[], x: number, y: number): [number, number, number] {
  const sum: [number, number, number] = [0, 0, 0]
  for (let k = 0; k < fine * fine; k++) {
    const u = x + ((k % fine) + 0.5) / fine - 0.5
    const v = y + (Math.floor(k / fine) + 0.5) / fine - 0.5
    const w = back[6]! * u + back[7]! * v + back[8]!
    const colour = colourAt(picture, (back[0]! * u + back[1]! * v + back[2]!) / w, (back[3]! * u + back[4]! * v + back[5]!) / w) // prettier-ignore
    for (let c = 0; c < 3; c++) sum[c]! += linear[colour[c]!]! / (fine * fine)
  }
  return sum
}

function developed(
  { width, light, cast }: PlanePicture,
  [r, g, b]: [number, number, number],
  x: number,
): number[] {
  const factor = light ? light[0] + ((light[1] - light[0]) * x) / width : 1
  const seen = cast ? cast.map(([p, q, s]) => p * r + q * g + s * b) : [r, g, b]
  return seen.map((value) => Math.round(255 * srgbOf(Math.min(1, factor * value))))
}

function colourAt(
  { cover, markers, spots = [], board = 'skin' }: PlanePicture,
  x: number,
  y: number,
): Colour {
  if (cover && Math.abs(x - cover.x) < cover.width / 2 && Math.abs(y - cover.y) < cover.height / 2) {
    return [186, 132, 112]
  }
  for (const marker of markers) {
    const level = levelOf(marker, x, y)
    if (level !== null) return [level, level, level]
  }
  for (const spot of spots) {
    const [u, v] = [x - spot.x, y - spot.y]
    if (Math.max(Math.abs(u), Math.abs(v)) > Math.max(spot.a, spot.b)) continue
    const [sin, cos] = [Math.sin(radians(spot.turn)), Math.cos(radians(spot.turn))]
    if (((u * cos + v * sin) / spot.a) ** 2 + ((v * cos - u * sin) / spot.b) ** 2 < 1) return spot.colour
  }
  const cell = hash(Math.floor(x / 5), Math.floor(y / 5))
  if (board === 'squares')
    return (Math.floor(x / 12) + Math.floor(y / 12)) % 2 === 0 ? [30, 30, 30] : [225, 225, 225]
  if (board === 'noise') return cell % 2 === 0 ? [30, 30, 30] : [225, 225, 225]
  const grain = (hash(Math.floor(x * 3), Math.floor(y * 3)) % 9) - 4 + (cell % 7)
  return [196 + grain, 150 + grain, 128 + grain]
}

/** Null beside its paper. */
function levelOf(marker: PlacedMarker, x: number, y: number): number | null {
  const { id, side, turn = 0, mirrored, blank } = marker
  const [u, v] = [x - marker.x, y - marker.y]
  if (u * u + v * v > side * side) return null
  const [sin, cos] = [Math.sin(radians(turn)), Math.cos(radians(turn))]
  const across = ((u * cos + v * sin) / side + 0.5) * 6
  const column = Math.floor(mirrored ? 6 - across : across)
  const row = Math.floor(((v * cos - u * sin) / side + 0.5) * 6)
  if (column < -1 || row < -1 || column > 6 || row > 6) return null
  if (column === -1 || row === -1 || column === 6 || row === 6) return paperLevel
  if (column === 0 || row === 0 || column === 5 || row === 5 || blank) return ink
  return (dictionary[id]! >> (15 - 4 * (row - 1) - (column - 1))) & 1 ? paperLevel : ink
}

function hash(x: number, y: number): number {
  let h = Math.imul(x, 0x27d4eb2d) ^ Math.imul(y, 0x165667b1)
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d)
  return (h ^ (h >>> 13)) >>> 0
}

function viewOf(
  { tiltX, tiltY, roll, distance, focal = 1.1 }: Camera,
  width: number,
  height: number,
): number[] {
  const [sx, cx] = [Math.sin(radians(tiltX)), Math.cos(radians(tiltX))]
  const [sy, cy] = [Math.sin(radians(tiltY)), Math.cos(radians(tiltY))]
  const [sz, cz] = [Math.sin(radians(roll)), Math.cos(radians(roll))]
  // The first two columns of Rx Ry Rz, and where the plane's origin is.
  const x = [cy * cz, cx * sz + sx * sy * cz, sx * sz - cx * sy * cz]
  const y = [-cy * sz, cx * cz - sx * sy * sz, sx * cz + cx * sy * sz]
  const f = focal * width
  const [px, py] = [(width - 1) / 2, (height - 1) / 2]
  return [
    f * x[0]! + px * x[2]!,
    f * y[0]! + px * y[2]!,
    px * distance,
    f * x[1]! + py * x[2]!,
    f * y[1]! + py * y[2]!,
    py * distance,
    x[2]!,
    y[2]!,
    distance,
  ]
}

function inverse([a, b, c, d, e, f, g, h, i]: number[]): number[] {
  const [A, B, C] = [e! * i! - f! * h!, f! * g! - d! * i!, d! * h! - e! * g!]
  const determinant = a! * A + b! * B + c! * C
  return [
    A, c! * h! - b! * i!, b! * f! - c! * e!,
    B, a! * i! - c! * g!, c! * d! - a! * f!,
    C, b! * g! - a! * h!, a! * e! - b! * d!,
  ].map((value) => value / determinant) // prettier-ignore
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180
}
