import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { resolve } from 'node:path'
import { promisify } from 'node:util'

type Report = {
  summary: { totalCruised: number; violations: { from: string; to: string; rule: { name: string } }[] }
  modules: { source: string }[]
}

const root = resolve(import.meta.dirname, '..')
const parts = ['shared', 'server', 'sfu', 'client', 'migrations']

describe('the architecture', function () {
  this.timeout(120_000)
  let report: Report

  before(async () => {
    const cruiser = resolve(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs')
    // The cruiser leaves with the number of violations; the report is what counts.
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [cruiser, '--config', '.dependency-cruiser.cjs', '--output-type', 'json', ...parts],
      {
        cwd: root,
        maxBuffer: 256 * 1024 * 1024,
      },
    ).catch((error: { stdout: string }) => error)
    report = JSON.parse(stdout) as Report
  })

  it('was seen by the tool at all', () => {
    // With a compiler that it does not understand the tool sees no modules and passes.
    for (const part of parts) {
      const seen = report.modules.filter((module) => module.source.startsWith(`${part}/`)).length
      assert.ok(seen >= 4, `only ${seen} modules of ${part} were seen`)
    }
  })

  it('is kept by every import', () => {
    const broken = report.summary.violations.map(
      (violation) => `${violation.rule.name}: ${violation.from} -> ${violation.to}`,
    )
    assert.deepEqual(broken, [])
  })
})
