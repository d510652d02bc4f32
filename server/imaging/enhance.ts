import type { z } from 'zod'
import { DomainError } from '#shared/errors.ts'
import { EnhancementId, type SnapshotId } from '#shared/ids.ts'
import type { Enhancement } from '#shared/imaging.ts'
import type { PresetName, Recipe } from '#shared/imaging-recipe.ts'
import type { Context } from '../platform/context.ts'
import { isUniqueViolation } from '../platform/db.ts'
import { claimKey } from '../platform/idempotency.ts'
import { newId } from '../platform/ids.ts'
import { asUser } from '../platform/policy.ts'
import type { SnapshotWithVariants } from '../records/index.ts'
import type { EnhancementRow } from './enhancement.entity.ts'
import * as store from './enhancements.store.ts'
import { asFact, notFound, tooManyEnhancements } from './errors.ts'
import { findTreated } from './find-treated.ts'
import { beginAttempt, type EnhancementWork } from './make-enhancement.ts'
import type { ImagingNeeds } from './needs.ts'
import { presentEnhancement } from './present.ts'
import { nameRecipe, type NamedRecipe } from './recipes.ts'
import { originalOf } from './samples.ts'

type Request = { snapshotId: SnapshotId; by: PresetName | Recipe; idempotencyKey: string }

const maxPerSnapshot = 100

/**
 * Has a picture made of the original by a recipe, beside those that there are. One that was made before is not made
 * again; one that failed is.
 * @throws not_found, limit_reached, conflict for a key of another wish, busy with the time after which there may be room
 */
export async function enhanceSnapshot(
  needs: ImagingNeeds & { enhancements: EnhancementWork },
  ctx: Context,
  { snapshotId, by, idempotencyKey }: Request,
): Promise<z.input<typeof Enhancement>> {
  const { db, blobs, pipeline, enhancements, consult } = needs
  const named = nameRecipe(by)
  const snapshot = await findTreated(needs, ctx, { snapshotId, action: 'enhancement.asked' })
  const { before, count } = await db.read(async (tx) => ({
    before: await store.enhancementByRecipe(tx, snapshotId, named.hash),
    count: await store.countEnhancements(tx, snapshotId),
  }))
  if (before && before.state !== 'failed') {
    await recordAsked(needs, ctx, snapshot, before)
    return presentEnhancement(before)
  }
  if (!before && count >= maxPerSnapshot) throw tooManyEnhancements()
  const bytes = await blobs.get(originalOf(snapshot).blobKey)
  let attempt
  try {
    attempt = beginAttempt(pipeline, bytes, named.recipe)
  } catch (error) {
    throw asFact(error)
  }
  const { row, isNew } = await keepRow(needs, ctx, { snapshot, named, idempotencyKey })
  if (isNew) {
    enhancements.finish({ row, snapshot, attempt })
    if (snapshot.consultId)
      consult.tell(snapshot.consultId, 'enhancement:changed', {
        enhancementId: row.id,
        snapshotId,
        state: row.state,
      })
  }
  return presentEnhancement(row)
}

function recordAsked(
  { audit }: ImagingNeeds,
  ctx: Context,
  { patientId }: SnapshotWithVariants,
  { id }: EnhancementRow,
): Promise<void> {
  return audit.record(ctx, {
    action: 'enhancement.asked',
    patientId,
    entity: { kind: 'enhancement', id },
  })
}

type Kept = { row: EnhancementRow; isNew: boolean }
type ToKeep = { snapshot: SnapshotWithVariants; named: NamedRecipe; idempotencyKey: string }

async function keepRow(needs: ImagingNeeds, ctx: Context, asked: ToKeep): Promise<Kept> {
  const { db } = needs
  const { snapshot, named } = asked
  try {
    return await writeRow(needs, ctx, asked)
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    // Two asked for the same at once; the other one was first.
    const first = await db.read((tx) => store.enhancementByRecipe(tx, snapshot.id, named.hash))
    if (!first) throw error
    await recordAsked(needs, ctx, snapshot, first)
    return { row: first, isNew: false }
  }
}

function writeRow(
  { db, clock, audit }: ImagingNeeds,
  ctx: Context,
  { snapshot, named, idempotencyKey }: ToKeep,
): Promise<Kept> {
  const { practitionerId } = asUser(ctx.actor)
  if (practitionerId === null) throw notFound()
  const id = newId(EnhancementId, clock)
  return db.write(async (tx) => {
    const scope = `enhancement ${practitionerId}`
    const made = await claimKey(tx, clock, { scope, key: idempotencyKey, resultId: id })
    const byKey = made === null ? null : await store.findEnhancement(tx, EnhancementId.parse(made))
    if (byKey && (byKey.snapshotId !== snapshot.id || byKey.recipeHash !== named.hash))
      throw new DomainError('conflict')
    if (byKey) return { row: byKey, isNew: false }
    const now = clock.now()
    const before = await store.enhancementByRecipe(tx, snapshot.id, named.hash)
    const row: EnhancementRow = {
      id: before?.id ?? id,
      snapshotId: snapshot.id,
      name: named.name,
      recipeHash: named.hash,
      recipeJson: named.json,
      state: 'processing',
      failure: null,
      createdAt: before?.createdAt ?? now,
      createdBy: before?.createdBy ?? practitionerId,
      askedAt: now,
      ...nothingYet,
    }
    if (before) {
      if (!(await store.restartEnhancement(tx, before.id, now))) return { row: before, isNew: false }
    } else {
      if ((await store.countEnhancements(tx, snapshot.id)) >= maxPerSnapshot) throw tooManyEnhancements()
      await store.addEnhancement(tx, row)
    }
    audit.append(tx, ctx, {
      action: 'enhancement.asked',
      patientId: snapshot.patientId,
      entity: { kind: 'enhancement', id: row.id },
    })
    return { row, isNew: true }
  })
}

const nothingYet = { engine: null, blobKey: null, sha256: null, bytes: null, width: null, height: null }
