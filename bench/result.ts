/** One measured comparison. `ours` and `peer` are medians of `runs` rounds in one run; `peer` is null where the limit stands alone. */
export type BenchResult = {
  name: string
  unit: string
  ours: number
  peer: number | null
  /** ours / peer, or ours / limit where there is no peer. */
  ratio: number
  /** What `ratio` may reach; with no peer, what `ours` may reach. */
  limit: number
  ok: boolean
  runs: number
}

export function compared(
  name: string,
  unit: string,
  ours: number[],
  peer: number[],
  limit: number,
): BenchResult {
  const [mine, theirs] = [median(ours), median(peer)]
  const ratio = mine / theirs
  return { name, unit, ours: mine, peer: theirs, ratio, limit, ok: ratio <= limit, runs: ours.length }
}

export function bounded(
  name: string,
  unit: string,
  ours: number[],
  limit: number,
  value = median(ours),
): BenchResult {
  return {
    name,
    unit,
    ours: value,
    peer: null,
    ratio: value / limit,
    limit,
    ok: value <= limit,
    runs: ours.length,
  }
}

export function median(values: readonly number[]): number {
  return percentile(values, 50)
}

export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  const value = sorted[Math.min(sorted.length - 1, Math.floor((percent / 100) * sorted.length))]
  if (value === undefined) throw new Error('no values to rank')
  return value
}
