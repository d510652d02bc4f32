// The same sums in the same order as simd/assembly/fourier.ts, one transform at a time: equal to the last bit.

/** exp(-2 pi i k / length) for k in 0..length - 1, real and imaginary parts in turn. */
export function twiddleFactors(length: number): Float64Array {
  const factors = new Float64Array(2 * length)
  for (let k = 0; k < length; k++) {
    factors[2 * k] = Math.cos((2 * Math.PI * k) / length)
    factors[2 * k + 1] = -Math.sin((2 * Math.PI * k) / length)
  }
  return factors
}

export type Transformer = {
  /** Rows of a plane of bytes to columns 0..width / 2 of a half spectrum, `height` numbers each. */
  rows(plane: Uint8Array, re: Float64Array, im: Float64Array): void
  /** One column, in place. */
  columns(re: Float64Array, im: Float64Array, x: number): void
  /** One column, there and back unscaled, each number multiplied by its gain in between. */
  filterColumn(re: Float64Array, im: Float64Array, x: number, gains: Float64Array): void
  /** Columns back to rows: real values, not scaled. */
  planeRows(re: Float64Array, im: Float64Array, row: (y: number, values: Float64Array) => void): void
}

/** Plain two-dimensional transforms between a plane and half its spectrum; both sides are powers of two. */
export function transformer(width: number, height: number): Transformer {
  const longest = Math.max(width, height)
  const factors = twiddleFactors(longest)
  const across = [new Float64Array(2 * width), new Float64Array(2 * width)] as const
  const down = [new Float64Array(2 * height), new Float64Array(2 * height)] as const
  const half = width >> 1
  const transformRow = () => transform(...across, width, factors, longest / width)
  const transformColumn = (x: Float64Array, y: Float64Array) =>
    transform(x, y, height, factors, longest / height)

  return {
    rows(plane, re, im) {
      const [z] = across
      for (let y = 0; y < height; y += 2) {
        const second = y + 1 < height ? width : 0
        for (let x = 0; x < width; x++) {
          z[2 * x] = plane[y * width + x]!
          z[2 * x + 1] = second === 0 ? 0 : plane[y * width + second + x]!
        }
        const done = transformRow()
        for (let k = 0; k <= half; k++) {
          const mirror = (width - k) & (width - 1)
          const [a, b, c, d] = [done[2 * k]!, done[2 * k + 1]!, done[2 * mirror]!, done[2 * mirror + 1]!]
          const at = k * height + y
          re[at] = (a + c) * 0.5
          im[at] = (b - d) * 0.5
          if (second === 0) continue
          re[at + 1] = (b + d) * 0.5
          im[at + 1] = (c - a) * 0.5
        }
      }
    },
    columns(re, im, x) {
      loadColumn(down[0], re, im, x)
      storeColumn(transformColumn(...down), re, im, x)
    },
    filterColumn(re, im, x, gains) {
      loadColumn(down[0], re, im, x)
      const done = transformColumn(...down)
      // Backwards is forwards with the parts exchanged before and after.
      for (let i = 0; i < height; i++) {
        const real = done[2 * i]! * gains[i]!
        done[2 * i] = done[2 * i + 1]! * gains[i]!
        done[2 * i + 1] = real
      }
      storeColumn(transformColumn(done, done === down[0] ? down[1] : down[0]), im, re, x)
    },
    planeRows(re, im, row) {
      const [z] = across
      const values = new Float64Array(width)
      for (let y = 0; y < height; y += 2) {
        const second = y + 1 < height ? 1 : 0
        for (let k = 0; k <= half; k++) {
          const at = k * height + y
          const mirror = (width - k) & (width - 1)
          const [a, b] = [re[at]!, im[at]!]
          const [c, d] = second === 0 ? [0, 0] : [re[at + 1]!, im[at + 1]!]
          z[2 * mirror] = c - b
          z[2 * mirror + 1] = a + d
          z[2 * k] = b + c
          z[2 * k + 1] = a - d
        }
        const done = transformRow()
        for (let part = 0; part <= second; part++) {
          for (let x = 0; x < width; x++) values[x] = done[2 * x + 1 - part]!
          row(y + part, values)
        }
      }
    },
  }

  function loadColumn(z: Float64Array, re: Float64Array, im: Float64Array, x: number): void {
    for (let i = 0; i < height; i++) {
      z[2 * i] = re[x * height + i]!
      z[2 * i + 1] = im[x * height + i]!
    }
  }

  function storeColumn(z: Float64Array, re: Float64Array, im: Float64Array, x: number): void {
    for (let i = 0; i < height; i++) {
      re[x * height + i] = z[2 * i]!
      im[x * height + i] = z[2 * i + 1]!
    }
  }
}

/** Stockham's, radix 4 with a last pass of 2 where needed. Gives whichever of `x` and `y` holds the answer. */
function transform(
  x: Float64Array,
  y: Float64Array,
  length: number,
  factors: Float64Array,
  step: number,
): Float64Array {
  let n = length
  let stride = 2
  let turn = 2 * step
  for (; n >= 4; n >>= 2, stride <<= 2, turn <<= 2) {
    const quarter = n >> 2
    const gap = quarter * stride
    for (let p = 0; p < quarter; p++) {
      butterflies(x, y, { from: p * stride, to: 4 * p * stride, gap, stride }, factors, p * turn)
    }
    ;[x, y] = [y, x]
  }
  if (n === 1) return x
  for (let at = 0; at < stride; at++) {
    y[at] = x[at]! + x[stride + at]!
    y[stride + at] = x[at]! - x[stride + at]!
  }
  return y
}

type Place = { from: number; to: number; gap: number; stride: number }

function butterflies(
  x: Float64Array,
  y: Float64Array,
  { from, to, gap, stride }: Place,
  factors: Float64Array,
  w: number,
): void {
  const [w1r, w1i] = [factors[w]!, factors[w + 1]!]
  const [w2r, w2i] = [factors[2 * w]!, factors[2 * w + 1]!]
  const [w3r, w3i] = [factors[3 * w]!, factors[3 * w + 1]!]
  for (let i = 0; i < stride; i += 2) {
    const at = from + i
    const ar = x[at]!
    const ai = x[at + 1]!
    const br = x[at + gap]!
    const bi = x[at + gap + 1]!
    const cr = x[at + 2 * gap]!
    const ci = x[at + 2 * gap + 1]!
    const dr = x[at + 3 * gap]!
    const di = x[at + 3 * gap + 1]!
    const acr = ar + cr
    const aci = ai + ci
    const bdr = br + dr
    const bdi = bi + di
    const [er, ei, fr, fi] = [ar - cr, ai - ci, br - dr, bi - di]
    const first = to + i
    y[first] = acr + bdr
    y[first + 1] = aci + bdi
    // By one it would be the same, but for the sign of a zero.
    const turned = w > 0
    const second = first + stride
    y[second] = turned ? (er + fi) * w1r - (ei - fr) * w1i : er + fi
    y[second + 1] = turned ? (er + fi) * w1i + (ei - fr) * w1r : ei - fr
    const third = second + stride
    y[third] = turned ? (acr - bdr) * w2r - (aci - bdi) * w2i : acr - bdr
    y[third + 1] = turned ? (acr - bdr) * w2i + (aci - bdi) * w2r : aci - bdi
    const fourth = third + stride
    y[fourth] = turned ? (er - fi) * w3r - (ei + fr) * w3i : er - fi
    y[fourth + 1] = turned ? (er - fi) * w3i + (ei + fr) * w3r : ei + fr
  }
}
