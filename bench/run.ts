// Runs every bench/*.bench.ts (or those named), prints one table, keeps a JSON file in bench/results.
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join, resolve } from 'node:path'
import type { BenchResult } from './result.ts'

const root = resolve(import.meta.dirname, '..')
const wanted = process.argv.slice(2)

const files = (await readdir(join(root, 'bench'))).filter((file) => file.endsWith('.bench.ts')).sort()
const results: BenchResult[] = []
for (const file of files) {
  const name = file.replace('.bench.ts', '')
  if (wanted.length > 0 && !wanted.includes(name)) continue
  console.log(`\n${name} …`)
  const { run } = (await import(join(root, 'bench', file))) as { run: () => Promise<BenchResult[]> }
  results.push(...(await run()))
}

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

const folder = join(root, 'bench/results')
await mkdir(folder, { recursive: true })
const at = new Date().toISOString()
const file = join(folder, `${at.replace(/[:.]/g, '-')}.json`)
await writeFile(
  file,
  JSON.stringify({ at, node: process.version, cores: availableParallelism(), results }, null, 2),
)
console.log(`\nkept in ${file}`)
process.exit(results.every(({ ok }) => ok) ? 0 : 1)

function line(cells: string[]): string {
  const widths = [58, 16, 16, 8, 10, 6, 0]
  return cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' ')
}

function round(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2)
}
