import assert from 'node:assert/strict'
import { globSync } from 'node:fs'
import { matchesGlob } from 'node:path'
import { add, lastLine, none } from './counts.ts'
import { judge, mochaArgs, roundsOf } from './suites.ts'

const fine = { code: 0, stuck: false }
const passed = { passed: 3, failed: 0, skipped: 0 }

describe('The verdict on a test run', () => {
  it('adds up what every part counted', () => {
    assert.equal(
      lastLine(add(add(none, passed), { passed: 1, failed: 2, skipped: 4 })),
      '4 passed, 2 failed, 4 skipped',
    )
  })

  it('does not take silence for success', () => {
    assert.match(String(judge({ code: 1, stuck: false }, none, false)), /before it could count/)
    assert.match(String(judge(fine, none, true)), /not one test/)
    assert.match(String(judge({ code: 1, stuck: true }, passed, true)), /left open/)
    assert.match(String(judge({ code: 7, stuck: false }, passed, true)), /ended with 7/)
  })

  it('has nothing to add when a suite ended as its tests say', () => {
    assert.equal(judge(fine, passed, true), undefined)
    assert.equal(judge({ code: 2, stuck: false }, { passed: 1, failed: 2, skipped: 0 }, true), undefined)
  })

  it('runs the files a person names instead of the whole part', () => {
    const own = ['all/*.test.ts', '--timeout', '5']
    assert.deepEqual(mochaArgs(own, []), ['--forbid-only', 'all/*.test.ts', '--timeout', '5'])
    assert.deepEqual(mochaArgs(own, ['-g', 'twenty']), [
      '--forbid-only',
      'all/*.test.ts',
      '--timeout',
      '5',
      '-g',
      'twenty',
    ])
    assert.deepEqual(mochaArgs(own, ['x.test.ts']), ['--forbid-only', '--timeout', '5', 'x.test.ts'])
  })

  it('starts each suite once, and one of a part only when somebody names files', () => {
    const named = (extra: string[]) => roundsOf(['unit', 'int', 'e2e'], extra).map((round) => round.length)
    assert.deepEqual(named([]), [2, 4, 1])
    assert.deepEqual(named(['-g', 'twenty']), [2, 4, 1])
    assert.deepEqual(named(['x.e2e.test.ts']), [2, 1, 1])
  })

  it('has one suite for each test file that needs more than a process', () => {
    const patterns = roundsOf(['int', 'e2e'], []).flatMap((round) => round.map(({ args }) => args[0] ?? ''))
    const files = globSync('{shared,migrations,sfu,server,client,scripts,bench,test}/**/*.{int,e2e}.test.ts')
    assert.ok(files.length > 50, `${files.length} files`)
    const astray = files.filter((file) => patterns.filter((one) => matchesGlob(file, one)).length !== 1)
    assert.deepEqual(astray, [])
  })
})
