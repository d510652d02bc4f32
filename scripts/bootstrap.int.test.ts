import assert from 'node:assert/strict'
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { tempFolder } from '#test/support/temp.ts'
import { waitFor } from '#test/support/wait-for.ts'

/** A checkout with nothing in it but the bootstrap, one local package to install, and the given `check` script. */
async function aFreshCheckout(check: string): Promise<string> {
  const root = await tempFolder('checkout')
  await mkdir(join(root, 'scripts'))
  await mkdir(join(root, 'tongue'))
  await copyFile(join(import.meta.dirname, 'bootstrap.mjs'), join(root, 'scripts/bootstrap.mjs'))
  await writeFile(join(root, 'scripts/check.ts'), check)
  const clinic = { name: 'clinic', version: '1.0.0', type: 'module', dependencies: { tongue: 'file:tongue' } }
  const tongue = { name: 'tongue', version: '1.0.0' }
  await writeFile(join(root, 'package.json'), JSON.stringify(clinic))
  await writeFile(join(root, 'tongue/package.json'), JSON.stringify(tongue))
  await writeLock(root, {})
  return root
}

function writeLock(root: string, more: object): Promise<void> {
  const packages = {
    '': { name: 'clinic', version: '1.0.0', dependencies: { tongue: 'file:tongue' } },
    'node_modules/tongue': { resolved: 'tongue', link: true },
    tongue: { version: '1.0.0' },
    ...more,
  }
  const lock = { name: 'clinic', version: '1.0.0', lockfileVersion: 3, requires: true, packages }
  return writeFile(join(root, 'package-lock.json'), JSON.stringify(lock))
}

// npm would have told the test where it is; a person who starts the file by hand has no such thing.
const byHand = { npm_execpath: '' }

function bootstrap(root: string, ...args: string[]): { child: ChildProcess; output: () => string } {
  return bootstrapWith(byHand, root, ...args)
}

function bootstrapWith(
  more: Record<string, string>,
  root: string,
  ...args: string[]
): { child: ChildProcess; output: () => string } {
  const env = { ...process.env, ...more }
  const child = spawn(process.execPath, ['scripts/bootstrap.mjs', ...args], { cwd: root, env, stdio: 'pipe' })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += String(data)))
  return { child, output: () => output }
}

async function exitCode(child: ChildProcess): Promise<number | null> {
  await once(child, 'close')
  return child.exitCode
}

describe('A start from a fresh checkout', function () {
  this.timeout(60_000)

  it('installs the packages once, hands over the arguments and answers with the exit code', async () => {
    const root = await aFreshCheckout('console.log("asked:", ...process.argv.slice(2)); process.exitCode = 7')
    const first = bootstrap(root, 'check', '-g', 'twenty bookings')
    assert.equal(await exitCode(first.child), 7, first.output())
    assert.match(first.output(), /✔ packages of the lock file \(not installed yet\)/)
    assert.match(first.output(), /asked: -g twenty bookings/)
    const second = bootstrap(root, 'check')
    assert.equal(await exitCode(second.child), 7)
    assert.equal(second.output(), 'asked:\n')
  })

  it('installs again when the lock file asks for another version', async () => {
    const root = await aFreshCheckout('')
    await exitCode(bootstrap(root, 'check').child)
    const lock = await readFile(join(root, 'package-lock.json'), 'utf8')
    await writeFile(join(root, 'tongue/package.json'), '{ "name": "tongue", "version": "1.1.0" }')
    await writeFile(
      join(root, 'package-lock.json'),
      lock.replace('"tongue":{"version":"1.0.0"}', '"tongue":{"version":"1.1.0"}'),
    )
    const again = bootstrap(root, 'check')
    assert.equal(await exitCode(again.child), 0, again.output())
    assert.match(again.output(), /tongue has another version/)
  })

  it('stops with npm’s own words when the packages cannot be installed', async () => {
    const root = await aFreshCheckout('')
    await writeFile(
      join(root, 'package.json'),
      '{ "name": "clinic", "dependencies": { "spatula": "file:spatula" } }',
    )
    const attempt = bootstrap(root, 'check')
    assert.equal(await exitCode(attempt.child), 1)
    assert.match(attempt.output(), /npm error[^]*npm ci failed/)
  })

  it('passes on the request to end, waits, and lets the program have the last word', async () => {
    const root = await aFreshCheckout(
      'process.on("SIGTERM", () => { console.log("closing the clinic"); process.exit(3) }); setInterval(() => {}, 1000); console.log("open")',
    )
    const { child, output } = bootstrap(root, 'check')
    await waitFor('the program runs', () => output().includes('open'), 30_000)
    child.kill('SIGTERM')
    assert.equal(await exitCode(child), 3)
    assert.match(output(), /closing the clinic/)
  })

  it('names the commands it knows when it is given another', async () => {
    const { child, output } = bootstrap(await aFreshCheckout(''), 'consult')
    assert.equal(await exitCode(child), 1)
    assert.match(output(), /npm run start\|test\|check\|screens\|bench/)
  })

  it('ends npm too when it is ended in the midst of installing, so that the next start finds nobody at work', async () => {
    const root = await aFreshCheckout('')
    const slowNpm = join(root, 'npm.js')
    await writeFile(
      slowNpm,
      'setInterval(() => {}, 1000); console.error(`npm is at work as ${process.pid}.`)',
    )
    const started = bootstrapWith({ npm_execpath: slowNpm }, root, 'check')
    const npm = await waitFor('npm is at work', () =>
      Promise.resolve(Number(/at work as (\d+)\./.exec(started.output())?.[1] ?? 0)),
    )
    started.child.kill('SIGINT')
    assert.equal(await exitCode(started.child), 130)
    assert.throws(() => process.kill(npm, 0), /ESRCH/)
    assert.doesNotMatch(started.output(), /npm ci failed/)
  })
})
