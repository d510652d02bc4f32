import type { Step } from '#shared/imaging-recipe.ts'

/** What of a picture is let through, to be looked at alone. */
export type Filter = 'coarse' | 'fine' | 'band' | 'edges'
export const filters: readonly Filter[] = ['coarse', 'fine', 'band', 'edges']

/** In pixels of the picture; what a slider offers. */
export const [leastSize, mostSize] = [2, 200]
/** How far to either side of its size a band goes. */
const breadth = 1.6
const highest = 0.71
const lowest = 0.002

/** The step that does it; `size` is of the structures at which it divides, in pixels of the picture; `strength` is of edges. */
export function stepOf(filter: Filter, size: number, strength: number): Step {
  const fallOff = { shape: 'gaussian', order: 2 } as const
  const cutoff = frequency(1 / size)
  switch (filter) {
    case 'coarse':
      return { op: 'lowPass', version: 1, cutoff, ...fallOff }
    case 'fine':
      return { op: 'highPass', version: 1, cutoff, ...fallOff }
    case 'band': {
      const [from, to] = [frequency(cutoff / breadth), frequency(cutoff * breadth)]
      return { op: 'bandPass', version: 1, from, to, ...fallOff }
    }
    case 'edges':
      return { op: 'laplacian', version: 1, neighbours: 8, scale: strength }
  }
}

/** A slider's place, 0 to 100, to a size: each step is the same factor. */
export function sizeAt(place: number): number {
  return leastSize * (mostSize / leastSize) ** (place / 100)
}

function frequency(value: number): number {
  return Math.min(highest, Math.max(lowest, value))
}
