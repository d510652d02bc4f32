import type { ConsultId, PatientId, SnapshotId } from '#shared/ids.ts'
import { presets, type Recipe, type SmallPicture } from '#shared/imaging-recipe.ts'
import type { StoredPicture } from '../records/index.ts'
import { findSnapshot, setDerived, unfinishedSnapshots } from '../records/index.ts'
import { systemContext } from '../platform/context.ts'
import { madeAt } from '../platform/ids.ts'
import type { ImagingNeeds } from './needs.ts'
import { ProcessesBusy, ProcessFailed } from './pipeline/index.ts'
import { qualityOf } from './quality.ts'
import { takeUpAlone } from './take-up.ts'
import type { Accepted } from './pipeline/index.ts'

const preset = 'balanced'
/** Lists show small ones: sharp at the width of a card with two pixels a point when they lie, with one when they stand. */
export const small: SmallPicture = { maxEdge: 512, quality: 75 }
export const automaticRecipe: Recipe = { ...presets[preset], thumbnail: small }
const recipeName = `${preset}@${automaticRecipe.version}`
/** A picture that no server has finished by then was left by one that died; another takes it up. */
const abandonedAfterMs = 30_000
const giveUpAfterMs = 30 * 60_000
const sweepEveryMs = 15_000

type Picture = { id: SnapshotId; patientId: PatientId; consultId: ConsultId | null }
type Outcome = Awaited<ReturnType<ImagingNeeds['pipeline']['derive']>>
/** Settles always: what went wrong is a value here, because nobody may be listening yet. */
type Attempt = Promise<{ ok: true; outcome: Outcome } | { ok: false; error: unknown }>

/** The better picture that every snapshot gets by itself. */
export type AutomaticPictures = {
  /** Starts at once, while the original is still being stored. */
  begin(original: Accepted['bytes']): Attempt
  /** Stores and announces the result when it is there. */
  finish(picture: Picture, attempt: Attempt): void
  /** Waits for what is under way. */
  settled(): Promise<void>
}

export function createAutomaticPictures(needs: ImagingNeeds): AutomaticPictures {
  const { db, clock, log, audit, jobs, coordination, blobs, consult, pipeline } = needs
  const underWay = new Map<SnapshotId, Promise<void>>()

  function begin(original: Buffer): Attempt {
    return pipeline.derive(original, automaticRecipe, small).then(
      (outcome) => ({ ok: true as const, outcome }),
      (error: unknown) => ({ ok: false as const, error }),
    )
  }

  async function store(picture: Picture, attempt: Attempt): Promise<void> {
    const result = await attempt
    if (!result.ok) {
      if (mayDoLater(result.error)) {
        log.warn({ snapshotId: picture.id, err: result.error }, 'picture waits for the media processes')
        return
      }
      log.warn({ snapshotId: picture.id, err: result.error }, 'picture could not be enhanced')
      return announce(
        picture,
        await db.write((tx) => setDerived(tx, picture.id, { state: 'failed' })),
        'failed',
      )
    }
    const { outcome } = result
    const { display, thumbnail, preview, width, height } = outcome
    const size = { width, height }
    const variants = await Promise.all([
      keep('enhanced', display, { contentType: 'image/jpeg', ...size }),
      keep('thumbnail', thumbnail, { contentType: 'image/webp', ...size }),
      ...(preview ? [keep('preview', preview, { contentType: 'image/webp', ...size })] : []),
    ])
    const stored = await db.write(async (tx) => {
      const changed = await setDerived(tx, picture.id, {
        state: 'ready',
        recipe: recipeName,
        recipeJson: JSON.stringify({ ...automaticRecipe, engine: outcome.engine }),
        qualityJson: JSON.stringify(qualityOf(outcome.measures)),
        variants,
      })
      if (changed)
        audit.append(tx, systemContext('imaging', log), {
          action: 'snapshot.enhanced',
          patientId: picture.patientId,
          entity: { kind: 'snapshot', id: picture.id },
        })
      return changed
    })
    announce(picture, stored, 'ready')
  }

  async function keep(
    variant: 'preview' | 'enhanced' | 'thumbnail',
    content: Buffer,
    about: Pick<StoredPicture, 'contentType' | 'width' | 'height'>,
  ): Promise<StoredPicture> {
    const { key, sha256 } = await blobs.put(content)
    return { variant, blobKey: key, sha256, bytes: content.length, ...about }
  }

  function announce({ id, consultId }: Picture, changed: boolean, state: 'ready' | 'failed'): void {
    if (changed && consultId) consult.tell(consultId, 'snapshot:enhanced', { snapshotId: id, state })
  }

  function finish(picture: Picture, attempt: Attempt): void {
    const done = store(picture, attempt)
      .catch((error: unknown) =>
        log.warn(
          { snapshotId: picture.id, err: error },
          'enhanced picture not stored; the sweep tries again',
        ),
      )
      .finally(() => underWay.delete(picture.id))
    underWay.set(picture.id, done)
  }

  async function sweep(): Promise<void> {
    const now = clock.now()
    const left = await db.read((tx) => unfinishedSnapshots(tx, now - abandonedAfterMs))
    for (const snapshot of left) {
      if (underWay.has(snapshot.id)) continue
      // One that cannot be taken up must not keep those after it from their turn.
      await takeUpAlone(coordination, snapshot.id, () => takeUp(snapshot, now)).catch((error: unknown) =>
        log.warn({ snapshotId: snapshot.id, err: error }, 'picture left behind; the sweep tries again'),
      )
    }
  }

  async function takeUp(picture: Picture, now: number): Promise<void> {
    const { id } = picture
    // One of an earlier visit was taken long before it was added.
    if (madeAt(id) < now - giveUpAfterMs)
      return announce(picture, await db.write((tx) => setDerived(tx, id, { state: 'failed' })), 'failed')
    const whole = await db.read((tx) => findSnapshot(tx, id))
    // Another server may have made it since this one looked.
    if (whole?.state !== 'processing') return
    const original = whole.variants.find(({ variant }) => variant === 'original')
    if (original) await store(picture, begin(await blobs.get(original.blobKey)))
  }

  jobs.every('unfinished pictures', sweepEveryMs, sweep)
  return {
    begin,
    finish,
    async settled() {
      await Promise.all(underWay.values())
    },
  }
}

/** Not the picture's fault: the processes are busy, or end with their server. */
function mayDoLater(error: unknown): boolean {
  if (error instanceof ProcessesBusy) return true
  return error instanceof ProcessFailed && (error.code === 'closed' || error.code === 'unavailable')
}
