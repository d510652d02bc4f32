/**
 * Blurs `count` rows. `rows` starts `reach` rows above the first, mirrored where the picture ends. `weights` are
 * 2 * reach + 1 i16 in 1/256 and a zero; `line` is room for width + 2 * reach + 64 i16. Both passes are exact, so that
 * their order does not matter; upright first keeps the second free of shuffles.
 */
export function gaussian(
  rows: usize,
  out: usize,
  width: i32,
  count: i32,
  weights: usize,
  reach: i32,
  line: usize,
): void {
  for (let y = 0; y < count; y++) {
    blendRows(rows + y * width, width, weights, reach, line + 2 * reach)
    mirrorEnds(line, width, reach)
    blurLine(line, out + y * width, width, weights, 2 * reach + 1)
  }
}

/** Sums of rows, less 32768 so that they are signed. */
function blendRows(rows: usize, width: i32, weights: usize, reach: i32, line: usize): void {
  const bias = i16x8.splat(-32768)
  const middle = v128.load16_splat(weights + 2 * reach)
  for (let x = 0; x < width; x += 32) {
    let upper = rows + x
    let lower = upper + 2 * reach * width
    const centre = upper + reach * width
    let a = i16x8.mul(middle, v128.load8x8_u(centre))
    let b = i16x8.mul(middle, v128.load8x8_u(centre, 8))
    let c = i16x8.mul(middle, v128.load8x8_u(centre, 16))
    let d = i16x8.mul(middle, v128.load8x8_u(centre, 24))
    for (let k = 0; k < reach; k++) {
      const weight = v128.load16_splat(weights + 2 * k)
      a = i16x8.add(a, i16x8.mul(weight, i16x8.add(v128.load8x8_u(upper), v128.load8x8_u(lower))))
      b = i16x8.add(b, i16x8.mul(weight, i16x8.add(v128.load8x8_u(upper, 8), v128.load8x8_u(lower, 8))))
      c = i16x8.add(c, i16x8.mul(weight, i16x8.add(v128.load8x8_u(upper, 16), v128.load8x8_u(lower, 16))))
      d = i16x8.add(d, i16x8.mul(weight, i16x8.add(v128.load8x8_u(upper, 24), v128.load8x8_u(lower, 24))))
      upper += width
      lower -= width
    }
    const at = line + 2 * x
    v128.store(at, v128.xor(a, bias))
    v128.store(at, v128.xor(b, bias), 16)
    v128.store(at, v128.xor(c, bias), 32)
    v128.store(at, v128.xor(d, bias), 48)
  }
}

function mirrorEnds(line: usize, width: i32, reach: i32): void {
  const first = line + 2 * reach
  const last = first + 2 * (width - 1)
  for (let i = 1; i <= reach; i++) {
    store<u16>(first - 2 * i, load<u16>(first + 2 * mirrored(i, width)))
    store<u16>(last + 2 * i, load<u16>(last - 2 * mirrored(i, width)))
  }
}

/** How far inside the sample lies that stands in for the one `i` beyond the end. */
function mirrored(i: i32, width: i32): i32 {
  if (width === 1) return 0
  const within = i % (2 * width - 2)
  return within < width ? within : 2 * width - 2 - within
}

function blurLine(line: usize, out: usize, width: i32, weights: usize, taps: i32): void {
  // The weights add up to 256: what the bias took away is a constant; and a half, to round.
  const start = i32x4.splat(32768 * 256 + 32768)
  const high = i32x4.splat(0xffff0000)
  for (let x = 0; x < width; x += 16) {
    let even = start
    let odd = start
    let laterEven = start
    let laterOdd = start
    let at = line + 2 * x
    for (let k = 0; k < taps; k += 2) {
      const pair = v128.load32_splat(weights + 2 * k)
      even = i32x4.add(even, i32x4.dot_i16x8_s(v128.load(at), pair))
      odd = i32x4.add(odd, i32x4.dot_i16x8_s(v128.load(at, 2), pair))
      laterEven = i32x4.add(laterEven, i32x4.dot_i16x8_s(v128.load(at, 16), pair))
      laterOdd = i32x4.add(laterOdd, i32x4.dot_i16x8_s(v128.load(at, 18), pair))
      at += 4
    }
    const first = v128.or(i32x4.shr_u(even, 16), v128.and(odd, high))
    const second = v128.or(i32x4.shr_u(laterEven, 16), v128.and(laterOdd, high))
    v128.store(out + x, i8x16.narrow_i16x8_u(first, second))
  }
}
