import { deepEqual, equal, match, ok } from 'node:assert/strict'
import { existsSync, statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { findWorkerBin } from '#scripts/worker/find.ts'
import { addressOfReady, startProgram } from '#test/support/program.ts'
import type { Program } from '#test/support/program.ts'
import { tempFolder } from '#test/support/temp.ts'
import { waitFor } from '#test/support/wait-for.ts'

describe('The server as a program', function () {
  this.timeout(60_000)
  let dataDir: string
  let workerBin: string

  before(async () => {
    dataDir = await tempFolder('main')
    workerBin = await findWorkerBin()
  })

  function start(file: string, env: Record<string, string> = {}): Program {
    return startProgram(file, {
      PORT: '0',
      DATA_DIR: dataDir,
      MEDIASOUP_WORKER_BIN: workerBin,
      MEDIASOUP_WORKERS: '1',
      LOG_LEVEL: 'info',
      ...env,
    })
  }
  const ready = (server: Program) => addressOfReady(server, 20_000)
  async function verified(): Promise<[number | null, string]> {
    const check = start('server/verify-audit.ts')
    return [await check.ended(), check.text()]
  }

  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    it(`ends in order at ${signal}, with nothing left behind`, async () => {
      const server = start('server/main.ts')
      const url = await ready(server)
      equal((await fetch(`${url}/ready`)).status, 200)
      const worker = /"pid":(\d+)/.exec(server.text())?.[1]
      ok(worker, 'the log names its media worker')
      server.child.kill(signal)
      equal(await server.ended(), 0)
      equal(/unhandled|failed/.test(server.text()), false, server.text())
      match(server.text(), /Nobody can sign in yet. .+ npm run clinic:found/)
      await waitFor('the media worker has gone', async () => !(await isRunning(worker)))
    })
  }

  it('keeps its secret and its data for its own account only', async () => {
    equal(statSync(join(dataDir, 'secret')).mode & 0o777, 0o600)
    equal(statSync(join(dataDir, 'bedside.sqlite')).mode & 0o077, 0)
  })

  it('has no whole trail where there is no database', async () => {
    const elsewhere = join(dataDir, 'mistyped')
    const check = start('server/verify-audit.ts', { DATA_DIR: elsewhere })
    equal(await check.ended(), 1)
    match(check.text(), /There is no database at .+: set DATA_DIR as for the server/)
    equal(existsSync(elsewhere), false)
  })

  it('is whole again after it was killed outright', async () => {
    const server = start('server/main.ts')
    await ready(server)
    server.child.kill('SIGKILL')
    await server.ended()
    const again = start('server/main.ts')
    await ready(again)
    again.child.kill('SIGTERM')
    equal(await again.ended(), 0)
    const [code, text] = await verified()
    equal(code, 0)
    match(text, /audit trail is whole/)
  })

  it('does not start with settings that are wrong, and says all of them', async () => {
    const server = start('server/main.ts', { NODE_ENV: 'production', BEDSIDE_DEMO: '1' })
    equal(await server.ended(), 1)
    const named = [...server.text().matchAll(/^ {2}- (\w+) /gm)].map(([, name]) => name)
    deepEqual(named, ['BEDSIDE_DEMO', 'PUBLIC_URL', 'BEDSIDE_SECRET'])
  })

  it('does not start a second time on the data of one that runs, and says why', async () => {
    const server = start('server/main.ts')
    await ready(server)
    const second = start('server/main.ts')
    equal(await second.ended(), 1)
    match(second.text(), /another Bedside is at work in .+ Stop it first/)
    // Who checks the audit trail may do so meanwhile.
    equal((await verified())[0], 0)
    server.child.kill('SIGKILL')
    await server.ended()
    const next = start('server/main.ts')
    await ready(next)
    next.child.kill('SIGTERM')
    equal(await next.ended(), 0)
  })

  it('says what to do when its port is in use', async () => {
    const server = start('server/main.ts')
    const { port } = new URL(await ready(server))
    const second = start('server/main.ts', { PORT: port, DATA_DIR: await tempFolder('second') })
    equal(await second.ended(), 1)
    match(second.text(), /the port is in use. Set PORT/)
    server.child.kill('SIGTERM')
    equal(await server.ended(), 0)
  })
})

async function isRunning(pid: string): Promise<boolean> {
  try {
    return !/^State:\s+Z/m.test(await readFile(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}
