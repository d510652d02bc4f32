/** Writes the 65,536 answers to two neighbouring samples, made of the 256 answers to one. */
export function pairTable(table: usize, pairs: usize): void {
  for (let high = 0; high < 256; high++) {
    const second = i8x16.splat(load<u8>(table + high))
    for (let low = 0; low < 256; low += 16) {
      const first = v128.load(table + low)
      const at = pairs + ((high << 9) | (low << 1))
      v128.store(at, i8x16.shuffle(first, second, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23))
      v128.store(
        at,
        i8x16.shuffle(first, second, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31),
        16,
      )
    }
  }
}

/** Replaces samples by their answers, two at a time, in place; `count` is rounded up to a multiple of eight. */
export function lookUpPairs(samples: usize, count: i32, pairs: usize): void {
  const end = samples + count
  for (let at = samples; at < end; at += 8) {
    const eight = load<u64>(at)
    store<u16>(at, load<u16>(pairs + (((<usize>eight) & 0xffff) << 1)))
    store<u16>(at, load<u16>(pairs + (((<usize>(eight >> 16)) & 0xffff) << 1)), 2)
    store<u16>(at, load<u16>(pairs + (((<usize>(eight >> 32)) & 0xffff) << 1)), 4)
    store<u16>(at, load<u16>(pairs + ((<usize>(eight >> 48)) << 1)), 6)
  }
}

/** Replaces samples by their answers, one at a time, in place. */
export function lookUp(samples: usize, count: i32, table: usize): void {
  for (let i = 0; i < count; i++) store<u8>(samples + i, load<u8>(table + load<u8>(samples + i)))
}
