/**
 * Lightness of `count` interleaved RGB pixels. `shares` has, for red, green and blue, 256 i32: their part of the light in
 * 1/4096; `levels` the lightness of each sum, a byte.
 */
export function lightness(rgb: usize, out: usize, count: i32, shares: usize, levels: usize): void {
  for (let i = 0; i < count; i++) {
    const at = rgb + 3 * i
    const red = load<i32>(shares + ((<usize>load<u8>(at)) << 2))
    const green = load<i32>(shares + ((<usize>load<u8>(at, 1)) << 2), 1024)
    const blue = load<i32>(shares + ((<usize>load<u8>(at, 2)) << 2), 2048)
    store<u8>(out + i, load<u8>(levels + ((red + green + blue + 2048) >> 12)))
  }
}

/** BT.601 luma of `count` interleaved RGB pixels in 1/32768, halves upwards, four at a time. */
export function grey(rgb: usize, out: usize, count: i32): void {
  const redGreen = i32x4.splat((19235 << 16) | 9798)
  const blueHalf = i32x4.splat((16384 << 16) | 3735)
  const one = i32x4.splat(1 << 16)
  const pairs = i8x16(0, 16, 1, 16, 3, 16, 4, 16, 6, 16, 7, 16, 9, 16, 10, 16)
  const singles = i8x16(2, 16, 16, 16, 5, 16, 16, 16, 8, 16, 16, 16, 11, 16, 16, 16)
  for (let i = 0; i < count; i += 4) {
    const samples = v128.load(rgb + 3 * i)
    const first = i32x4.dot_i16x8_s(i8x16.swizzle(samples, pairs), redGreen)
    const second = i32x4.dot_i16x8_s(v128.or(i8x16.swizzle(samples, singles), one), blueHalf)
    const words = i32x4.shr_u(i32x4.add(first, second), 15)
    const halves = i16x8.narrow_i32x4_u(words, words)
    v128.store32_lane(out + i, i8x16.narrow_i16x8_u(halves, halves), 0)
  }
}

/**
 * Moves `count` pixels from lightness `before` to `after` in place, two at a time. `light` has, for red, green and blue,
 * 256 times four f64: what the sample adds to X, Y and Z, in steps, and a zero; `shifts` 511 f64 by after - before + 255;
 * `roots` f32 by step; `encoded` a byte by step, 0..`steps`; `matrix` 9 f64, back to red, green and blue.
 */
export function moveLightness(
  rgb: usize,
  before: usize,
  after: usize,
  count: i32,
  light: usize,
  shifts: usize,
  roots: usize,
  encoded: usize,
  matrix: usize,
  steps: i32,
): void {
  const green = light + 8192
  const blue = green + 8192
  for (let i = 0; i < count; i += 2) {
    const move = <i32>load<u8>(after + i) - <i32>load<u8>(before + i)
    const next = <i32>load<u8>(after + i, 1) - <i32>load<u8>(before + i, 1)
    if ((move | next) === 0) continue
    const at = rgb + 3 * i
    const r = light + ((<usize>load<u8>(at)) << 5)
    const g = green + ((<usize>load<u8>(at, 1)) << 5)
    const b = blue + ((<usize>load<u8>(at, 2)) << 5)
    const nextR = light + ((<usize>load<u8>(at, 3)) << 5)
    const nextG = green + ((<usize>load<u8>(at, 4)) << 5)
    const nextB = blue + ((<usize>load<u8>(at, 5)) << 5)
    const shift = v128.load64_splat(shifts + ((move + 255) << 3))
    const nextShift = v128.load64_splat(shifts + ((next + 255) << 3))
    const xy = lightOf(rootOf(sum(r, g, b), roots), shift)
    const nextXy = lightOf(rootOf(sum(nextR, nextG, nextB), roots), nextShift)
    const zs = v128.shuffle<f64>(sum(r + 16, g + 16, b + 16), sum(nextR + 16, nextG + 16, nextB + 16), 0, 2)
    const z = lightOf(rootOf(zs, roots), v128.shuffle<f64>(shift, nextShift, 0, 2))
    const x = v128.shuffle<f64>(xy, nextXy, 0, 2)
    const y = v128.shuffle<f64>(xy, nextXy, 1, 3)
    const newRed = stepOf(dot(x, y, z, matrix), steps)
    const newGreen = stepOf(dot(x, y, z, matrix + 24), steps)
    const newBlue = stepOf(dot(x, y, z, matrix + 48), steps)
    if (move !== 0) {
      store<u8>(at, load<u8>(encoded + i32x4.extract_lane(newRed, 0)))
      store<u8>(at, load<u8>(encoded + i32x4.extract_lane(newGreen, 0)), 1)
      store<u8>(at, load<u8>(encoded + i32x4.extract_lane(newBlue, 0)), 2)
    }
    if (next !== 0) {
      store<u8>(at, load<u8>(encoded + i32x4.extract_lane(newRed, 2)), 3)
      store<u8>(at, load<u8>(encoded + i32x4.extract_lane(newGreen, 2)), 4)
      store<u8>(at, load<u8>(encoded + i32x4.extract_lane(newBlue, 2)), 5)
    }
  }
}

// Sums are in the order of the plain kernel: floating point cares.

function sum(a: usize, b: usize, c: usize): v128 {
  return f64x2.add(f64x2.add(v128.load(a), v128.load(b)), v128.load(c))
}

function dot(a: v128, b: v128, c: v128, row: usize): v128 {
  const first = f64x2.mul(v128.load64_splat(row), a)
  const second = f64x2.mul(v128.load64_splat(row, 8), b)
  return f64x2.add(f64x2.add(first, second), f64x2.mul(v128.load64_splat(row, 16), c))
}

/** Whole numbers from 0 on as integers in the low words: adding 2^52 leaves them there. */
function whole(values: v128): v128 {
  return f64x2.add(values, f64x2.splat(4503599627370496))
}

function rootOf(light: v128, roots: usize): v128 {
  const steps = whole(f64x2.floor(f64x2.add(light, f64x2.splat(0.5))))
  const first = roots + (i32x4.extract_lane(steps, 0) << 2)
  const second = roots + (i32x4.extract_lane(steps, 2) << 2)
  return f64x2.promote_low_f32x4(v128.load32_lane(second, v128.load32_zero(first), 1))
}

function lightOf(root: v128, shift: v128): v128 {
  const moved = f64x2.add(root, shift)
  const cube = f64x2.mul(f64x2.mul(moved, moved), moved)
  const bright = f64x2.gt(moved, f64x2.splat(6.0 / 29.0))
  if (i64x2.all_true(bright)) return cube
  const straight = f64x2.div(f64x2.sub(moved, f64x2.splat(16.0 / 116.0)), f64x2.splat(7.787))
  return v128.bitselect(cube, straight, bright)
}

function stepOf(light: v128, steps: i32): v128 {
  const scaled = f64x2.floor(f64x2.add(f64x2.mul(light, f64x2.splat(<f64>steps)), f64x2.splat(0.5)))
  return whole(f64x2.pmin(f64x2.pmax(scaled, f64x2.splat(0)), f64x2.splat(<f64>steps)))
}
