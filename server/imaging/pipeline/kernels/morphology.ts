import { roundHalfEven } from './rounding.ts'

export type MorphologyOptions = {
  /**
   * `erode`: the least sample under the element; bright parts shrink. `dilate`: the greatest; they grow. `open`: erode,
   * then dilate; bright specks smaller than the element go. `close`: dilate, then erode; dark gaps fill. `gradient`:
   * dilated less eroded; the rims of things.
   */
  operation: 'erode' | 'dilate' | 'open' | 'close' | 'gradient'
  shape: Element['shape']
  size: number
}

type Element = {
  shape: 'rect' | 'cross' | 'ellipse'
  /** Side in pixels, odd. */
  size: number
}

/**
 * Morphology of one 8-bit plane, a mask or grey, 0..255; no rounding happens. What lies outside the picture does not
 * count. Equal to OpenCV's morphologyEx(plane, operation, getStructuringElement(shape, (size, size))) with its own
 * border rule. (J. Serra, Image Analysis and Mathematical Morphology, 1982.)
 */
export function morphology(
  plane: Uint8Array,
  width: number,
  height: number,
  { operation, shape, size }: MorphologyOptions,
): Uint8Array {
  const least = (of: Uint8Array) => extremes(of, width, height, { shape, size }, keepLess)
  const greatest = (of: Uint8Array) => extremes(of, width, height, { shape, size }, keepMore)
  switch (operation) {
    case 'erode':
      return least(plane)
    case 'dilate':
      return greatest(plane)
    case 'open':
      return greatest(least(plane))
    case 'close':
      return least(greatest(plane))
    case 'gradient': {
      const out = greatest(plane)
      const less = least(plane)
      for (let i = 0; i < out.length; i++) out[i]! -= less[i]!
      return out
    }
  }
}

/** Puts into out[to...] the better of itself and from[at...], sample by sample. */
type Keep = (from: Uint8Array, at: number, out: Uint8Array, to: number, count: number) => void

/** Every row of an element is one span around its middle; rows with equal spans share one pass along the picture. */
function extremes(
  plane: Uint8Array,
  width: number,
  height: number,
  element: Element,
  keep: Keep,
): Uint8Array {
  const spans = spansOf(element)
  const reach = spans.length >> 1
  // The middle sample is under every element, so it is a fair beginning.
  const out = plane.slice()
  const along = new Uint8Array(plane.length)
  for (const span of new Set(spans)) {
    along.set(plane)
    for (let y = 0; y < height; y++) {
      const line = y * width
      for (let shift = 1; shift <= Math.min(span, width - 1); shift++) {
        keep(plane, line + shift, along, line, width - shift)
        keep(plane, line, along, line + shift, width - shift)
      }
    }
    for (let dy = -reach; dy <= reach; dy++) {
      if (spans[dy + reach] !== span || Math.abs(dy) >= height) continue
      const above = Math.max(dy, 0) * width
      const below = Math.max(-dy, 0) * width
      keep(along, above, out, below, plane.length - Math.abs(dy) * width)
    }
  }
  return out
}

/** For each row of the element, how far it goes left and right of the middle; as OpenCV's getStructuringElement. */
function spansOf({ shape, size }: Element): number[] {
  const reach = size >> 1
  return Array.from({ length: size }, (_, i) => {
    const dy = i - reach
    switch (shape) {
      case 'rect':
        return reach
      case 'cross':
        return dy === 0 ? reach : 0
      case 'ellipse':
        return size === 1 ? 0 : roundHalfEven(reach * Math.sqrt((reach * reach - dy * dy) / (reach * reach)))
    }
  })
}

function keepLess(from: Uint8Array, at: number, out: Uint8Array, to: number, count: number): void {
  for (let i = 0; i < count; i++) if (from[at + i]! < out[to + i]!) out[to + i] = from[at + i]!
}

function keepMore(from: Uint8Array, at: number, out: Uint8Array, to: number, count: number): void {
  for (let i = 0; i < count; i++) if (from[at + i]! > out[to + i]!) out[to + i] = from[at + i]!
}
