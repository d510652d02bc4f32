import type { z } from 'zod'
import { DomainError } from '#shared/errors.ts'
import type { SnapshotId } from '#shared/ids.ts'
import { RecordId } from '#shared/ids.ts'
import type { ArchiveTransfer } from '#shared/imaging-export.ts'
import type { Context } from '../../platform/context.ts'
import { claimKey } from '../../platform/idempotency.ts'
import { newId } from '../../platform/ids.ts'
import { exporter, findToExport, type Which } from './find-picture.ts'
import type { ExportNeeds } from './needs.ts'
import type { PictureExportRow } from './picture-export.entity.ts'
import * as store from './picture-exports.store.ts'

type Wire = z.input<typeof ArchiveTransfer>

/**
 * Puts a picture on its way to the archive; one that is on its way, or there, is not sent again.
 * @throws as findToExport; conflict {reason: no_archive}, conflict for a key of another picture
 */
export async function sendToArchive(
  needs: ExportNeeds,
  ctx: Context,
  { idempotencyKey, ...which }: Which & { idempotencyKey: string },
): Promise<Wire> {
  const { db, clock, audit, outbox } = needs
  const { snapshot } = await findToExport(needs, ctx, which)
  if (needs.archive === null) throw new DomainError('conflict', { reason: 'no_archive' })
  const createdBy = exporter(ctx)
  const id = newId(RecordId, clock)
  return db.write(async (tx) => {
    const scope = `archive ${createdBy}`
    const made = await claimKey(tx, clock, { scope, key: idempotencyKey, resultId: id })
    const before =
      made === null
        ? await store.goodTransferOf(tx, which.snapshotId, which.enhancementId)
        : await store.findExport(tx, RecordId.parse(made))
    if (before && (before.snapshotId !== which.snapshotId || before.enhancementId !== which.enhancementId))
      throw new DomainError('conflict')
    if (before) return present(before)
    const row: PictureExportRow = {
      id,
      ...which,
      patientId: snapshot.patientId,
      form: 'archive',
      purpose: 'treatment',
      createdAt: clock.now(),
      createdBy,
      state: 'queued',
      failure: null,
      attempts: 0,
      settledAt: null,
      instanceUid: null,
      sha256: null,
    }
    await store.addExport(tx, row)
    await outbox.add(tx, { name: 'picture-export.queued', exportId: id })
    audit.append(tx, ctx, {
      action: 'snapshot.exported',
      patientId: snapshot.patientId,
      entity: { kind: 'picture_export', id },
    })
    return present(row)
  })
}

/** Whether there is an archive, and what of this picture went there; newest first. @throws as findToExport */
export async function listArchiveTransfers(
  needs: ExportNeeds,
  ctx: Context,
  snapshotId: SnapshotId,
): Promise<{ archive: boolean; transfers: Wire[] }> {
  const { snapshot } = await findToExport(needs, ctx, { snapshotId, enhancementId: null })
  await needs.audit.record(ctx, {
    action: 'snapshot.transfers_listed',
    patientId: snapshot.patientId,
    entity: { kind: 'snapshot', id: snapshotId },
  })
  const transfers = await needs.db.read((tx) => store.transfersOf(tx, snapshotId))
  return { archive: needs.archive !== null, transfers: transfers.map(present) }
}

function present(row: PictureExportRow): Wire {
  const { id, enhancementId, state, failure, createdAt, createdBy, settledAt } = row
  return { id, enhancementId, state, failure, askedAt: createdAt, askedBy: createdBy, settledAt }
}
