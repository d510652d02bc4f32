import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { duration } from '../steps.ts'
import { none, type Counts } from './counts.ts'
import type { Print } from './side-by-side.ts'

export type Part = 'check' | 'unit' | 'int' | 'e2e'

interface Suite {
  part: Part
  name: string
  args: string[]
  env: NodeJS.ProcessEnv
  /** Suites with the same word here run side by side. */
  round: string
  /** Left out when the caller names files: another suite of its part runs those. */
  wholeOnly?: true
}

const everywhere = '{shared,migrations,sfu,server,client,scripts,bench,test}/**'
const unit = [`${everywhere}/*.test.ts`, '--ignore', '**/*.{int,e2e}.test.ts']
/** After the last test a suite closes its servers; longer than this means that something was left open. */
const endMs = 30_000
const lastWordsMs = 1_000

const suites: Suite[] = [
  // A zone with an odd offset shows every place that takes local time for UTC, and UTC shows the reverse.
  {
    part: 'unit',
    name: 'unit tests in Kathmandu time',
    args: unit,
    env: { TZ: 'Asia/Kathmandu' },
    round: 'unit',
  },
  { part: 'unit', name: 'unit tests in UTC', args: unit, env: { TZ: 'UTC' }, round: 'unit' },
  {
    part: 'int',
    name: 'integration tests',
    args: [
      '{{shared,migrations,sfu,client,scripts,bench,test}/**,server,server/!(imaging)/**}/*.int.test.ts',
      '--timeout',
      '30000',
    ],
    env: {},
    round: 'int',
  },
  {
    part: 'int',
    name: 'integration tests of pictures',
    args: ['{server/imaging,server/imaging/!(recognition)/**}/*.int.test.ts', '--timeout', '30000'],
    env: {},
    round: 'int',
    wholeOnly: true,
  },
  {
    part: 'int',
    name: 'integration tests of recognition',
    args: ['server/imaging/recognition/**/*.int.test.ts', '--timeout', '30000'],
    env: {},
    round: 'int',
    wholeOnly: true,
  },
  // Mostly waiting, like the integration tests, and nothing in it is timed: it takes the time that those leave.
  {
    part: 'e2e',
    name: 'end-to-end tests of every screen',
    args: ['test/e2e/accessibility.e2e.test.ts', '--timeout', '120000'],
    env: {},
    round: 'int',
    wholeOnly: true,
  },
  {
    part: 'e2e',
    name: 'end-to-end tests of every story',
    args: ['test/e2e/!(accessibility).e2e.test.ts', '--timeout', '120000'],
    env: {},
    round: 'stories',
  },
]

/** The suites of some parts, by rounds: those of one round run side by side. */
export function roundsOf(parts: readonly Part[], extra: readonly string[]): Suite[][] {
  const chosen = suites.filter(
    ({ part, wholeOnly }) => parts.includes(part) && !(wholeOnly && namesFiles(extra)),
  )
  return [...Map.groupBy(chosen, ({ round }) => round).values()]
}

/**
 * Runs one suite in a mocha process of its own and returns its counts. A process that gives no counts, fails without a
 * failed test, or does not end after its last test counts as one failure more.
 */
export async function runMocha(
  root: string,
  suite: Suite,
  extra: string[],
  env: NodeJS.ProcessEnv,
  print: Print,
): Promise<Counts> {
  const startedAt = performance.now()
  print(`▶ ${suite.name}\n`)
  const folder = await mkdtemp(join(tmpdir(), 'bedside-counts-'))
  const countsFile = join(folder, 'counts.json')
  try {
    const ending = await mochaProcess(
      root,
      [...mochaArgs(suite.args, extra), '--reporter-option', `counts=${countsFile}`],
      {
        ...env,
        ...suite.env,
      },
      countsFile,
      print,
    )
    const counts = existsSync(countsFile) ? (JSON.parse(await readFile(countsFile, 'utf8')) as Counts) : none
    const problem = judge(ending, counts, existsSync(countsFile))
    if (problem !== undefined) print(`  ✘ ${problem}\n`)
    const failed = counts.failed + (problem === undefined ? 0 : 1)
    print(`${failed > 0 ? '✘' : '✔'} ${suite.name} · ${duration(performance.now() - startedAt)}\n`)
    return { ...counts, failed }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Files among the caller's arguments take the place of the suite's own patterns; its options stay. */
export function mochaArgs(own: string[], extra: string[]): string[] {
  const [pattern = '', ...options] = own
  if (!namesFiles(extra)) return ['--forbid-only', pattern, ...options, ...extra]
  return ['--forbid-only', ...options, ...extra]
}

function namesFiles(extra: readonly string[]): boolean {
  return extra.some((arg) => /\.test\.ts$|[*]/.test(arg) && !arg.startsWith('-'))
}

export interface Ending {
  code: number
  /** It had to be ended, as it did not end by itself. */
  stuck: boolean
}

/** What is wrong with how a suite ended, beyond its failed tests; undefined when nothing is. */
export function judge(ending: Ending, counts: Counts, counted: boolean): string | undefined {
  if (!counted) return `mocha ended with ${ending.code} before it could count its tests`
  if (ending.stuck) return `still running ${endMs / 1000} s after the last test: something was left open`
  if (counts.passed + counts.failed + counts.skipped === 0) return 'not one test was found'
  if (ending.code !== 0 && counts.failed === 0) return `mocha ended with ${ending.code} though no test failed`
  return undefined
}

function mochaProcess(
  root: string,
  args: string[],
  env: NodeJS.ProcessEnv,
  countsFile: string,
  print: Print,
): Promise<Ending> {
  const { promise, resolve } = Promise.withResolvers<Ending>()
  const mocha = join(root, 'node_modules/mocha/bin/mocha.js')
  const child = spawn(process.execPath, [mocha, ...args], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  child.stdout.setEncoding('utf8').on('data', print)
  child.stderr.setEncoding('utf8').on('data', print)
  let countedAt: number | undefined
  let stuck = false
  let asked: NodeJS.Signals | undefined
  const watch = setInterval(() => {
    if (countedAt === undefined && existsSync(countsFile)) countedAt = performance.now()
    if (countedAt === undefined || performance.now() - countedAt < endMs || stuck) return
    stuck = true
    child.kill('SIGKILL')
  }, 500)
  const pass = (signal: NodeJS.Signals): void => {
    asked = signal
    // On a terminal mocha has got the Ctrl-C as well. SIGINT, as that is the one after which mocha cleans up.
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill('SIGINT')
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, pass)
  const saidAll = new Promise((said) => child.once('close', said))
  child.once('exit', (code) => {
    clearInterval(watch)
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.removeListener(signal, pass)
    if (asked !== undefined) process.kill(process.pid, asked)
    // A process that mocha left behind may hold its output open for ever.
    void Promise.race([saidAll, pause(lastWordsMs)]).then(() => resolve({ code: code ?? 1, stuck }))
  })
  return promise
}
