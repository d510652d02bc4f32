import { createHash } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { Recipe } from '#shared/imaging-recipe.ts'
import type { Derived } from './derive.ts'
import { quietLog, type PipelineLog } from './log.ts'
import { Pool, type PoolOptions, type PoolStats, type Turn } from './pool.ts'
import { inspect, type Inspected } from './sniff.ts'
import { strip, type Stripped } from './strip.ts'

export { ImageRejected, PipelineBusy, PipelineFailed, type FailureCode, type RejectCode } from './errors.ts'
export type { Derived, Inspected, PipelineLog, PoolStats as PipelineStats, Stripped }

export type PipelineOptions = Partial<PoolOptions> & { log?: PipelineLog }

/** An upload that may be stored: stripped, described, and named by its hash. */
export type Accepted = Stripped & { sha256: string }

export type ImagingPipeline = {
  /** Reads the header of an upload; nothing is decoded. @throws ImageRejected. */
  inspect(bytes: Uint8Array): Inspected
  /** Inspects and strips an upload, and hashes what is left: the original to keep. @throws ImageRejected. */
  accept(bytes: Uint8Array): Accepted
  /**
   * Makes a derived picture in a media process, before those that wait by `begin`.
   * @throws ImageRejected, PipelineBusy, PipelineFailed; a ZodError when the recipe is none.
   */
  derive(original: Uint8Array, recipe: Recipe): Promise<Derived>
  /**
   * As `derive`, but after those, for steps that somebody put together; has the picture's place in the queue when it
   * returns, and throws at once what can be said at once.
   */
  begin(original: Uint8Array, recipe: Recipe): Promise<Derived>
  /** Starts the media processes ahead of need, for instance when a consult starts. @throws PipelineFailed. */
  warm(): Promise<void>
  stats(): PoolStats
  /** Ends all media processes. May be called again. */
  close(): Promise<void>
}

/** Builds the picture pipeline. Nothing is started until `warm` or the first `derive`. */
export function createPipeline({ log = quietLog, ...options }: PipelineOptions = {}): ImagingPipeline {
  const pool = new Pool(
    {
      // The server and the SFU need the other half.
      size: Math.max(1, Math.floor(availableParallelism() / 2)),
      startTimeoutMs: 15_000,
      jobTimeoutMs: 8_000,
      memoryLimitMb: 768,
      queueLength: 32,
      queueBytes: 96 * 1024 * 1024,
      idleMs: 5 * 60_000,
      ...options,
    },
    log,
  )
  function enter(original: Uint8Array, recipe: Recipe, turn: Turn): Promise<Derived> {
    const checked = Recipe.parse(recipe)
    inspect(original)
    return pool.run(original, checked, turn)
  }

  return {
    inspect,
    accept(bytes) {
      const stripped = strip(bytes)
      return { ...stripped, sha256: createHash('sha256').update(stripped.bytes).digest('hex') }
    },
    derive: async (original, recipe) => enter(original, recipe, 'first'),
    begin: (original, recipe) => enter(original, recipe, 'after'),
    warm: () => pool.warm(),
    stats: () => pool.stats(),
    close: () => pool.close(),
  }
}
