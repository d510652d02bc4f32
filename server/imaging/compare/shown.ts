import type { z } from 'zod'
import type { ConsultId, SnapshotId } from '#shared/ids.ts'
import type { Snapshot } from '#shared/imaging.ts'
import { mustBeLive } from '../../consult/index.ts'
import type { Context } from '../../platform/context.ts'
import type { BinaryReply } from '../../platform/http.ts'
import { asUser } from '../../platform/policy.ts'
import { findSnapshot, type SnapshotWithVariants } from '../../records/index.ts'
import { notFound } from '../errors.ts'
import type { ImagingNeeds } from '../needs.ts'
import { mayEnhance } from '../policy.ts'
import { present } from '../present.ts'
import { recordReading } from '../reading.ts'
import { originalOf } from '../samples.ts'
import { isShown, letSee } from './shown-pictures.store.ts'

type Which = { consultId: ConsultId; snapshotId: SnapshotId }

/**
 * The doctor of a live consult lets its patient see a picture of theirs from another visit, until the consult ends.
 * @throws not_found for everyone else and for another patient's picture, not_admitted, consult_ended
 */
export async function showPicture(
  needs: ImagingNeeds,
  ctx: Context,
  { consultId, snapshotId }: Which,
): Promise<void> {
  const { db, clock, consult, audit } = needs
  const action = 'snapshot.shown'
  const entity = { kind: 'snapshot', id: snapshotId }
  const { patientId, may } = await db.write(async (tx) => {
    const row = await consult.find(tx, consultId)
    const snapshot = await findSnapshot(tx, snapshotId)
    const found = { patientId: snapshot?.patientId ?? null, may: false }
    if (!row || !snapshot || consult.roleIn(ctx.actor, row) !== 'practitioner') return found
    if (snapshot.patientId !== row.patientId || !(await mayEnhance(needs, tx, ctx, snapshot))) return found
    const { practitionerId } = asUser(ctx.actor)
    if (practitionerId === null) return found
    mustBeLive(row.state)
    await letSee(tx, { consultId, snapshotId, shownAt: clock.now(), shownBy: practitionerId })
    audit.append(tx, ctx, { action, patientId: row.patientId, entity })
    return { ...found, may: true }
  })
  if (may) return
  await audit.record(ctx, { action, outcome: 'refused', patientId, entity })
  throw notFound()
}

/** What is to be known of a picture that is shown in a live consult, for those in it. @throws as readShownImage */
export async function readShown(
  needs: ImagingNeeds,
  ctx: Context,
  which: Which,
): Promise<z.input<typeof Snapshot>> {
  return present(await findShown(needs, ctx, which, 'snapshot.read'), ctx)
}

/** The original of a picture that is shown in a live consult. @throws not_found, not_admitted, consult_ended */
export async function readShownImage(needs: ImagingNeeds, ctx: Context, which: Which): Promise<BinaryReply> {
  const { blobKey, contentType } = originalOf(await findShown(needs, ctx, which, 'snapshot.viewed'))
  return { bytes: await needs.blobs.get(blobKey), contentType }
}

async function findShown(
  needs: ImagingNeeds,
  ctx: Context,
  { consultId, snapshotId }: Which,
  action: string,
): Promise<SnapshotWithVariants> {
  const { consult } = needs
  const { snapshot, row, may } = await needs.db.read(async (tx) => {
    const found = { row: await consult.find(tx, consultId), snapshot: await findSnapshot(tx, snapshotId) }
    const isOneOfThem = found.row !== null && consult.roleIn(ctx.actor, found.row) !== null
    const isTheirs = found.snapshot !== null && found.snapshot.patientId === found.row?.patientId
    return { ...found, may: isOneOfThem && isTheirs && (await isShown(tx, consultId, snapshotId)) }
  })
  await recordReading(needs, ctx, {
    action,
    patientId: snapshot?.patientId ?? null,
    entity: { kind: 'snapshot', id: snapshotId },
    may: may && row?.state === 'live',
  })
  if (!snapshot) throw notFound()
  return snapshot
}
