import { explain, SetupError } from '#scripts/run.ts'
import type { BenchResult } from './result.ts'

export type Bench = { name: string; run: () => Promise<BenchResult[]> }

/** What was measured; what could not be because something is missing on this machine; what broke. */
export type Outcome = {
  results: BenchResult[]
  skipped: { name: string; reason: string }[]
  broken: { name: string; reason: string }[]
}

/** Runs one after another. One that cannot be run, or breaks, does not keep the others from their turn. */
export async function runBenches(
  benches: readonly Bench[],
  print: (line: string) => void = console.log,
): Promise<Outcome> {
  const outcome: Outcome = { results: [], skipped: [], broken: [] }
  for (const { name, run } of benches) {
    print(`\n${name} …`)
    try {
      outcome.results.push(...(await run()))
    } catch (error) {
      const missing = error instanceof SetupError
      const reason = explain(error)
      outcome[missing ? 'skipped' : 'broken'].push({ name, reason })
      print(`${missing ? 'skipped' : 'broken'}: ${reason}`)
    }
  }
  return outcome
}

/** 1 when a limit is passed, when something broke, and when something that was asked for by name was not measured. */
export function exitCodeOf({ results, skipped, broken }: Outcome, wanted: readonly string[]): 0 | 1 {
  const notMeasured = skipped.some(({ name }) => wanted.includes(name))
  return broken.length === 0 && !notMeasured && results.every(({ ok }) => ok) ? 0 : 1
}

/** Those that were named, or all. @throws SetupError for a name that is none */
export function chosen<T extends { name: string }>(benches: readonly T[], wanted: readonly string[]): T[] {
  const names = benches.map(({ name }) => name)
  const unknown = wanted.filter((name) => !names.includes(name))
  if (unknown.length > 0)
    throw new SetupError(`There is no benchmark ${unknown.join(', ')}; there are ${names.join(', ')}.`)
  return benches.filter(({ name }) => wanted.length === 0 || wanted.includes(name))
}
