/**
 * Counts the levels of a block of `rows` x `columns` samples whose rows lie `stride` apart. `counts` holds four tables of
 * 256 u32, so that equal neighbours need not wait for each other; the first is the answer.
 */
export function histogram(samples: usize, stride: i32, columns: i32, rows: i32, counts: usize): void {
  memory.fill(counts, 0, 4096)
  for (let y = 0; y < rows; y++) {
    let at = samples + y * stride
    const end = at + columns
    for (; at + 8 <= end; at += 8) {
      const eight = load<u64>(at)
      count(counts, (<usize>eight) & 255)
      count(counts + 1024, (<usize>(eight >> 8)) & 255)
      count(counts + 2048, (<usize>(eight >> 16)) & 255)
      count(counts + 3072, (<usize>(eight >> 24)) & 255)
      count(counts, (<usize>(eight >> 32)) & 255)
      count(counts + 1024, (<usize>(eight >> 40)) & 255)
      count(counts + 2048, (<usize>(eight >> 48)) & 255)
      count(counts + 3072, <usize>(eight >> 56))
    }
    for (; at < end; at++) count(counts, <usize>load<u8>(at))
  }
  for (let i = 0; i < 1024; i += 16) {
    const at = counts + i
    const first = i32x4.add(v128.load(at), v128.load(at, 1024))
    v128.store(at, i32x4.add(first, i32x4.add(v128.load(at, 2048), v128.load(at, 3072))))
  }
}

function count(table: usize, level: usize): void {
  const at = table + (level << 2)
  store<u32>(at, load<u32>(at) + 1)
}
