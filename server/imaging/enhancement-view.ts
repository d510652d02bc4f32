import type { z } from 'zod'
import type { EnhancementId, SnapshotId } from '#shared/ids.ts'
import type { Enhancement } from '#shared/imaging.ts'
import type { Context } from '../platform/context.ts'
import type { BinaryReply } from '../platform/http.ts'
import { findSnapshot } from '../records/index.ts'
import type { EnhancementRow } from './enhancement.entity.ts'
import { enhancementsOf, findEnhancement } from './enhancements.store.ts'
import { notFound } from './errors.ts'
import type { ImagingNeeds } from './needs.ts'
import { maySee } from './policy.ts'
import { presentEnhancement } from './present.ts'
import { recordReading } from './reading.ts'

/** All enhancements of one picture, oldest first, for whoever may see the picture. */
export async function listEnhancements(
  needs: ImagingNeeds,
  ctx: Context,
  snapshotId: SnapshotId,
): Promise<z.input<typeof Enhancement>[]> {
  const { snapshot, may, rows } = await needs.db.read(async (tx) => {
    const found = await findSnapshot(tx, snapshotId)
    const seen = found !== null && (await maySee(needs, tx, ctx, found))
    return { snapshot: found, may: seen, rows: seen ? await enhancementsOf(tx, snapshotId) : [] }
  })
  await recordReading(needs, ctx, {
    action: 'enhancement.listed',
    patientId: snapshot?.patientId ?? null,
    entity: { kind: 'snapshot', id: snapshotId },
    may,
  })
  return rows.map(presentEnhancement)
}

export async function readEnhancement(
  needs: ImagingNeeds,
  ctx: Context,
  id: EnhancementId,
): Promise<z.input<typeof Enhancement>> {
  return presentEnhancement(await findForReading(needs, ctx, id, 'enhancement.read'))
}

/** The bytes; they never change. */
export async function readEnhancementImage(
  needs: ImagingNeeds,
  ctx: Context,
  id: EnhancementId,
): Promise<BinaryReply> {
  const { blobKey } = await findForReading(needs, ctx, id, 'enhancement.viewed')
  if (blobKey === null) throw notFound()
  return { bytes: await needs.blobs.get(blobKey), contentType: 'image/jpeg' }
}

async function findForReading(
  needs: ImagingNeeds,
  ctx: Context,
  id: EnhancementId,
  action: string,
): Promise<EnhancementRow> {
  const { row, snapshot, may } = await needs.db.read(async (tx) => {
    const found = await findEnhancement(tx, id)
    const parent = found && (await findSnapshot(tx, found.snapshotId))
    return { row: found, snapshot: parent, may: parent !== null && (await maySee(needs, tx, ctx, parent)) }
  })
  await recordReading(needs, ctx, {
    action,
    patientId: snapshot?.patientId ?? null,
    entity: { kind: 'enhancement', id },
    may,
  })
  if (!row) throw notFound()
  return row
}
