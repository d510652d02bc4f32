// The first thing `npm start` and `npm test` run. Plain JavaScript for Node 20 with nothing installed:
// installs the packages of the lock file, finds Node 24, and hands over to scripts/<command>.ts.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { constants } from 'node:os'
import { delimiter, dirname, join } from 'node:path'

const root = join(import.meta.dirname ?? dirname(new URL(import.meta.url).pathname), '..')
const commands = ['start', 'test', 'check', 'screens', 'bench']
const neededNode = 24

const [command, ...args] = process.argv.slice(2)
if (!commands.includes(command)) fail(`Usage: npm run ${commands.join('|')}`)
process.chdir(root)
await installPackages()
handOver(findNode())

async function installPackages() {
  const locked = JSON.parse(readFileSync('package-lock.json', 'utf8')).packages
  const why = staleness(locked)
  if (why === undefined) return
  // Only what this machine gets: the lock file also lists other systems' builds, and WebAssembly for when all else fails.
  const expected = Object.keys(locked).filter((path) => path !== '' && fitsThisMachine(locked[path]))
  const startedAt = Date.now()
  const show = (mark, end) => {
    const seconds = Math.round((Date.now() - startedAt) / 1000)
    const counted = mark === '…' && seconds > 0
    const there = counted
      ? ` · ${expected.filter((path) => existsSync(`${path}/package.json`)).length} of ${expected.length}`
      : ''
    const line = `${mark} packages of the lock file (${why})${there} · ${seconds} s`
    process.stdout.write(process.stdout.isTTY ? `\r\x1b[K${line}${end}` : `${line}\n`)
  }
  show('…', '')
  const timer = setInterval(show, process.stdout.isTTY ? 1000 : 10_000, '…', '')
  const code = await npmCi()
  clearInterval(timer)
  show(code === 0 ? '✔' : '✘', '\n')
  if (code !== 0)
    fail(
      'npm ci failed; its own words are above. It needs the npm registry, or a mirror of it in your npm settings.',
    )
}

// npm writes node_modules/.package-lock.json last, so a broken installation never looks whole.
function staleness(locked) {
  const record = 'node_modules/.package-lock.json'
  if (!existsSync(record)) return 'not installed yet'
  const installed = JSON.parse(readFileSync(record, 'utf8')).packages
  for (const [path, wanted] of Object.entries(locked)) {
    if (path === '') continue
    const found = installed[path]
    if (found === undefined && (wanted.optional !== true || path === bundledNodeFolder()))
      return `${path} is missing`
    if (found !== undefined && found.version !== wanted.version) return `${path} has another version`
  }
  return undefined
}

function fitsThisMachine({ os, cpu, libc, optional }) {
  const glibc = process.report.getReport().header.glibcVersionRuntime !== undefined
  if (optional && os === undefined && cpu === undefined) return false
  return (
    (os?.includes(process.platform) ?? true) &&
    (cpu?.includes(process.arch) ?? true) &&
    (process.platform !== 'linux' || (libc?.includes(glibc ? 'glibc' : 'musl') ?? true))
  )
}

function npmCi() {
  return new Promise((resolve) => {
    const options = { stdio: ['ignore', 'ignore', 'inherit'] }
    const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--silent', '--loglevel=error']
    // Under `npm run` npm tells where it is; that one also works where only npm.cmd is on the path.
    const npm = process.env.npm_execpath
    const child = npm?.endsWith('.js')
      ? spawn(process.execPath, [npm, 'ci', ...quiet], options)
      : spawn('npm', ['ci', ...quiet], options)
    // An npm that goes on alone would be in the way of the next start.
    const asked = passSignalsTo(child, () =>
      process.stdout.write('\n  npm is ending; it takes away what it has begun, which may take a minute\n'),
    )
    child.on('error', (error) => fail(`npm could not be started: ${error.message}`))
    child.on('exit', (code) => {
      const [signal] = asked
      if (signal !== undefined) process.exit(128 + constants.signals[signal])
      resolve(code ?? 1)
    })
  })
}

function bundledNodeFolder() {
  return process.platform === 'linux' ? `node_modules/node-linux-${process.arch}` : undefined
}

function findNode() {
  if (Number(process.versions.node.split('.')[0]) >= neededNode) return process.execPath
  const bundled = join(root, bundledNodeFolder() ?? '', 'bin/node')
  if (bundledNodeFolder() !== undefined && existsSync(bundled)) return bundled
  return fail(
    `Bedside runs on Node ${neededNode} or later; this is ${process.version} on ${process.platform} ${process.arch}, ` +
      `for which no Node comes with the packages. Install Node ${neededNode} from https://nodejs.org and run this again.`,
  )
}

function handOver(node) {
  const child = spawn(node, [join('scripts', `${command}.ts`), ...args], {
    stdio: 'inherit',
    env: { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}` },
  })
  child.on('error', (error) => fail(`${node} could not be started: ${error.message}`))
  passSignalsTo(child)
  child.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]))
}

/** Gives those that were asked for so far; `onFirst` is called with the first of each. */
function passSignalsTo(child, onFirst = () => {}) {
  const asked = new Set()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      const isFirst = !asked.has(signal)
      asked.add(signal)
      if (isFirst) onFirst()
      // A terminal gives Ctrl-C to every program of the group itself; elsewhere we pass it on, once.
      if (isFirst && !(signal === 'SIGINT' && process.stdin.isTTY)) child.kill(signal)
    })
  }
  return asked
}

function fail(message) {
  process.stderr.write(`\n${message}\n`)
  process.exit(1)
}
