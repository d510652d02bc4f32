import { join } from 'node:path'
import { run } from '../run.ts'
import { step } from '../steps.ts'
import { add, none, type Counts } from './counts.ts'

interface Check {
  name: string
  /** A script in node_modules, and what to give it. */
  command: [string, ...string[]]
}

/** What is asked of the code without running it. Import rules are a mocha test, test/architecture.test.ts. */
const checks: Check[] = [
  { name: 'types', command: ['typescript/bin/tsc', '-b'] },
  { name: 'lint', command: ['eslint/bin/eslint.js', '.', '--max-warnings', '0'] },
  { name: 'format', command: ['prettier/bin/prettier.cjs', '--check', '.'] },
  { name: 'dead code', command: ['knip/bin/knip.js'] },
]

/** All checks at once: the linter alone takes as long as the others together. */
export async function runChecks(root: string): Promise<Counts> {
  const counts = await Promise.all(checks.map((check) => runCheck(root, check)))
  return counts.reduce(add, none)
}

/** Runs one check as a step; what it complains about is printed below its line. Counts as one test. */
async function runCheck(root: string, { name, command }: Check): Promise<Counts> {
  const [script, ...args] = command
  let complaints = ''
  try {
    await step(name, async () => {
      const { code, output } = await run(process.execPath, [join(root, 'node_modules', script), ...args], {
        cwd: root,
      })
      if (code === 0) return
      complaints = output
      throw new Complaint()
    })
    return { ...none, passed: 1 }
  } catch (error) {
    if (!(error instanceof Complaint)) throw error
    process.stdout.write(`${complaints.replace(/^/gm, '    ')}\n`)
    return { ...none, failed: 1 }
  }
}

/** The check ran and is not content. */
class Complaint extends Error {}
