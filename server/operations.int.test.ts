import { deepEqual, equal, match, ok } from 'node:assert/strict'
import { readHealth, readInfo, readSession } from '#shared/identity.ts'
import { startMariadb, type Mariadb } from '#test/support/mariadb.ts'
import { startRedis, type Redis } from '#test/support/redis.ts'
import { freePort } from '#test/support/ports.ts'
import { waitFor } from '#test/support/wait-for.ts'
import { startWorld, type World } from '#test/support/world.ts'

type Readiness = { ready: boolean; parts: { name: string; ok: boolean }[] }

describe('The machines that watch', function () {
  this.timeout(90_000)
  let mariadb: Mariadb
  let redis: Redis
  let world: World
  let metricsPort: number

  before(async () => {
    ;[mariadb, redis, metricsPort] = await Promise.all([startMariadb(), startRedis(), freePort()])
    world = await startWorld({
      media: true,
      settings: {
        DATABASE_URL: await mariadb.createDatabase('operations'),
        REDIS_URL: redis.url,
        METRICS_PORT: String(metricsPort),
      },
    })
  })
  after(async () => {
    await world.close()
    await mariadb.stop()
    await redis.stop()
  })

  async function readiness(): Promise<[number, Readiness]> {
    const response = await fetch(`${world.server().url}/ready`)
    return [response.status, (await response.json()) as Readiness]
  }

  it('hear that it is alive and ready, part by part', async () => {
    equal((await fetch(`${world.server().url}/live`)).status, 200)
    const [status, { ready, parts }] = await readiness()
    equal(status, 200)
    equal(ready, true)
    deepEqual(parts, [
      { name: 'database', ok: true },
      { name: 'redis', ok: true },
      { name: 'media 1', ok: true },
      { name: 'models', ok: true },
    ])
  })

  it('read figures with routes and codes for labels, on a port of this machine alone', async () => {
    await world.stranger().call(readInfo)
    await world.stranger().refusal(readSession)
    const text = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text()
    match(text, /bedside_http_request_seconds_count\{route="GET \/api\/info",status="200"\} \d+/)
    match(text, /bedside_http_request_seconds_count\{route="GET \/api\/session",status="401"\} \d+/)
    match(text, /process_resident_memory_bytes/)
    match(text, /^bedside_consults_live 0$/m)
    equal(/[0-9a-f]{8}-[0-9a-f]{4}-7/.test(text), false)
    equal((await world.stranger().send({ method: 'GET', path: '/metrics' })).status, 404)
  })

  it('leave it to the administrator to hear what each part tells of itself', async () => {
    const { parts } = await (await world.signIn('administrator')).call(readHealth)
    const media = parts.find(({ name }) => name === 'media 1')?.detail
    ok(media?.code === 'media' && media.workers > 0 && media.rooms === 0)
    deepEqual(
      parts.filter(({ name }) => name === 'database' || name === 'redis').map(({ detail }) => detail),
      [{ code: 'engine', engine: 'mysql' }, null],
    )
  })

  it('keep a server in use while Redis is away, and see that it is', async () => {
    await redis.stop()
    await waitFor('redis is told as away', async () => {
      const [status, { parts }] = await readiness()
      equal(status, 200)
      return parts.some(({ name, ok }) => name === 'redis' && !ok)
    })
    const { parts } = await (await world.signIn('administrator')).call(readHealth)
    deepEqual(parts.find(({ name }) => name === 'redis')?.detail, { code: 'no_answer' })
    await readiness()
    const told = world.log.filter((line) => line.includes('a part of the server does not answer'))
    equal(told.length, 1, 'the log says it once')
    match(told[0] ?? '', /"part":"redis".*"message":"[^"]+"/)
    await redis.start()
    await waitFor('redis is told as back', async () => (await readiness())[1].parts.every((part) => part.ok))
  })

  it('take a server out while its database hangs, and put it back', async () => {
    const doctor = await world.signIn('doctor')
    await mariadb.kill('SIGSTOP')
    try {
      await waitFor('the server is told as not ready', async () => (await readiness())[0] === 503)
      const startedAt = performance.now()
      const [, { ready }] = await readiness()
      const tookMs = performance.now() - startedAt
      equal(ready, false)
      ok(tookMs < 1_500, `the answer took ${tookMs} ms`)
      const problem = await doctor.refusal(readSession)
      deepEqual([problem.status, problem.code, problem.retryable], [503, 'unavailable', true])
    } finally {
      await mariadb.kill('SIGCONT')
    }
    await waitFor('the database is told as back', async () => (await readiness())[0] === 200)
    await waitFor('the session works again', async () => (await doctor.call(readSession)).displayName)
  })

  it('see a server go: not ready, then gone, with every part closed', async () => {
    const second = await startWorld()
    const { url } = second.server()
    await second.close()
    await second.close()
    const refused = await fetch(`${url}/live`).then(
      () => false,
      () => true,
    )
    equal(refused, true)
  })
})

describe('Two servers of one clinic', function () {
  this.timeout(60_000)

  it('know the same sessions', async () => {
    const world = await startWorld({ engine: 'mariadb', servers: 2 })
    try {
      const doctor = await world.signIn('doctor', 0)
      doctor.origin = world.server(1).url
      equal((await doctor.call(readSession)).displayName, 'Dr. Doctor')
    } finally {
      await world.close()
    }
  })
})
