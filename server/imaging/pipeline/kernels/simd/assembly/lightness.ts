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
 * Moves `count` pixels from lightness `before` to `after` in place, two at a time. `linear` has 256 f64 in steps;
 * `shifts` 511 f64 by after - before + 255; `roots` f32 by step; `encoded` a byte by step, 0..`steps`; `matrices` 18 f64:
 * the rows to X, Y and Z and those back to red, green and blue.
 */
export function moveLightness(
  rgb: usize,
  before: usize,
  after: usize,
  count: i32,
  linear: usize,
  shifts: usize,
  roots: usize,
  encoded: usize,
  matrices: usize,
  steps: i32,
): void {
  for (let i = 0; i < count; i += 2) {
    const move = <i32>load<u8>(after + i) - <i32>load<u8>(before + i)
    const next = <i32>load<u8>(after + i, 1) - <i32>load<u8>(before + i, 1)
    if ((move | next) === 0) continue
    const at = rgb + 3 * i
    const red = pairOf(linear + ((<usize>load<u8>(at)) << 3), linear + ((<usize>load<u8>(at, 3)) << 3))
    const green = pairOf(linear + ((<usize>load<u8>(at, 1)) << 3), linear + ((<usize>load<u8>(at, 4)) << 3))
    const blue = pairOf(linear + ((<usize>load<u8>(at, 2)) << 3), linear + ((<usize>load<u8>(at, 5)) << 3))
    const shift = pairOf(shifts + ((move + 255) << 3), shifts + ((next + 255) << 3))
    const x = lightOf(rootOf(dot(red, green, blue, matrices), roots), shift)
    const y = lightOf(rootOf(dot(red, green, blue, matrices + 24), roots), shift)
    const z = lightOf(rootOf(dot(red, green, blue, matrices + 48), roots), shift)
    const newRed = stepOf(dot(x, y, z, matrices + 72), steps)
    const newGreen = stepOf(dot(x, y, z, matrices + 96), steps)
    const newBlue = stepOf(dot(x, y, z, matrices + 120), steps)
    if (move !== 0) {
      store<u8>(at, load<u8>(encoded + i32x4.extract_lane(newRed, 0)))
      store<u8>(at, load<u8>(encoded + i32x4.extract_lane(newGreen, 0)), 1)
      store<u8>(at, load<u8>(encoded + i32x4.extract_lane(newBlue, 0)), 2)
    }
    if (next !== 0) {
      store<u8>(at, load<u8>(encoded + i32x4.extract_lane(newRed, 1)), 3)
      store<u8>(at, load<u8>(encoded + i32x4.extract_lane(newGreen, 1)), 4)
      store<u8>(at, load<u8>(encoded + i32x4.extract_lane(newBlue, 1)), 5)
    }
  }
}

function pairOf(first: usize, second: usize): v128 {
  return v128.load64_lane(second, v128.load64_zero(first), 1)
}

/** In the order of the plain kernel: floating point cares. */
function dot(a: v128, b: v128, c: v128, row: usize): v128 {
  const first = f64x2.mul(v128.load64_splat(row), a)
  const second = f64x2.mul(v128.load64_splat(row, 8), b)
  return f64x2.add(f64x2.add(first, second), f64x2.mul(v128.load64_splat(row, 16), c))
}

function rootOf(light: v128, roots: usize): v128 {
  const steps = i32x4.trunc_sat_f64x2_s_zero(f64x2.add(light, f64x2.splat(0.5)))
  const first = roots + (i32x4.extract_lane(steps, 0) << 2)
  const second = roots + (i32x4.extract_lane(steps, 1) << 2)
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
  const scaled = f64x2.add(f64x2.mul(light, f64x2.splat(<f64>steps)), f64x2.splat(0.5))
  return i32x4.min_s(i32x4.max_s(i32x4.trunc_sat_f64x2_s_zero(scaled), i32x4.splat(0)), i32x4.splat(steps))
}
