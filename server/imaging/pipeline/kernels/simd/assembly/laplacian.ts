/**
 * Differences of `count` rows to their four (upright) or eight neighbours, as i16. `rows` starts one row above the first,
 * mirrored where the picture ends; may read and write 32 bytes beyond.
 */
export function laplacian(rows: usize, out: usize, width: i32, count: i32, neighbours: i32): void {
  for (let y = 0; y < count; y++) {
    const above = rows + y * width
    const row = above + width
    const below = row + width
    const line = out + 2 * y * width
    if (neighbours === 4) fourNeighbours(above, row, below, line, width)
    else eightNeighbours(above, row, below, line, width)
    const inside = width > 1 ? 1 : 0
    store<i16>(line, edge(above, row, below, 0, inside, neighbours))
    store<i16>(line + 2 * (width - 1), edge(above, row, below, width - 1, width - 1 - inside, neighbours))
  }
}

function fourNeighbours(above: usize, row: usize, below: usize, line: usize, width: i32): void {
  for (let x = 0; x < width; x += 16) {
    const a = i16x8.add(v128.load8x8_u(above + x), v128.load8x8_u(below + x))
    const b = i16x8.add(v128.load8x8_u(above + x, 8), v128.load8x8_u(below + x, 8))
    const c = i16x8.add(v128.load8x8_u(row + x - 1), v128.load8x8_u(row + x + 1))
    const d = i16x8.add(v128.load8x8_u(row + x + 7), v128.load8x8_u(row + x + 9))
    const at = line + 2 * x
    v128.store(at, i16x8.sub(i16x8.add(a, c), i16x8.shl(v128.load8x8_u(row + x), 2)))
    v128.store(at, i16x8.sub(i16x8.add(b, d), i16x8.shl(v128.load8x8_u(row + x, 8), 2)), 16)
  }
}

function eightNeighbours(above: usize, row: usize, below: usize, line: usize, width: i32): void {
  for (let x = 0; x < width; x += 8) {
    const left = column(above + x - 1, row + x - 1, below + x - 1)
    const right = column(above + x + 1, row + x + 1, below + x + 1)
    const middle = column(above + x, row + x, below + x)
    const nine = i16x8.mul(i16x8.splat(9), v128.load8x8_u(row + x))
    v128.store(line + 2 * x, i16x8.sub(i16x8.add(i16x8.add(left, right), middle), nine))
  }
}

function column(above: usize, row: usize, below: usize): v128 {
  return i16x8.add(i16x8.add(v128.load8x8_u(above), v128.load8x8_u(below)), v128.load8x8_u(row))
}

/** The first and the last of a row, whose neighbour outside is the one inside. */
function edge(above: usize, row: usize, below: usize, x: i32, inside: i32, neighbours: i32): i16 {
  const upright = <i32>load<u8>(above + x) + <i32>load<u8>(below + x)
  const beside = 2 * <i32>load<u8>(row + inside)
  const centre = <i32>load<u8>(row + x)
  if (neighbours === 4) return <i16>(upright + beside - 4 * centre)
  const across = 2 * (<i32>load<u8>(above + inside) + <i32>load<u8>(below + inside))
  return <i16>(upright + beside + across - 8 * centre)
}
