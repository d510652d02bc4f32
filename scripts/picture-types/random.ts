/** Repeatable chance: the same seed gives the same picture. */
export type Random = {
  /** Uniform. */
  between(least: number, most: number): number
  /** Whole, both ends included. */
  whole(least: number, most: number): number
  chance(share: number): boolean
  pick<T>(of: readonly T[]): T
  /** As many as asked for, made one by one. */
  times<T>(count: number, make: (at: number) => T): T[]
}

/** mulberry32, a generator of 32 bits by Tommy Ettinger. */
export function randomOf(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const whole = (least: number, most: number) => least + Math.floor(next() * (most - least + 1))
  return {
    between: (least, most) => least + next() * (most - least),
    whole,
    chance: (share) => next() < share,
    pick: (of) => of[whole(0, of.length - 1)]!,
    times: (count, make) => Array.from({ length: count }, (_, at) => make(at)),
  }
}
