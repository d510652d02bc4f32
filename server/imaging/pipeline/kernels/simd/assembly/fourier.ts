// Two transforms at once, one in each lane. A batch holds, for each index, two real parts and two imaginary parts: 32
// bytes. The half spectrum lies column by column, `stride` bytes apart, real and imaginary parts by themselves.

/**
 * Transforms the rows of a plane of bytes, four at a time (two as real, two as imaginary parts), into columns 0..width / 2.
 * There must be rows, of whatever, up to a multiple of four. `x` and `y` are room for a batch of `width`.
 */
export function spectrumRows(
  plane: usize,
  width: i32,
  height: i32,
  re: usize,
  im: usize,
  stride: i32,
  twiddles: usize,
  step: i32,
  x: usize,
  y: usize,
): void {
  const half = f64x2.splat(0.5)
  for (let row = 0; row < height; row += 4) {
    const first = plane + row * width
    for (let i = 0; i < width; i++) {
      const at = first + i
      store64x2(x + (i << 5), <f64>load<u8>(at), <f64>load<u8>(at + 2 * width))
      store64x2(x + (i << 5) + 16, <f64>load<u8>(at + width), <f64>load<u8>(at + 3 * width))
    }
    const z = transform(x, y, width, twiddles, step)
    for (let k = 0; k <= width >> 1; k++) {
      const here = z + (k << 5)
      const there = z + (((width - k) & (width - 1)) << 5)
      const a = v128.load(here)
      const b = v128.load(here, 16)
      const c = v128.load(there)
      const d = v128.load(there, 16)
      const at = k * stride + (row << 3)
      storePairs(re + at, f64x2.mul(f64x2.add(a, c), half), f64x2.mul(f64x2.add(b, d), half))
      storePairs(im + at, f64x2.mul(f64x2.sub(b, d), half), f64x2.mul(f64x2.sub(c, a), half))
    }
  }
}

/** Transforms two columns in place. */
export function spectrumColumns(
  re: usize,
  im: usize,
  stride: i32,
  height: i32,
  twiddles: usize,
  step: i32,
  x: usize,
  y: usize,
): void {
  loadColumns(x, re, im, stride, height)
  storeColumns(transform(x, y, height, twiddles, step), re, im, stride, height)
}

/** Transforms two columns, multiplies each number by its gain (two f64, one a column), and transforms back, unscaled. */
export function filterColumns(
  re: usize,
  im: usize,
  stride: i32,
  height: i32,
  twiddles: usize,
  step: i32,
  x: usize,
  y: usize,
  gains: usize,
): void {
  loadColumns(x, re, im, stride, height)
  const z = transform(x, y, height, twiddles, step)
  // Backwards is forwards with the parts exchanged before and after.
  for (let i = 0; i < height; i++) {
    const gain = v128.load(gains + (i << 4))
    const at = z + (i << 5)
    const real = f64x2.mul(v128.load(at), gain)
    v128.store(at, f64x2.mul(v128.load(at, 16), gain))
    v128.store(at, real, 16)
  }
  storeColumns(transform(z, z === x ? y : x, height, twiddles, step), im, re, stride, height)
}

/** From half a spectrum back to rows of bytes: scale * value + offset, halves to even, 0..255. */
export function planeRows(
  plane: usize,
  width: i32,
  height: i32,
  re: usize,
  im: usize,
  stride: i32,
  twiddles: usize,
  step: i32,
  x: usize,
  y: usize,
  scale: f64,
  offset: f64,
): void {
  for (let row = 0; row < height; row += 4) {
    for (let k = 0; k <= width >> 1; k++) {
      const at = k * stride + (row << 3)
      const a = pairFirst(re + at)
      const b = pairFirst(im + at)
      const c = pairSecond(re + at)
      const d = pairSecond(im + at)
      const there = x + (((width - k) & (width - 1)) << 5)
      v128.store(there, f64x2.sub(c, b))
      v128.store(there, f64x2.add(a, d), 16)
      const here = x + (k << 5)
      v128.store(here, f64x2.add(b, c))
      v128.store(here, f64x2.sub(a, d), 16)
    }
    const z = transform(x, y, width, twiddles, step)
    const first = plane + row * width
    for (let i = 0; i < width; i++) {
      const odd = levels(v128.load(z + (i << 5)), scale, offset)
      const even = levels(v128.load(z + (i << 5), 16), scale, offset)
      const at = first + i
      store<u8>(at, i32x4.extract_lane(even, 0))
      store<u8>(at + width, i32x4.extract_lane(odd, 0))
      store<u8>(at + 2 * width, i32x4.extract_lane(even, 1))
      store<u8>(at + 3 * width, i32x4.extract_lane(odd, 1))
    }
  }
}

function levels(values: v128, scale: f64, offset: f64): v128 {
  const scaled = f64x2.add(f64x2.mul(values, f64x2.splat(scale)), f64x2.splat(offset))
  const whole = i32x4.trunc_sat_f64x2_s_zero(f64x2.nearest(scaled))
  return i32x4.min_s(i32x4.max_s(whole, i32x4.splat(0)), i32x4.splat(255))
}

function store64x2(at: usize, first: f64, second: f64): void {
  store<f64>(at, first)
  store<f64>(at, second, 8)
}

/** The first and the third of four rows are in one vector, the second and fourth in the other; stored in order. */
function storePairs(at: usize, evens: v128, odds: v128): void {
  v128.store(at, v128.shuffle<f64>(evens, odds, 0, 2))
  v128.store(at, v128.shuffle<f64>(evens, odds, 1, 3), 16)
}

function pairFirst(at: usize): v128 {
  return v128.shuffle<f64>(v128.load(at), v128.load(at, 16), 0, 2)
}

function pairSecond(at: usize): v128 {
  return v128.shuffle<f64>(v128.load(at), v128.load(at, 16), 1, 3)
}

function loadColumns(x: usize, re: usize, im: usize, stride: i32, height: i32): void {
  for (let i = 0; i < height; i += 2) {
    const at = i << 3
    const a = v128.load(re + at)
    const b = v128.load(re + stride + at)
    const c = v128.load(im + at)
    const d = v128.load(im + stride + at)
    const to = x + (i << 5)
    v128.store(to, v128.shuffle<f64>(a, b, 0, 2))
    v128.store(to, v128.shuffle<f64>(c, d, 0, 2), 16)
    v128.store(to, v128.shuffle<f64>(a, b, 1, 3), 32)
    v128.store(to, v128.shuffle<f64>(c, d, 1, 3), 48)
  }
}

function storeColumns(x: usize, re: usize, im: usize, stride: i32, height: i32): void {
  for (let i = 0; i < height; i += 2) {
    const from = x + (i << 5)
    const a = v128.load(from)
    const b = v128.load(from, 16)
    const c = v128.load(from, 32)
    const d = v128.load(from, 48)
    const at = i << 3
    v128.store(re + at, v128.shuffle<f64>(a, c, 0, 2))
    v128.store(re + stride + at, v128.shuffle<f64>(a, c, 1, 3))
    v128.store(im + at, v128.shuffle<f64>(b, d, 0, 2))
    v128.store(im + stride + at, v128.shuffle<f64>(b, d, 1, 3))
  }
}

/**
 * Stockham's transform, radix 4 with a last pass of 2 where needed; no bit reversal. `twiddles` are exp(-2 pi i k / N) as
 * pairs of f64 and `step` is N / length. Gives whichever of `x` and `y` holds the answer.
 */
function transform(x: usize, y: usize, length: i32, twiddles: usize, step: i32): usize {
  let n = length
  let stride = 32
  let turn = step << 4
  while (n >= 4) {
    const quarter = n >> 2
    const gap = quarter * stride
    firstQuarter(x, y, gap, stride)
    for (let p = 1; p < quarter; p++) {
      const w = twiddles + p * turn
      turnedQuarter(x + p * stride, y + 4 * p * stride, gap, stride, w, w + p * turn, w + 2 * p * turn)
    }
    const answer = y
    y = x
    x = answer
    n = quarter
    stride <<= 2
    turn <<= 2
  }
  if (n === 1) return x
  for (let at = 0; at < stride; at += 16) {
    const a = v128.load(x + at)
    const b = v128.load(x + stride + at)
    v128.store(y + at, f64x2.add(a, b))
    v128.store(y + stride + at, f64x2.sub(a, b))
  }
  return y
}

function firstQuarter(x: usize, y: usize, gap: i32, stride: i32): void {
  const end = x + stride
  for (let to = y; x < end; x += 32, to += 32) {
    const ar = v128.load(x)
    const ai = v128.load(x, 16)
    const br = v128.load(x + gap)
    const bi = v128.load(x + gap, 16)
    const cr = v128.load(x + 2 * gap)
    const ci = v128.load(x + 2 * gap, 16)
    const dr = v128.load(x + 3 * gap)
    const di = v128.load(x + 3 * gap, 16)
    const acr = f64x2.add(ar, cr)
    const aci = f64x2.add(ai, ci)
    const bdr = f64x2.add(br, dr)
    const bdi = f64x2.add(bi, di)
    const er = f64x2.sub(ar, cr)
    const ei = f64x2.sub(ai, ci)
    const fr = f64x2.sub(br, dr)
    const fi = f64x2.sub(bi, di)
    v128.store(to, f64x2.add(acr, bdr))
    v128.store(to, f64x2.add(aci, bdi), 16)
    v128.store(to + stride, f64x2.add(er, fi))
    v128.store(to + stride, f64x2.sub(ei, fr), 16)
    v128.store(to + 2 * stride, f64x2.sub(acr, bdr))
    v128.store(to + 2 * stride, f64x2.sub(aci, bdi), 16)
    v128.store(to + 3 * stride, f64x2.sub(er, fi))
    v128.store(to + 3 * stride, f64x2.add(ei, fr), 16)
  }
}

function turnedQuarter(x: usize, y: usize, gap: i32, stride: i32, w1: usize, w2: usize, w3: usize): void {
  const w1r = v128.load64_splat(w1)
  const w1i = v128.load64_splat(w1, 8)
  const w2r = v128.load64_splat(w2)
  const w2i = v128.load64_splat(w2, 8)
  const w3r = v128.load64_splat(w3)
  const w3i = v128.load64_splat(w3, 8)
  const end = x + stride
  for (let to = y; x < end; x += 32, to += 32) {
    const ar = v128.load(x)
    const ai = v128.load(x, 16)
    const br = v128.load(x + gap)
    const bi = v128.load(x + gap, 16)
    const cr = v128.load(x + 2 * gap)
    const ci = v128.load(x + 2 * gap, 16)
    const dr = v128.load(x + 3 * gap)
    const di = v128.load(x + 3 * gap, 16)
    const acr = f64x2.add(ar, cr)
    const aci = f64x2.add(ai, ci)
    const bdr = f64x2.add(br, dr)
    const bdi = f64x2.add(bi, di)
    const er = f64x2.sub(ar, cr)
    const ei = f64x2.sub(ai, ci)
    const fr = f64x2.sub(br, dr)
    const fi = f64x2.sub(bi, di)
    v128.store(to, f64x2.add(acr, bdr))
    v128.store(to, f64x2.add(aci, bdi), 16)
    storeTurned(to + stride, f64x2.add(er, fi), f64x2.sub(ei, fr), w1r, w1i)
    storeTurned(to + 2 * stride, f64x2.sub(acr, bdr), f64x2.sub(aci, bdi), w2r, w2i)
    storeTurned(to + 3 * stride, f64x2.sub(er, fi), f64x2.add(ei, fr), w3r, w3i)
  }
}

function storeTurned(to: usize, re: v128, im: v128, wr: v128, wi: v128): void {
  v128.store(to, f64x2.sub(f64x2.mul(re, wr), f64x2.mul(im, wi)))
  v128.store(to, f64x2.add(f64x2.mul(re, wi), f64x2.mul(im, wr)), 16)
}
