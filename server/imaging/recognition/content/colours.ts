import { laplacian } from '../../pipeline/kernels/laplacian.ts'
import type { Planes } from '../planes.ts'

const hues = 12
/** How many numbers `coloursOf` gives. */
export const colourCount = 6 + hues + 8

/**
 * What the network was taught not to care about, and what sorts pictures all the same: mean and spread of each colour, how
 * much is of which hue (weighed by its saturation), how many samples are how bright, all as shares of one.
 */
export function coloursOf({ planes }: Planes): Float32Array {
  const out = new Float32Array(colourCount)
  const [red, green, blue] = planes as [Uint8Array, Uint8Array, Uint8Array]
  const size = red.length
  planes.forEach((plane, at) => {
    const [mean, deviation] = meanAndDeviation(plane)
    out[2 * at] = mean / 255
    out[2 * at + 1] = deviation / 128
  })
  for (let i = 0; i < size; i++) {
    const [r, g, b] = [red[i]!, green[i]!, blue[i]!]
    const most = Math.max(r, g, b)
    const range = most - Math.min(r, g, b)
    if (range > 0) {
      const sextant =
        most === r ? (g - b) / range + 6 : most === g ? (b - r) / range + 2 : (r - g) / range + 4
      out[6 + (Math.floor((sextant * hues) / 6) % hues)]! += range / most / size
    }
    out[6 + hues + (most >> 5)]! += 1 / size
  }
  return out
}

function meanAndDeviation(plane: Uint8Array): [mean: number, deviation: number] {
  let sum = 0
  let squares = 0
  for (const value of plane) {
    sum += value
    squares += value * value
  }
  const mean = sum / plane.length
  return [mean, Math.sqrt(Math.max(0, squares / plane.length - mean * mean))]
}

/** How busy the green plane is: the mean of its Laplacian's size, and the share of samples that stand out. */
export function edgesOf({ planes, width, height }: Planes): Float32Array {
  let sum = 0
  let strong = 0
  const response = laplacian(planes[1]!, width, height, { neighbours: 4 })
  for (const value of response) {
    sum += Math.abs(value)
    if (Math.abs(value) > 40) strong++
  }
  return Float32Array.of(sum / response.length / 64, strong / response.length)
}
