/**
 * The middle of each 3 x 3 samples. `rows` starts one row above the first, repeated where the picture ends. `line` is room
 * for three lines of width + 64 bytes: the least, middle and greatest of each column.
 */
export function median3(rows: usize, out: usize, width: i32, count: i32, line: usize): void {
  const length = width + 64
  const least = line + 16
  const middle = least + length
  const most = middle + length
  for (let y = 0; y < count; y++) {
    const above = rows + y * width
    for (let x = 0; x < width; x += 16) {
      const a = v128.load(above + x)
      const b = v128.load(above + x + width)
      const c = v128.load(above + x + 2 * width)
      const low = i8x16.min_u(a, b)
      const high = i8x16.max_u(a, b)
      v128.store(least + x, i8x16.min_u(low, c))
      v128.store(middle + x, i8x16.max_u(low, i8x16.min_u(high, c)))
      v128.store(most + x, i8x16.max_u(high, c))
    }
    repeatEnds(least, width)
    repeatEnds(middle, width)
    repeatEnds(most, width)
    for (let x = 0; x < width; x += 16) {
      const low = i8x16.max_u(
        i8x16.max_u(v128.load(least + x - 1), v128.load(least + x)),
        v128.load(least + x + 1),
      )
      const high = i8x16.min_u(
        i8x16.min_u(v128.load(most + x - 1), v128.load(most + x)),
        v128.load(most + x + 1),
      )
      const mid = middleOf(v128.load(middle + x - 1), v128.load(middle + x), v128.load(middle + x + 1))
      v128.store(out + y * width + x, middleOf(low, mid, high))
    }
  }
}

function repeatEnds(line: usize, width: i32): void {
  store<u8>(line - 1, load<u8>(line))
  store<u8>(line + width, load<u8>(line + width - 1))
}

function middleOf(a: v128, b: v128, c: v128): v128 {
  return i8x16.max_u(i8x16.min_u(a, b), i8x16.min_u(i8x16.max_u(a, b), c))
}
