/**
 * Blends `count` rows between the answers of the four tiles around each sample. `quads` holds, for each pair of columns
 * of tiles, 256 times four bytes: the answers of the tile above left, above right, below left, below right. For each
 * column, `columns` has the offset of its pair (i32), `near` and `far` the weights of left and right (f32).
 */
export function claheRow(
  samples: usize,
  out: usize,
  width: i32,
  quads: usize,
  columns: usize,
  near: usize,
  far: usize,
  up: f32,
  down: f32,
): void {
  const above = f32x4.splat(up)
  const below = f32x4.splat(down)
  for (let x = 0; x < width; x += 4) {
    let four = v128.load32_zero(quad(samples, quads, columns, x))
    four = v128.load32_lane(quad(samples, quads, columns, x + 1), four, 1)
    four = v128.load32_lane(quad(samples, quads, columns, x + 2), four, 2)
    four = v128.load32_lane(quad(samples, quads, columns, x + 3), four, 3)
    const low = i32x4.splat(255)
    const topLeft = f32x4.convert_i32x4_s(v128.and(four, low))
    const topRight = f32x4.convert_i32x4_s(v128.and(i32x4.shr_u(four, 8), low))
    const bottomLeft = f32x4.convert_i32x4_s(v128.and(i32x4.shr_u(four, 16), low))
    const bottomRight = f32x4.convert_i32x4_s(i32x4.shr_u(four, 24))
    const left = v128.load(near + 4 * x)
    const right = v128.load(far + 4 * x)
    const top = f32x4.add(f32x4.mul(topLeft, left), f32x4.mul(topRight, right))
    const bottom = f32x4.add(f32x4.mul(bottomLeft, left), f32x4.mul(bottomRight, right))
    // Adding 1.5 * 2^23 rounds halves to even and leaves the integer in the low bits.
    const magic = f32x4.splat(12582912)
    const sum = f32x4.add(f32x4.mul(top, above), f32x4.mul(bottom, below))
    const level = v128.and(f32x4.add(sum, magic), low)
    const words = i16x8.narrow_i32x4_u(level, level)
    v128.store32_lane(out + x, i8x16.narrow_i16x8_u(words, words), 0)
  }
}

function quad(samples: usize, quads: usize, columns: usize, x: i32): usize {
  return quads + load<i32>(columns + 4 * x) + ((<usize>load<u8>(samples + x)) << 2)
}

/** Gathers the answers of the tiles around each pair of columns, for the rows between the tiles of pair `row`. */
export function quadTables(tables: usize, quads: usize, tiles: i32, row: i32): void {
  const above = tables + ((max(row - 1, 0) * tiles) << 8)
  const below = tables + ((min(row, tiles - 1) * tiles) << 8)
  for (let pair = 0; pair <= tiles; pair++) {
    const left = max(pair - 1, 0) << 8
    const right = min(pair, tiles - 1) << 8
    for (let level = 0; level < 256; level++) {
      const at = quads + (pair << 10) + (level << 2)
      store<u8>(at, load<u8>(above + left + level))
      store<u8>(at, load<u8>(above + right + level), 1)
      store<u8>(at, load<u8>(below + left + level), 2)
      store<u8>(at, load<u8>(below + right + level), 3)
    }
  }
}
