import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { ModelCard } from '#shared/imaging-recognition.ts'
import type { ListedModel, ModelActivation } from '#shared/imaging-models.ts'
import type { Pixels } from '../../pipeline/tasks.ts'
import type { Program } from '../../processes/child.ts'
import { quietLog, type ProcessLog } from '../../processes/log.ts'
import { ProcessesBusy } from '../../processes/errors.ts'
import { Pool, type PoolOptions } from '../../processes/pool.ts'
import { checkFolder, foldersIn, Unusable } from './check.ts'
import { edgeFor } from './input.ts'
import { cardOf } from './manifest.ts'
import { isRefusalCode, ModelRefused } from './refused.ts'
import type { OwnModelFile, OwnModelTasks, Scored } from './tasks.ts'

export { ModelRefused } from './refused.ts'
export type { Scored } from './tasks.ts'

/** One of the clinic's own networks that was checked and may be run. */
export type OwnModel = {
  card: ModelCard
  activation: ModelActivation
  /** The longer edge, in pixels, that is enough of a picture of this size. */
  edgeFor(size: { width: number; height: number }): number
  /**
   * The labels with their scores, the highest first.
   * @throws ModelRefused when it gives something else now, ProcessesBusy, ProcessFailed
   */
  run(picture: Pixels): Promise<Scored[]>
}

export type OwnModels = {
  /** Resolves when all were looked at; never rejects. */
  checked(): Promise<void>
  list(): ListedModel[]
  /** Null unless there is one of this name that may be run. */
  find(name: string): OwnModel | null
  /** Ends the process. May be called again. */
  close(): Promise<void>
}

export type OwnModelOptions = Partial<PoolOptions> & { folder: string; log?: ProcessLog }

const program: Program = {
  name: 'own model',
  entry: fileURLToPath(new URL('worker.ts', import.meta.url)),
  env: { MALLOC_ARENA_MAX: '2' },
  execArgv: ['--max-old-space-size=256'],
  refused(code, reason) {
    if (!isRefusalCode(code)) throw new Error(`an own model's process refused with the unknown code ${code}`)
    return new ModelRefused(code, reason)
  },
}

const leastWaitMs = 500

type Kept = ListedModel & { file: OwnModelFile | null }

/**
 * Looks at the networks that the clinic has put into a folder, one after the other in the background: each is hashed,
 * opened and tried in a process of its own. What is wrong with one is told in the list and in the log; it stops nothing.
 */
export function createOwnModels({ folder, log = quietLog, ...options }: OwnModelOptions): OwnModels {
  const pool = new Pool<OwnModelTasks>(
    program,
    {
      size: 1,
      startTimeoutMs: 60_000,
      jobTimeoutMs: 15_000,
      memoryLimitMb: 1536,
      queueLength: 8,
      queueBytes: 48 * 1024 * 1024,
      idleMs: 5 * 60_000,
      ...options,
    },
    log,
  )
  let models: readonly Kept[] = []
  const end = new AbortController()

  /** Waits for room: that others are being run says nothing about this one. */
  async function tryOut(file: OwnModelFile): Promise<void> {
    for (;;)
      try {
        await pool.run({ task: 'tryOut', ask: file, bytes: 0, turn: 'after' })
        return
      } catch (error) {
        if (!(error instanceof ProcessesBusy)) throw error
        await setTimeout(Math.max(leastWaitMs, error.retryAfterMs), undefined, { signal: end.signal })
      }
  }

  async function checkAll(): Promise<void> {
    const names = await foldersIn(folder)
    models = names.map((name) => ({ ...unknown, name }))
    for (const name of names) {
      const found = await checkOne(name)
      if (end.signal.aborted) return
      models = models.map((model) => (model.name === name ? found : model))
    }
  }

  async function checkOne(name: string): Promise<Kept> {
    try {
      const file = await checkFolder(folder, name, tryOut)
      const card = cardOf(file.manifest, file.bytes)
      log.info({ modelId: name }, 'own model is ready')
      return { ...unknown, name, card, state: 'ready', file }
    } catch (error) {
      const unusable = error instanceof Unusable ? error : new Unusable('no_file', reasonOf(error))
      const { fault, message: detail, manifest, bytes } = unusable
      if (!end.signal.aborted)
        log.warn({ modelId: name, reason: fault, err: error }, 'own model cannot be used')
      const card = manifest && cardOf(manifest, bytes)
      return { ...unknown, name, card, state: 'unavailable', fault, detail }
    }
  }

  const checking = checkAll().catch((error: unknown) => {
    log.error({ err: error }, 'the folder of own models cannot be read')
  })

  return {
    checked: () => checking,
    list: () => models.map(({ file: _file, ...listed }) => listed),
    find(name) {
      const found = models.find((model) => model.name === name && model.state === 'ready')
      if (!found?.file || !found.card) return null
      const { file, card } = found
      return {
        card,
        activation: file.manifest.activation,
        edgeFor: (size) => edgeFor(size, file.manifest.input),
        async run(picture) {
          const ask = { ...file, picture }
          const bytes = picture.rgb.length
          return (await pool.run({ task: 'classify', ask, bytes, turn: 'after' })).labels
        },
      }
    },
    async close() {
      end.abort()
      await pool.close()
      await checking
    },
  }
}

/** Without the path: everybody of the clinic may read it. */
function reasonOf(error: unknown): string {
  return error instanceof Error && 'code' in error
    ? `it cannot be read: ${String(error.code)}`
    : 'it cannot be read'
}

const unknown = {
  origin: 'own',
  card: null,
  state: 'checking',
  fault: null,
  detail: null,
  file: null,
} as const
