import type { z } from 'zod'
import type { ConsultId, SnapshotId } from '#shared/ids.ts'
import type { Snapshot, SnapshotVariant } from '#shared/imaging.ts'
import type { Context } from '../platform/context.ts'
import type { BinaryReply } from '../platform/http.ts'
import { findSnapshot, snapshotsOfConsult } from '../records/index.ts'
import type { SnapshotWithVariants } from '../records/index.ts'
import { notFound } from './errors.ts'
import type { ImagingNeeds } from './needs.ts'
import { maySee } from './policy.ts'
import { present } from './present.ts'
import { recordReading } from './reading.ts'

/** All pictures of one consult, newest first, for its two participants. */
export async function listSnapshots(
  needs: ImagingNeeds,
  ctx: Context,
  consultId: ConsultId,
): Promise<z.input<typeof Snapshot>[]> {
  const { db, consult, audit } = needs
  const { patientId, snapshots } = await db.read(async (tx) => {
    const row = await consult.find(tx, consultId)
    if (!row || consult.roleIn(ctx.actor, row) === null) throw notFound()
    return { patientId: row.patientId, snapshots: await snapshotsOfConsult(tx, consultId) }
  })
  await audit.record(ctx, {
    action: 'snapshot.listed',
    patientId,
    entity: { kind: 'consult', id: consultId },
  })
  return snapshots.map((row) => present(row, ctx))
}

export async function readSnapshot(
  needs: ImagingNeeds,
  ctx: Context,
  id: SnapshotId,
): Promise<z.input<typeof Snapshot>> {
  return present(await findForReading(needs, ctx, id, 'snapshot.read'), ctx)
}

/** The bytes of one form. */
export async function readImage(
  needs: ImagingNeeds,
  ctx: Context,
  { snapshotId, variant }: { snapshotId: SnapshotId; variant: z.infer<typeof SnapshotVariant> },
): Promise<BinaryReply> {
  const snapshot = await findForReading(needs, ctx, snapshotId, 'snapshot.viewed')
  const form = (wanted: typeof variant) => snapshot.variants.find((stored) => stored.variant === wanted)
  const stored = form(variant) ?? (variant === 'preview' ? form('original') : undefined)
  if (!stored) throw notFound()
  return {
    bytes: await needs.blobs.get(stored.blobKey),
    contentType: stored.contentType,
  }
}

async function findForReading(
  needs: ImagingNeeds,
  ctx: Context,
  id: SnapshotId,
  action: string,
): Promise<SnapshotWithVariants> {
  const { snapshot, may } = await needs.db.read(async (tx) => {
    const found = await findSnapshot(tx, id)
    return { snapshot: found, may: found !== null && (await maySee(needs, tx, ctx, found)) }
  })
  await recordReading(needs, ctx, {
    action,
    patientId: snapshot?.patientId ?? null,
    entity: { kind: 'snapshot', id },
    may,
  })
  if (!snapshot) throw notFound()
  return snapshot
}
