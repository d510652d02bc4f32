import { applyStep } from '#kernels/apply-step.ts'
import { Picture } from '#kernels/picture.ts'
import type { Step } from '#shared/imaging-recipe.ts'

/** Interleaved samples as a canvas gives and takes them: red, green, blue, alpha. */
export interface Pixels {
  readonly data: Uint8ClampedArray<ArrayBuffer>
  readonly width: number
  readonly height: number
}

/**
 * What the server makes of the same pixels by the same steps, to the bit; opaque.
 * @throws NothingToBalance by the patch of `whiteBalance`
 */
export function tryOut({ data, width, height }: Pixels, steps: readonly Step[]): Pixels {
  const rgb = new Uint8Array(width * height * 3)
  for (let from = 0, to = 0; to < rgb.length; from += 4, to += 3) {
    rgb[to] = data[from] ?? 0
    rgb[to + 1] = data[from + 1] ?? 0
    rgb[to + 2] = data[from + 2] ?? 0
  }
  const picture = new Picture(rgb, width, height)
  for (const step of steps) applyStep(picture, step)
  const made = picture.rgb()
  const out = new Uint8ClampedArray(width * height * 4)
  for (let from = 0, to = 0; from < made.length; from += 3, to += 4) {
    out[to] = made[from] ?? 0
    out[to + 1] = made[from + 1] ?? 0
    out[to + 2] = made[from + 2] ?? 0
    out[to + 3] = 255
  }
  return { data: out, width, height }
}

/**
 * The steps for a picture that is `factor` times as large: what is measured in pixels shrinks with it, so that the
 * small picture looks as the large one will. A neighbourhood smaller than a pixel has no effect there, and is left out.
 */
export function stepsAt(steps: readonly Step[], factor: number): Step[] {
  if (factor === 1) return [...steps]
  return steps.flatMap((step): Step[] => {
    switch (step.op) {
      case 'unsharp':
      case 'gaussian':
      case 'wiener':
        return [{ ...step, sigma: step.sigma * factor }]
      case 'lowPass':
      case 'highPass':
        return [{ ...step, cutoff: step.cutoff / factor }]
      case 'bandPass':
        return [{ ...step, from: step.from / factor, to: step.to / factor }]
      case 'bilateral': {
        const diameter = oddNear(step.diameter * factor)
        const sigmaSpace = step.sigmaSpace * factor
        return [{ ...step, diameter: diameter as typeof step.diameter, sigmaSpace }]
      }
      case 'median':
        if (step.size * factor < 2) return []
        return [{ ...step, size: oddNear(step.size * factor) as typeof step.size }]
      case 'morphology':
        return step.size * factor < 2 ? [] : [{ ...step, size: oddNear(step.size * factor) }]
      case 'adaptiveThreshold':
        return [{ ...step, size: oddNear(step.size * factor) }]
      default:
        return [step]
    }
  })
}

function oddNear(size: number): number {
  return Math.max(3, 2 * Math.round((size - 1) / 2) + 1)
}
