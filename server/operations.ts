import type { z } from 'zod'
import { DomainError } from '#shared/errors.ts'
import { readHealth } from '#shared/identity.ts'
import type { PartDetail } from '#shared/identity.ts'
import type { ListedModel } from '#shared/imaging-models.ts'
import { SfuError } from '#shared/sfu.ts'
import type { SfuControl } from '#shared/sfu.ts'
import type { Clock } from './platform/clock.ts'
import type { Coordination } from './platform/coordination.ts'
import type { Database } from './platform/db.ts'
import type { Http } from './platform/http.ts'
import type { Logger } from './platform/log.ts'
import { staff } from './platform/policy.ts'

export type OperationsNeeds = {
  http: Http
  clock: Clock
  log: Logger
  db: Database
  coordination: Coordination
  /** Whether several servers share the coordination store; alone, its health is our own. */
  redis: boolean
  /** What looks at pictures; the clinic's own ones too. */
  models: () => readonly Pick<ListedModel, 'name' | 'state'>[]
  sfus: ReadonlyMap<string, SfuControl>
  consults(): Promise<{ waiting: number; live: number }>
  version: string
  stopping(): boolean
}

const patienceMs = 500

/** How one dependency answered just now; `detail` is for administrators. */
type Part = z.output<typeof readHealth.reply>['parts'][number]
type Told = Pick<Part, 'ok' | 'detail'>

/** Is it alive, is it ready, how is it: for the machines that watch and for the administrator. */
export function addOperations(needs: OperationsNeeds): void {
  const { http, clock } = needs
  const upSince = clock.now()
  const ask = questioner(needs.log)

  http.app.get('/live', (_request, response) => {
    response.setHeader('Cache-Control', 'no-store').json({ live: true })
  })

  // Without Redis or a media server the product still serves charts and notes, and every server is in the same
  // position: taking them all out of the balancer would only make it worse. So these are told, and do not decide.
  http.app.get('/ready', async (_request, response) => {
    const parts = await allParts(needs, ask)
    const ready = !needs.stopping() && parts.every(({ name, ok }) => ok || name !== 'database')
    const told = parts.map(({ name, ok }) => ({ name, ok }))
    response
      .status(ready ? 200 : 503)
      .setHeader('Cache-Control', 'no-store')
      .json({ ready, parts: told })
  })

  http.route(readHealth, { policy: staff('administrator'), limit: 'read' }, async () => {
    const [parts, loads, consults] = await Promise.all([
      allParts(needs, ask),
      Promise.all([...needs.sfus.values()].map(loadOf)),
      needs.consults(),
    ])
    const answered = loads.filter((load) => load !== null)
    return {
      version: needs.version,
      upSince,
      memoryMb: Math.round(process.memoryUsage.rss() / 1_048_576),
      parts,
      consults,
      media: {
        workers: sum(answered.map(({ workers }) => workers.length)),
        rooms: sum(answered.map(({ rooms }) => rooms)),
        peers: sum(answered.map(({ peers }) => peers)),
      },
    }
  })
}

function allParts({ db, coordination, redis, sfus, models }: OperationsNeeds, ask: Ask): Promise<Part[]> {
  return Promise.all([
    ask('database', async () => {
      await db.ping(patienceMs)
      return well({ code: 'engine', engine: db.engine })
    }),
    ...(redis
      ? [
          ask('redis', async () => {
            await coordination.ping()
            return well(null)
          }),
        ]
      : []),
    // Numbered: anyone may ask whether the server is ready, and host names are nobody's business.
    ...[...sfus.values()].map((sfu, at) =>
      ask(`media ${at + 1}`, async () => {
        const { draining, workers, rooms } = await sfu.call('load', {})
        if (draining) return badly({ code: 'draining' })
        if (workers.length === 0) return badly({ code: 'no_worker' })
        return well({ code: 'media', workers: workers.length, rooms })
      }),
    ),
    ask('models', async () => {
      const all = models()
      const bad = all.filter(({ state }) => state === 'unavailable').map(({ name }) => name)
      if (bad.length > 0) return badly({ code: 'unusable', models: bad })
      return well({ code: 'models', models: all.length })
    }),
  ])
}

type Ask = (name: string, question: () => Promise<Told>) => Promise<Part>

/** Each dependency has its own patience: one that hangs does not hide the others. */
function questioner(log: Logger): Ask {
  const away = new Set<string>()
  // Balancers ask every few seconds: why a part does not answer is logged once, until it answers again.
  const note = (part: string, error: Error) => {
    if (away.has(part)) return
    away.add(part)
    log.warn({ part, err: error }, 'a part of the server does not answer')
  }
  return async (name, question) => {
    const startedAt = performance.now()
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<'late'>((resolve) => {
      timer = setTimeout(() => resolve('late'), patienceMs)
    })
    try {
      const told = await Promise.race([question(), late])
      const ms = since(startedAt)
      if (told === 'late') {
        note(name, new Error(`no answer within ${patienceMs} ms`))
        return { name, ...badly({ code: 'no_answer' }), ms }
      }
      away.delete(name)
      return { name, ...told, ms }
    } catch (error) {
      note(name, asError(error))
      return { name, ...badly(detailOf(error)), ms: since(startedAt) }
    } finally {
      clearTimeout(timer)
    }
  }
}

function well(detail: PartDetail | null): Told {
  return { ok: true, detail }
}

function badly(detail: PartDetail): Told {
  return { ok: false, detail }
}

function detailOf(error: unknown): PartDetail {
  const away =
    (error instanceof DomainError && error.code === 'unavailable') ||
    (error instanceof SfuError && error.code === 'sfu_unavailable')
  if (away) return { code: 'no_answer' }
  return { code: 'failed', text: error instanceof Error ? error.message : 'failed' }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error))
}

async function loadOf(sfu: SfuControl) {
  try {
    return await sfu.call('load', {})
  } catch {
    // Its part says already that it does not answer.
    return null
  }
}

function since(startedAt: number): number {
  return Math.round(performance.now() - startedAt)
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
