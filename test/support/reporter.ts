import { writeFileSync } from 'node:fs'
import { inspect } from 'node:util'
import Mocha, { type Runner, type Suite, type Test } from 'mocha'
import { duration } from '#scripts/steps.ts'
import { add, lastLine, none, type Counts } from '#scripts/test/counts.ts'
import { skipReason } from './skip.ts'

const {
  EVENT_RUN_END,
  EVENT_SUITE_BEGIN,
  EVENT_SUITE_END,
  EVENT_TEST_FAIL,
  EVENT_TEST_PASS,
  EVENT_TEST_PENDING,
} = Mocha.Runner.constants

interface Options {
  counts?: string
  print?: (text: string) => void
}

/**
 * One line for each outer `describe`, failures in full as they happen and again by name at the end, and every skip with
 * its reason. A skip without a reason is a failure. The option `counts` names a file that gets the counts as JSON.
 */
export default class Reporter {
  #counts = none
  readonly #failures: string[] = []
  #suite = { startedAt: 0, counts: none }

  readonly #options: Options

  constructor(runner: Runner, { reporterOptions }: { reporterOptions?: Options }) {
    this.#options = reporterOptions ?? {}
    runner.on(EVENT_SUITE_BEGIN, (suite) => {
      if (isOuter(suite)) this.#suite = { startedAt: performance.now(), counts: none }
    })
    runner.on(EVENT_SUITE_END, (suite) => {
      if (isOuter(suite)) this.#endOfSuite(suite)
    })
    runner.on(EVENT_TEST_PASS, () => this.#count('passed'))
    runner.on(EVENT_TEST_FAIL, (test, error: unknown) => this.#fail(test, describeError(error)))
    runner.on(EVENT_TEST_PENDING, (test) => {
      const reason = skipReason(test)
      if (reason === undefined)
        return this.#fail(test, 'Skipped without a reason: use skipBecause(this, reason).')
      this.#count('skipped')
      this.#print(`  – skipped: ${fullTitle(test)}: ${reason}`)
    })
    runner.once(EVENT_RUN_END, () => this.#endOfRun())
  }

  #count(outcome: keyof Counts): void {
    const one = { ...none, [outcome]: 1 }
    this.#counts = add(this.#counts, one)
    this.#suite.counts = add(this.#suite.counts, one)
  }

  #fail(test: Test, what: string): void {
    this.#count('failed')
    const where = test.file === undefined ? '' : ` (${test.file.replace(`${process.cwd()}/`, '')})`
    this.#failures.push(`${fullTitle(test)}${where}`)
    this.#print(`  ✘ ${fullTitle(test)}${where}\n${what.replace(/^/gm, '      ')}`)
  }

  #endOfSuite(suite: Suite): void {
    const { passed, failed, skipped } = this.#suite.counts
    const parts = [`${passed} passed`, failed > 0 && `${failed} failed`, skipped > 0 && `${skipped} skipped`]
    const time = duration(performance.now() - this.#suite.startedAt)
    this.#print(`  ${failed > 0 ? '✘' : '✔'} ${suite.title} · ${parts.filter(Boolean).join(', ')} · ${time}`)
  }

  #endOfRun(): void {
    if (this.#counts.failed > 0)
      this.#print(`  Failed:\n${this.#failures.map((title) => `    ${title}`).join('\n')}`)
    this.#print(`  ${lastLine(this.#counts)}`)
    if (this.#options.counts !== undefined) writeFileSync(this.#options.counts, JSON.stringify(this.#counts))
  }

  #print(text: string): void {
    if (this.#options.print !== undefined) this.#options.print(text)
    else process.stdout.write(`${text}\n`)
  }
}

function isOuter(suite: Suite): boolean {
  return suite.parent?.root === true
}

function fullTitle(test: Test): string {
  return test.titlePath().join(' › ')
}

function describeError(error: unknown): string {
  return error instanceof Error ? inspect(error, { depth: 4 }) : `Thrown, but not an error: ${inspect(error)}`
}
