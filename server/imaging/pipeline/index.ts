import { createHash } from 'node:crypto'
import { availableParallelism } from 'node:os'
import type { Recipe, SmallPicture } from '#shared/imaging-recipe.ts'
import { quietLog, type ProcessLog } from '../processes/log.ts'
import { Pool, type PoolOptions, type PoolStats, type Turn } from '../processes/pool.ts'
import type { Derived } from './derive.ts'
import { mediaProgram } from './media-program.ts'
import { inspect, type Inspected } from './sniff.ts'
import { strip, type Stripped } from './strip.ts'
import type { MediaTasks, Pixels } from './tasks.ts'

export { ProcessesBusy, ProcessFailed, type FailureCode } from '../processes/errors.ts'
export { ImageRejected, type RejectCode } from './errors.ts'
export type { Derived, Inspected, Pixels, ProcessLog, PoolStats as PipelineStats, Stripped }

export type PipelineOptions = Partial<PoolOptions> & { log?: ProcessLog }

/** An upload that may be stored: stripped, described, and named by its hash. */
export type Accepted = Stripped & { sha256: string }

export type ImagingPipeline = {
  /** Reads the header of an upload; nothing is decoded. @throws ImageRejected. */
  inspect(bytes: Uint8Array): Inspected
  /** Inspects and strips an upload, and hashes what is left: the original to keep. @throws ImageRejected. */
  accept(bytes: Uint8Array): Accepted
  /**
   * Makes a derived picture in a media process, before those that wait by `begin`; with `preview` a small one of the
   * original, too. What is no recipe is refused where it came in.
   * @throws ImageRejected, ProcessesBusy, ProcessFailed.
   */
  derive(original: Uint8Array, recipe: Recipe, preview?: SmallPicture): Promise<Derived>
  /**
   * As `derive`, but after those, for steps that somebody put together; has the picture's place in the queue when it
   * returns, and throws at once what can be said at once.
   */
  begin(original: Uint8Array, recipe: Recipe): Promise<Derived>
  /**
   * Decodes a picture in a media process, for those who look at its samples; its longer edge is at most `maxEdge`.
   * Throws as `derive` does.
   */
  pixels(original: Uint8Array, maxEdge: number): Promise<Pixels>
  /** Starts the media processes ahead of need, for instance when a consult starts. @throws ProcessFailed. */
  warm(): Promise<void>
  stats(): PoolStats
  /** Ends all media processes. May be called again. */
  close(): Promise<void>
}

/** Builds the picture pipeline. Nothing is started until `warm` or the first `derive`. */
export function createPipeline({ log = quietLog, ...options }: PipelineOptions = {}): ImagingPipeline {
  const pool = new Pool<MediaTasks>(
    mediaProgram,
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
  // What was accepted here was walked from end to end, and is not walked again on the thread that serves everybody.
  const accepted = new WeakSet<Uint8Array>()
  const check = (original: Uint8Array) => void (accepted.has(original) || inspect(original))
  type Wish = { recipe: Recipe; preview: SmallPicture | null; turn: Turn }
  function enter(original: Uint8Array, { recipe, preview, turn }: Wish): Promise<Derived> {
    check(original)
    return pool
      .run({ task: 'derive', ask: { original, recipe, preview }, bytes: original.length, turn })
      .then((outcome) => ({ ...outcome, recipe }))
  }

  return {
    inspect,
    accept(bytes) {
      const stripped = strip(bytes)
      accepted.add(stripped.bytes)
      return { ...stripped, sha256: createHash('sha256').update(stripped.bytes).digest('hex') }
    },
    derive: async (original, recipe, preview) =>
      enter(original, { recipe, preview: preview ?? null, turn: 'first' }),
    begin: (original, recipe) => enter(original, { recipe, preview: null, turn: 'after' }),
    async pixels(original, maxEdge) {
      check(original)
      return pool.run({ task: 'pixels', ask: { original, maxEdge }, bytes: original.length, turn: 'after' })
    },
    warm: () => pool.warm(),
    stats: () => pool.stats(),
    close: () => pool.close(),
  }
}
