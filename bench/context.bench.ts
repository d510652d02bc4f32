import { mkdtemp, rm } from 'node:fs/promises'
import { Agent, get } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer, type RunningServer } from '#server/compose.ts'
import { parseConfig } from '#server/config.ts'
import { systemContext } from '#server/platform/context.ts'
import { loadContext } from '#server/records/context.ts'
import { signIn } from '#shared/identity.ts'
import type { PatientId } from '#shared/ids.ts'
import { PatientContext, readPatientContext } from '#shared/records.ts'
import { Client } from '#test/support/client.ts'
import { TestClock } from '#test/support/test-clock.ts'
import { rowsByHand, startPeer } from './context-peer.ts'
import { bounded, compared, median, percentile, type BenchResult } from './result.ts'
import { seedMany } from './seed-many.ts'

const patients = 10_000
const rounds = 9
const requestsOfRound = 100
const ratioLimit = 2
const p95LimitMs = 50

/** Passwords of benchmarks protect nothing. */
const password = 'bench-bench-bench-42'

/**
 * The whole side panel of the consult in one request: embedded SQLite, 10,000 patients, a different one each time, every
 * seventh with the longest chart. Two comparisons and one limit:
 *
 * 1. Rows: what the product reads and shapes, to the same rows by hand-written SQL through the same driver and
 *    connection; neither side has HTTP, a session or an audit.
 * 2. Request: GET /api/patients/:id/context as a browser sends it (session, rate limit, care relationship, audit entry in
 *    the hash chain synced to disk, reply checked by its schema), to bare node:http in the same process that does the
 *    same database work with hand-written SQL and checks nothing else; see context-peer.ts. One keep-alive client asks
 *    both in turn.
 * 3. The 95th percentile of that request.
 */
export async function run(): Promise<BenchResult[]> {
  const folder = await mkdtemp(join(tmpdir(), 'bedside-bench-context-'))
  const clock = new TestClock()
  const config = parseConfig({ DATA_DIR: folder, PORT: '0', LOG_LEVEL: 'error', NODE_ENV: 'test' })
  const server = await createServer(config, { clock, clientDir: null, sfus: new Map() })
  try {
    const { cookie, ids } = await furnish(server)
    const peer = await startPeer(server.house.db)
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    const ask = async (url: string): Promise<number> => {
      // The rate limiter must not be what is measured: it believes that time passes between the requests.
      clock.advance(100)
      const started = performance.now()
      const bytes = await read(url, agent, cookie)
      const ms = performance.now() - started
      if (bytes < 10_000) throw new Error(`a context of ${bytes} bytes is too short to be one`)
      return ms
    }
    const ours = (id: PatientId) => ask(`${server.url}/api/patients/${id}/context`)
    const theirs = (id: PatientId) => ask(`${peer.url}/${id}`)
    const { db } = server.house
    const rowsOf = (id: PatientId) => timed(() => db.read((tx) => loadContext(tx, id)))
    const handRowsOf = (id: PatientId) => timed(() => db.read((tx) => rowsByHand(tx, id)))
    const measured = { rows: [], handRows: [], request: [], handRequest: [], p95: [] } as Record<
      string,
      number[]
    >
    for (let round = -2; round < rounds; round++) {
      const times = { rows: [], handRows: [], request: [], handRequest: [] } as Record<string, number[]>
      for (let n = 0; n < requestsOfRound; n++) {
        const id = idAt(ids, (round + 2) * requestsOfRound + n)
        const pairs = [
          [
            ['rows', rowsOf],
            ['handRows', handRowsOf],
          ],
          [
            ['request', ours],
            ['handRequest', theirs],
          ],
        ] as const
        // Whoever comes second finds the pages in memory, so the two take turns.
        for (const [mine, other] of pairs)
          for (const [name, ask] of n % 2 === 0 ? [mine, other] : [other, mine])
            times[name]?.push(await ask(id))
      }
      if (round < 0) continue
      for (const [name, all] of Object.entries(times)) measured[name]?.push(median(all))
      measured['p95']?.push(percentile(times['request'] ?? [], 95))
    }
    const { rows = [], handRows = [], request = [], handRequest = [], p95 = [] } = measured
    agent.destroy()
    await peer.close()
    return [
      compared('patient context, rows, to SQL by hand', 'ms', rows, handRows, ratioLimit),
      compared(
        'patient context, request, to bare HTTP with SQL by hand',
        'ms',
        request,
        handRequest,
        ratioLimit,
      ),
      bounded('patient context, request, p95 of 10,000 patients', 'ms', p95, p95LimitMs),
    ]
  } finally {
    await server.close()
    await rm(folder, { recursive: true, force: true })
  }
}

/** A hospital with one doctor who treats everyone; every seventh measured patient has the longest chart. */
async function furnish({ house, url }: RunningServer): Promise<{ cookie: string; ids: PatientId[] }> {
  const { identity, log, db } = house
  const ctx = systemContext('bench', log)
  const place = { kind: 'hospital', parentId: null, zone: 'UTC', telecom: null, address: null } as const
  const { id: organizationId } = await identity.addOrganization(ctx, { name: 'Bench', ...place })
  const email = 'doctor@bench.example'
  const { practitionerId } = await identity.addPerson(ctx, {
    role: 'practitioner',
    displayName: 'Dr. Bench',
    specialty: 'Measuring',
    email,
    password,
    organizationId,
  })
  if (practitionerId === null) throw new Error('the doctor cannot be booked')
  const { ordinary, longest } = await seedMany(db, { organizationId, practitionerId, patients })
  const client = new Client(url)
  await client.call(signIn, { body: { email, password } })
  const ids = ordinary.filter((_, n) => n % 9 === 0).flatMap((id, n) => (n % 7 === 0 ? [id, longest[(n / 7) % longest.length] ?? id] : [id])) // prettier-ignore
  const [first] = ids
  if (!first) throw new Error('there is nobody to ask for')
  PatientContext.parse(await client.call(readPatientContext, { params: { patientId: first } }))
  return { ids, cookie: [...client.cookies].map(([name, value]) => `${name}=${value}`).join('; ') }
}

function read(url: string, agent: Agent, cookie: string): Promise<number> {
  return new Promise((resolve, reject) => {
    get(url, { agent, headers: { cookie } }, (response) => {
      let bytes = 0
      response.on('data', (chunk: Buffer) => (bytes += chunk.length))
      response.on('end', () => (response.statusCode === 200 ? resolve(bytes) : reject(new Error(`status ${response.statusCode}`)))) // prettier-ignore
    }).on('error', reject)
  })
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return performance.now() - started
}

function idAt(ids: readonly PatientId[], n: number): PatientId {
  const id = ids[n % ids.length]
  if (!id) throw new Error('there is nobody to ask for')
  return id
}
