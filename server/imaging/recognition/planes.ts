import { reduceToEdge } from '../pipeline/kernels/reduce.ts'
import type { Pixels } from '../pipeline/tasks.ts'
import type { Tensor } from './runtime.ts'

/** Red, green and blue of a picture, each by itself. */
export type Planes = { planes: readonly Uint8Array[]; width: number; height: number }

export function planesOf({ rgb, width, height }: Pixels): Planes {
  const planes = [0, 1, 2].map(() => new Uint8Array(width * height))
  const [red, green, blue] = planes as [Uint8Array, Uint8Array, Uint8Array]
  for (let i = 0, at = 0; i < red.length; i++, at += 3) {
    red[i] = rgb[at]!
    green[i] = rgb[at + 1]!
    blue[i] = rgb[at + 2]!
  }
  return { planes, width, height }
}

/** Their longer edge at most `edge` pixels; each new sample is the mean of those it covers. */
export function smaller({ planes, width, height }: Planes, edge: number): Planes {
  const reduced = planes.map((plane) => reduceToEdge(plane, width, height, edge))
  return { planes: reduced.map(({ plane }) => plane), width: reduced[0]!.width, height: reduced[0]!.height }
}

/**
 * What a network that expects levels of 0..255 in planes is given: its sides are filled up with black to multiples of
 * `grain`.
 */
export function tensorOf({ planes, width, height }: Planes, grain = 1): Tensor {
  const [wide, high] = [width, height].map((side) => Math.ceil(side / grain) * grain) as [number, number]
  const data = new Float32Array(planes.length * wide * high)
  planes.forEach((plane, channel) => {
    for (let y = 0; y < height; y++)
      data.set(plane.subarray(y * width, (y + 1) * width), (channel * high + y) * wide)
  })
  return { data, dims: [1, planes.length, high, wide] }
}
