// Runs every bench/*.bench.ts (or those named), prints one table, keeps a JSON file in bench/results.
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { availableParallelism, loadavg } from 'node:os'
import { join, resolve } from 'node:path'
import { runScript } from '#scripts/run.ts'
import { chosen, exitCodeOf, runBenches, type Bench, type Outcome } from './benches.ts'
import type { BenchResult } from './result.ts'

const root = resolve(import.meta.dirname, '..')
const wanted = process.argv.slice(2)

await runScript(async () => {
  const files = (await readdir(join(root, 'bench'))).filter((file) => file.endsWith('.bench.ts')).sort()
  const benches = files.map((file): Bench => ({
    name: file.replace('.bench.ts', ''),
    run: async () => ((await import(join(root, 'bench', file))) as Pick<Bench, 'run'>).run(),
  }))
  const before = loadavg()
  const outcome = await runBenches(chosen(benches, wanted))
  const loads = [before[0], ...loadavg().slice(0, 1)].map((load) => load?.toFixed(1)).join(' before, ')
  console.log(
    `\nload of ${availableParallelism()} cores: ${loads} after; figures of a busy machine measure its waiting, too`,
  )
  printTable(outcome.results)
  for (const { name, reason } of outcome.skipped) console.log(`\nnot measured: ${name}. ${reason}`)
  for (const { name } of outcome.broken) console.log(`\nbroken: ${name}, for the reason above`)
  await keep(outcome)
  process.exit(exitCodeOf(outcome, wanted))
})

function printTable(results: readonly BenchResult[]): void {
  console.log()
  console.log(line(['what', 'ours', 'peer', 'ratio', 'limit', 'runs', '']))
  for (const { name, unit, ours, peer, ratio, limit, ok, runs } of results) {
    const compared = peer !== null
    console.log(
      line([
        name,
        `${round(ours)} ${unit}`,
        compared ? `${round(peer)} ${unit}` : '-',
        compared ? round(ratio) : '-',
        compared ? `x ${limit}` : `${limit} ${unit}`,
        String(runs),
        ok ? 'ok' : 'OVER THE LIMIT',
      ]),
    )
  }
}

async function keep({ results, skipped, broken }: Outcome): Promise<void> {
  const folder = join(root, 'bench/results')
  await mkdir(folder, { recursive: true })
  const at = new Date().toISOString()
  const file = join(folder, `${at.replace(/[:.]/g, '-')}.json`)
  const machine = { at, node: process.version, cores: availableParallelism(), load: loadavg() }
  await writeFile(file, JSON.stringify({ ...machine, results, skipped, broken }, null, 2))
  console.log(`\nkept in ${file}`)
}

function line(cells: string[]): string {
  const widths = [58, 16, 16, 8, 10, 6, 0]
  return cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' ')
}

function round(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2)
}
