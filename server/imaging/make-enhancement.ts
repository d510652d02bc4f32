import type { EnhancementFailure } from '#shared/imaging.ts'
import { Recipe } from '#shared/imaging-recipe.ts'
import { systemContext } from '../platform/context.ts'
import { findSnapshot } from '../records/index.ts'
import type { SnapshotWithVariants } from '../records/index.ts'
import type { EnhancementRow } from './enhancement.entity.ts'
import { findEnhancement, settleEnhancement, unfinishedEnhancements } from './enhancements.store.ts'
import type { ImagingNeeds } from './needs.ts'
import { ImageRejected, ProcessFailed } from './pipeline/index.ts'
import type { Derived, FailureCode } from './pipeline/index.ts'
import { takeUpAlone } from './take-up.ts'

/** One that no server has finished by then was left by one that died or was busy; another takes it up. */
const abandonedAfterMs = 30_000
const giveUpAfterMs = 30 * 60_000
const sweepEveryMs = 15_000

const failures = {
  timed_out: 'too_slow',
  out_of_memory: 'too_large',
  crashed: 'internal',
  internal: 'internal',
} as const satisfies Partial<Record<FailureCode, EnhancementFailure>>

/** Settles always: what went wrong is a value here, because nobody may be listening yet. */
type Attempt = Promise<{ ok: true; derived: Derived } | { ok: false; error: unknown }>
type Job = { row: EnhancementRow; snapshot: SnapshotWithVariants; attempt: Attempt }

export type EnhancementWork = {
  /** Stores and announces it when it is made. */
  finish(job: Job): void
  /** Waits for what is under way. */
  settled(): Promise<void>
}

/** Takes a place in the queue. @throws ProcessesBusy, ImageRejected, ProcessFailed, when that can be said at once */
export function beginAttempt(
  pipeline: Pick<ImagingNeeds['pipeline'], 'begin'>,
  original: Uint8Array,
  recipe: Recipe,
): Attempt {
  return pipeline.begin(original, recipe).then(
    (derived) => ({ ok: true as const, derived }),
    (error: unknown) => ({ ok: false as const, error }),
  )
}

/** Finishes what was asked for, on this server if it can and on another if it must. */
export function createEnhancementWork(needs: ImagingNeeds): EnhancementWork {
  const { db, clock, log, audit, jobs, coordination, blobs, consult, pipeline } = needs
  const underWay = new Map<string, Promise<void>>()

  function finish(job: Job): void {
    const done = store(job)
      .catch((error: unknown) =>
        log.warn({ enhancementId: job.row.id, err: error }, 'enhancement not stored; the sweep tries again'),
      )
      .finally(() => underWay.delete(job.row.id))
    underWay.set(job.row.id, done)
  }

  async function store({ row, snapshot, attempt }: Job): Promise<void> {
    const result = await attempt
    if (!result.ok) {
      const failure = failureOf(result.error)
      log.warn({ enhancementId: row.id, err: result.error }, 'enhancement could not be made')
      return failure === null ? undefined : settle(row, snapshot, { state: 'failed', failure })
    }
    const { engine, width, height, display } = result.derived
    const { key, sha256 } = await blobs.put(display)
    const made = { engine, width, height, bytes: display.length, blobKey: key, sha256 }
    await settle(row, snapshot, { state: 'ready', ...made })
  }

  async function settle(
    { id, snapshotId }: EnhancementRow,
    { patientId, consultId }: SnapshotWithVariants,
    settled: Parameters<typeof settleEnhancement>[2],
  ): Promise<void> {
    const { state } = settled
    const changed = await db.write(async (tx) => {
      if (!(await settleEnhancement(tx, id, settled))) return false
      audit.append(tx, systemContext('imaging', log), {
        action: 'enhancement.made',
        outcome: state === 'ready' ? 'success' : 'failure',
        patientId,
        entity: { kind: 'enhancement', id },
      })
      return true
    })
    if (changed && consultId)
      consult.tell(consultId, 'enhancement:changed', { enhancementId: id, snapshotId, state })
  }

  async function sweep(): Promise<void> {
    const now = clock.now()
    const left = await db.read((tx) => unfinishedEnhancements(tx, now - abandonedAfterMs))
    for (const row of left) {
      if (underWay.has(row.id)) continue
      // One that cannot be taken up must not keep those after it from their turn.
      await takeUpAlone(coordination, row.id, () => takeUp(row, now)).catch((error: unknown) =>
        log.warn({ enhancementId: row.id, err: error }, 'enhancement left behind; the sweep tries again'),
      )
    }
  }

  async function takeUp(row: EnhancementRow, now: number): Promise<void> {
    // Another server may have made it since this one looked.
    const { state } = (await db.read((tx) => findEnhancement(tx, row.id))) ?? {}
    if (state !== 'processing') return
    const snapshot = await db.read((tx) => findSnapshot(tx, row.snapshotId))
    const original = snapshot?.variants.find(({ variant }) => variant === 'original')
    if (!snapshot || !original) throw new Error('an enhancement without its original')
    if (row.askedAt < now - giveUpAfterMs)
      return settle(row, snapshot, { state: 'failed', failure: 'internal' })
    const recipe = Recipe.parse(JSON.parse(row.recipeJson))
    const attempt = beginAttempt(pipeline, await blobs.get(original.blobKey), recipe)
    await store({ row, snapshot, attempt })
  }

  jobs.every('unfinished enhancements', sweepEveryMs, sweep)
  return {
    finish,
    async settled() {
      await Promise.all(underWay.values())
    },
  }
}

/** Null: not its fault, so it waits for a better moment. */
function failureOf(error: unknown): EnhancementFailure | null {
  if (error instanceof ImageRejected) return 'unreadable'
  if (!(error instanceof ProcessFailed)) return 'internal'
  return error.code === 'closed' || error.code === 'unavailable' ? null : failures[error.code]
}
