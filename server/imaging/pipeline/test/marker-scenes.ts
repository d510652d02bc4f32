import { grey } from '../kernels/grey.ts'
import { photograph, type Camera, type PlanePicture, type PlacedMarker } from './plane-picture.ts'
import { seeded } from './specimens.ts'

export type MarkerScene = { name: string; picture: PlanePicture }

const size = { width: 480, height: 360 }
const straight: Camera = { tiltX: 0, tiltY: 0, roll: 0, distance: 150 }
const one = (id: number, more: Partial<PlacedMarker> = {}): PlacedMarker => ({
  id,
  x: 0,
  y: 0,
  side: 20,
  ...more,
})

function scene(name: string, picture: Partial<PlanePicture>): MarkerScene {
  return { name, picture: { ...size, camera: straight, markers: [], seed: name.length, ...picture } }
}

/** Photographs of markers that golden-markers.json says OpenCV's answer to, by name. */
export function markerScenes(): MarkerScene[] {
  return [
    ...varied(22),
    scene('upright and sharp', { markers: [one(0)] }),
    scene('on its head', { camera: { ...straight, roll: 180 }, markers: [one(9)] }),
    scene('from far away', {
      camera: { ...straight, distance: 420, tiltX: 20 },
      markers: [one(27)],
      noise: 3,
    }),
    scene('from near', { camera: { ...straight, distance: 55, roll: 30 }, markers: [one(33)], blur: 2 }),
    scene('blurred', { camera: { ...straight, tiltY: 25, roll: 12 }, markers: [one(27)], blur: 2.5 }),
    scene('noisy', { camera: { ...straight, tiltX: -30, roll: 75 }, markers: [one(27)], noise: 30 }),
    scene('a poor JPEG', { camera: { ...straight, tiltY: -35, roll: 140 }, markers: [one(27)], jpeg: 25 }),
    scene('dark', { camera: { ...straight, tiltX: 25, roll: 5 }, markers: [one(27)], light: [0.12, 0.12], noise: 3 }), // prettier-ignore
    scene('light from one side', { camera: { ...straight, roll: 20 }, markers: [one(27)], light: [0.15, 1] }),
    scene('two markers', {
      camera: { ...straight, distance: 170, tiltX: 20, roll: 8 },
      markers: [one(3, { x: -25, y: 6 }), one(41, { x: 28, y: -10, turn: 40 })],
      noise: 6,
    }),
    scene('three markers of different sizes', {
      camera: { ...straight, distance: 170, tiltY: 25 },
      markers: [
        one(5, { x: -40, side: 12 }),
        one(17, { x: 0, y: 20, turn: 100 }),
        one(49, { x: 38, y: -12, side: 26 }),
      ],
      jpeg: 60,
    }),
    scene('four markers, one twice', {
      camera: { ...straight, distance: 200, tiltX: -15, roll: 190 },
      markers: [
        one(1, { x: -40, y: -25 }),
        one(1, { x: 40, y: -25 }),
        one(8, { x: -40, y: 25 }),
        one(30, { x: 40, y: 25, turn: 45 }),
      ],
      noise: 8,
      jpeg: 80,
    }),
    scene('only skin', { noise: 6 }),
    scene('a chess board', { board: 'squares', camera: { ...straight, tiltX: 20, roll: 10 } }),
    scene('printed noise', { board: 'noise', camera: { ...straight, roll: 33 } }),
    scene('a black square without a code', {
      markers: [one(0, { blank: true })],
      camera: { ...straight, roll: 10 },
    }),
    scene('a marker in a mirror', {
      markers: [one(27, { mirrored: true })],
      camera: { ...straight, roll: 10 },
    }),
    scene('a corner under a finger', {
      markers: [one(27)],
      cover: { x: -13, y: -13, width: 20, height: 20 },
    }),
    scene('the code under a finger', { markers: [one(27)], cover: { x: 0, y: 2, width: 9, height: 9 } }),
    scene('half under a finger', { markers: [one(27)], cover: { x: 12, y: 0, width: 24, height: 60 } }),
    scene('only the paper under a finger', {
      markers: [one(27)],
      cover: { x: 30, y: 0, width: 36, height: 60 },
    }),
    scene('half outside', { markers: [one(27, { x: 66 })], camera: { ...straight, roll: 5 } }),
    scene('one covered, one free', {
      markers: [one(27, { x: -30 }), one(33, { x: 30, turn: 15 })],
      cover: { x: -22, y: -8, width: 16, height: 16 },
      noise: 5,
    }),
  ]
}

/** As OpenCV gets it too. */
export function greyOf({ picture }: MarkerScene): Uint8Array {
  return grey(photograph(picture))
}

/** All ways of lying, tilted up to fifty degrees, some noise, some blur, some compression. */
function varied(count: number): MarkerScene[] {
  const next = seeded(4_450)
  const between = (from: number, to: number) => from + ((next() % 1001) / 1000) * (to - from)
  return Array.from({ length: count }, (_, i) =>
    scene(`varied ${i + 1}`, {
      camera: {
        tiltX: between(-50, 50),
        tiltY: between(-35, 35),
        roll: between(0, 360),
        distance: between(90, 260),
      },
      markers: [one(next() % 50, { x: between(-15, 15), y: between(-10, 10) })],
      noise: [0, 4, 10][i % 3]!,
      blur: [0, 0.8, 1.4, 0][i % 4]!,
      ...(i % 2 === 0 ? {} : { jpeg: [85, 60, 40][i % 3]! }),
      light: [between(0.5, 1), between(0.5, 1)],
      seed: i + 1,
    }),
  )
}
