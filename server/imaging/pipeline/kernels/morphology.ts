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
  { operation, ...element }: MorphologyOptions,
): Uint8Array {
  const least = (of: Uint8Array) => extremes(of, width, height, { element, outside: 255, keep: keepLess })
  const greatest = (of: Uint8Array) => extremes(of, width, height, { element, outside: 0, keep: keepMore })
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

/** Puts into out[to...] the extreme of itself and of from[left...] and from[right...], sample by sample. */
type Keep = (
  from: Uint8Array,
  at: { left: number; right: number; to: number; count: number },
  out: Uint8Array,
) => void

/** Every row of an element is one span around its middle; wider spans grow out of narrower ones. */
function extremes(
  plane: Uint8Array,
  width: number,
  height: number,
  { element, outside, keep }: { element: Element; outside: number; keep: Keep },
): Uint8Array {
  const spans = spansOf(element)
  const reach = spans.length >> 1
  const stride = width + 2 * reach
  const source = new Uint8Array(stride * (height + 2 * reach)).fill(outside)
  for (let y = 0; y < height; y++) {
    source.set(plane.subarray(y * width, (y + 1) * width), (y + reach) * stride + reach)
  }
  const along = source.slice()
  // The middle sample is under every element, so it is a fair beginning.
  const out = source.slice()
  const to = reach * stride
  const count = height * stride
  for (let span = 0; span <= reach; span++) {
    if (span > 0) keep(source, { left: to - span, right: to + span, to, count }, along)
    for (let dy = 0; dy <= reach; dy++) {
      if (spans[reach + dy] !== span) continue
      keep(along, { left: to - dy * stride, right: to + dy * stride, to, count }, out)
    }
  }
  const inside = new Uint8Array(plane.length)
  for (let y = 0; y < height; y++) {
    const from = (y + reach) * stride + reach
    inside.set(out.subarray(from, from + width), y * width)
  }
  return inside
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

// Less and more without a branch: where a < b, (a - b) >> 31 has all bits set.

const keepLess: Keep = (from, { left, right, to, count }, out) => {
  for (let i = 0; i < count; i++) {
    const a = from[left + i]!
    const b = from[right + i]!
    const less = b + ((a - b) & ((a - b) >> 31))
    const kept = out[to + i]!
    out[to + i] = kept + ((less - kept) & ((less - kept) >> 31))
  }
}

const keepMore: Keep = (from, { left, right, to, count }, out) => {
  for (let i = 0; i < count; i++) {
    const a = from[left + i]!
    const b = from[right + i]!
    const more = a - ((a - b) & ((a - b) >> 31))
    const kept = out[to + i]!
    out[to + i] = more - ((more - kept) & ((more - kept) >> 31))
  }
}
