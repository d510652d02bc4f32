import type { Homography } from '#shared/imaging-viewer.ts'
import { eachChannel } from '../../pipeline/kernels/channels.ts'
import { gaussianBlur } from '../../pipeline/kernels/gaussian.ts'
import { seeded } from '../../pipeline/test/specimens.ts'
import type { Pixels } from '../../pipeline/tasks.ts'
import { inverse, moved } from '../registration/plane.ts'

/** A drawn piece of skin, larger than any picture of it. */
export type Scene = { rgb: Float32Array; size: number }
const sceneKinds = ['freckled', 'wound', 'hairy', 'veined', 'smooth'] as const
export type SceneKind = (typeof sceneKinds)[number]

/** How it is photographed: degrees, a factor, shares of the picture; `tilt` as the far side's shortening. */
export type Pose = {
  turn: number
  scale: number
  shiftX: number
  shiftY: number
  tiltX: number
  tiltY: number
}
export type Light = {
  gain: readonly [number, number, number]
  /** From the left edge to the right one. */
  slope: number
  noise: number
  blur: number
}

export const upright: Pose = { turn: 0, scale: 1, shiftX: 0, shiftY: 0, tiltX: 0, tiltY: 0 }
export const evenLight: Light = { gain: [1, 1, 1], slope: 0, noise: 2, blur: 0 }

const sceneSize = 1100

/** Another piece of skin for each seed. */
export function drawScene(kind: SceneKind, seed: number): Scene {
  const next = seeded(seed * 7919 + sceneKinds.indexOf(kind) * 104_729 + 13)
  const random = () => next() / 2 ** 32
  const size = sceneSize
  const level = new Float32Array(size * size)
  const redness = new Float32Array(size * size)
  const texture = { freckled: 6, wound: 5, hairy: 5, veined: 5, smooth: 1.2 }[kind]
  for (const cell of [180, 60, 20, 7])
    addNoise(level, size, cell, kind === 'smooth' && cell < 60 ? 0.6 : texture, random)
  addNoise(redness, size, 90, kind === 'smooth' ? 2 : 8, random)
  const spots = { freckled: 260, wound: 90, hairy: 60, veined: 70, smooth: 5 }[kind]
  for (let i = 0; i < spots; i++) {
    const radius = 3 + 14 * random() ** 3
    addSpot(level, size, { x: random() * size, y: random() * size, radius, depth: -25 - 50 * random() })
  }
  if (kind === 'wound') {
    const [x, y] = [size * (0.4 + 0.2 * random()), size * (0.4 + 0.2 * random())]
    for (let i = 0; i < 40; i++) {
      const place = {
        x: x + (random() - 0.5) * 240,
        y: y + (random() - 0.5) * 160,
        radius: 15 + 30 * random(),
      }
      addSpot(redness, size, { ...place, depth: 30 })
      addSpot(level, size, { ...place, radius: place.radius / 2, depth: -18 + 30 * random() })
    }
  }
  const strokes = { freckled: 0, wound: 10, hairy: 420, veined: 60, smooth: 0 }[kind]
  for (let i = 0; i < strokes; i++)
    addStroke(level, size, {
      random,
      length: kind === 'veined' ? 260 : 40,
      depth: kind === 'veined' ? -12 : -60,
    })
  const rgb = new Float32Array(size * size * 3)
  for (let i = 0, at = 0; i < level.length; i++, at += 3) {
    rgb[at] = 196 + level[i]! + redness[i]! * 0.6
    rgb[at + 1] = 150 + level[i]! - redness[i]! * 0.5
    rgb[at + 2] = 126 + level[i]! - redness[i]! * 0.4
  }
  return { rgb, size }
}

/** The same skin with a dark spot in the middle. */
export function withSpot({ rgb, size }: Scene, { radius, depth }: { radius: number; depth: number }): Scene {
  const plane = new Float32Array(size * size)
  addSpot(plane, size, { x: size / 2, y: size / 2, radius, depth })
  return { rgb: rgb.map((value, at) => value + plane[Math.floor(at / 3)]!), size }
}

/** From the picture's pixels to the scene's. */
export function poseHomography(pose: Pose, width: number, height: number): Homography {
  const angle = (pose.turn * Math.PI) / 180
  const [cos, sin] = [Math.cos(angle) / pose.scale, Math.sin(angle) / pose.scale]
  const [cx, cy] = [sceneSize / 2 + pose.shiftX * width, sceneSize / 2 + pose.shiftY * height]
  const [gx, gy] = [pose.tiltX / width, pose.tiltY / height]
  const about = (a: number, b: number, centre: number) => [
    a + centre * gx,
    b + centre * gy,
    centre - a * (width / 2) - b * (height / 2) - centre * (gx * (width / 2) + gy * (height / 2)),
  ]
  return [...about(cos, -sin, cx), ...about(sin, cos, cy), gx, gy, 1 - (gx * width) / 2 - (gy * height) / 2]
}

/** From the pixels of one picture of a scene to another's. */
export function trueMovement(from: Pose, to: Pose, width: number, height: number): Homography {
  const out = inverse(poseHomography(to, width, height))
  const into = poseHomography(from, width, height)
  return Array.from({ length: 9 }, (_, at) => {
    const [row, column] = [Math.floor(at / 3), at % 3]
    return [0, 1, 2].reduce((sum, k) => sum + out[row * 3 + k]! * into[k * 3 + column]!, 0)
  })
}

/** A photograph of the scene. */
export function photograph(
  { rgb, size }: Scene,
  pose: Pose,
  light: Light,
  { width, height, seed }: { width: number; height: number; seed: number },
): Pixels {
  const view = poseHomography(pose, width, height)
  const next = seeded(seed + 99)
  const out = new Uint8Array(width * height * 3)
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 3) {
      const place = moved(view, { x, y })
      const u = Math.min(size - 1.001, Math.max(0, place.x))
      const v = Math.min(size - 1.001, Math.max(0, place.y))
      const [left, top] = [Math.floor(u), Math.floor(v)]
      const [right, down] = [u - left, v - top]
      const corner = (top * size + left) * 3
      const bright = 1 + light.slope * (x / width - 0.5)
      for (let channel = 0; channel < 3; channel++) {
        const i = corner + channel
        const upper = rgb[i]! * (1 - right) + rgb[i + 3]! * right
        const lower = rgb[i + size * 3]! * (1 - right) + rgb[i + size * 3 + 3]! * right
        // The sum of three is near enough to a sensor's noise.
        const noise = ((next() + next() + next()) / 2 ** 32 - 1.5) * 2 * light.noise
        const value = (upper * (1 - down) + lower * down) * bright * light.gain[channel]! + noise
        out[at + channel] = Math.max(0, Math.min(255, Math.round(value)))
      }
    }
  }
  if (light.blur === 0) return { rgb: out, width, height }
  const blurred = eachChannel(out, (plane) => gaussianBlur(plane, width, height, light.blur))
  return { rgb: blurred, width, height }
}

/** Smooth noise: random values on a grid, blended between its points. */
function addNoise(
  plane: Float32Array,
  size: number,
  cell: number,
  amplitude: number,
  random: () => number,
): void {
  const across = Math.ceil(size / cell) + 2
  const grid = Float32Array.from({ length: across * across }, () => (random() - 0.5) * 2 * amplitude)
  const ease = (t: number) => t * t * (3 - 2 * t)
  for (let y = 0; y < size; y++) {
    const row = Math.floor(y / cell)
    const down = ease(y / cell - row)
    for (let x = 0; x < size; x++) {
      const column = Math.floor(x / cell)
      const right = ease(x / cell - column)
      const at = row * across + column
      const upper = grid[at]! * (1 - right) + grid[at + 1]! * right
      const lower = grid[at + across]! * (1 - right) + grid[at + across + 1]! * right
      plane[y * size + x]! += upper * (1 - down) + lower * down
    }
  }
}

type Spot = { x: number; y: number; radius: number; depth: number }

function addSpot(plane: Float32Array, size: number, { x, y, radius, depth }: Spot): void {
  for (let row = Math.max(0, Math.floor(y - radius)); row < Math.min(size, y + radius); row++) {
    for (let column = Math.max(0, Math.floor(x - radius)); column < Math.min(size, x + radius); column++) {
      const off = Math.hypot(column - x, row - y) / radius
      if (off < 1) plane[row * size + column]! += depth * (1 - off ** 4)
    }
  }
}

function addStroke(
  plane: Float32Array,
  size: number,
  { random, length, depth }: { random: () => number; length: number; depth: number },
): void {
  let [x, y, angle] = [random() * size, random() * size, random() * Math.PI * 2]
  const bend = (random() - 0.5) * 0.06
  for (let step = 0; step < length; step++) {
    addSpot(plane, size, { x, y, radius: 1.6, depth: depth / 2 })
    angle += bend
    x += Math.cos(angle)
    y += Math.sin(angle)
  }
}
