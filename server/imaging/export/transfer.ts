import type { z } from 'zod'
import { DomainError } from '#shared/errors.ts'
import type { SnapshotId } from '#shared/ids.ts'
import { RecordId } from '#shared/ids.ts'
import type { ArchiveTransfer } from '#shared/imaging-export.ts'
import type { Context } from '../../platform/context.ts'
import { claimKey } from '../../platform/idempotency.ts'
import type { Tx } from '../../platform/db.ts'
import { newId } from '../../platform/ids.ts'
import { drawingsOn, drawingsUid } from './drawings.ts'
import { exporter, findToExport, type Which } from './find-picture.ts'
import type { ExportNeeds } from './needs.ts'
import type { PictureExportRow } from './picture-export.entity.ts'
import * as store from './picture-exports.store.ts'

type Wire = z.input<typeof ArchiveTransfer>

/**
 * Puts a picture on its way to the archive, with what is drawn on it if that is asked for; what is on its way, or there, is not
 * sent again.
 * @throws as findToExport; conflict {reason: no_archive | nothing_drawn}, conflict for a key of another picture
 */
export async function sendToArchive(
  needs: ExportNeeds,
  ctx: Context,
  { idempotencyKey, drawings: withDrawings, ...which }: Which & { drawings: boolean; idempotencyKey: string },
): Promise<Wire> {
  const { db, clock } = needs
  const { snapshot } = await findToExport(needs, ctx, which)
  if (needs.archive === null) throw new DomainError('conflict', { reason: 'no_archive' })
  const createdBy = exporter(ctx)
  const id = newId(RecordId, clock)
  const wish = { ...which, patientId: snapshot.patientId, createdBy }
  return db.write(async (tx) => {
    const scope = `archive ${createdBy}`
    const made = await claimKey(tx, clock, { scope, key: idempotencyKey, resultId: id })
    const first = made === null ? null : await store.findExport(tx, RecordId.parse(made))
    const before = first ?? (await store.goodTransferOf(tx, which.snapshotId, which.enhancementId))
    if (before && (before.snapshotId !== which.snapshotId || before.enhancementId !== which.enhancementId))
      throw new DomainError('conflict')
    const row = before ?? (await queue(needs, ctx, tx, { ...wish, id, form: 'archive', instanceUid: null }))
    if (withDrawings && made === null) await queueDrawings(needs, ctx, tx, wish)
    return present(row)
  })
}

type Wish = Which & Pick<PictureExportRow, 'patientId' | 'createdBy'>

async function queueDrawings(needs: ExportNeeds, ctx: Context, tx: Tx, wish: Wish): Promise<void> {
  const { snapshotId, enhancementId } = wish
  const drawings = await drawingsOn(tx, snapshotId)
  if (drawings.length === 0) throw new DomainError('conflict', { reason: 'nothing_drawn' })
  const instanceUid = drawingsUid(enhancementId ?? snapshotId, drawings)
  if (await store.goodTransferOfDrawings(tx, snapshotId, instanceUid)) return
  const id = newId(RecordId, needs.clock)
  const ids = drawings.map((drawing) => drawing.id).join(' ')
  await queue(needs, ctx, tx, { ...wish, id, form: 'archive-pr', instanceUid }, { drawings: ids })
}

async function queue(
  { clock, audit, outbox }: ExportNeeds,
  ctx: Context,
  tx: Tx,
  wanted: Wish & Pick<PictureExportRow, 'id' | 'form' | 'instanceUid'>,
  also: { drawings?: string } = {},
): Promise<PictureExportRow> {
  const row: PictureExportRow = {
    ...wanted,
    purpose: 'treatment',
    createdAt: clock.now(),
    state: 'queued',
    failure: null,
    attempts: 0,
    settledAt: null,
    sha256: null,
  }
  await store.addExport(tx, row)
  await outbox.add(tx, { name: 'picture-export.queued', exportId: row.id, ...also })
  audit.append(tx, ctx, {
    action: 'snapshot.exported',
    patientId: row.patientId,
    entity: { kind: 'picture_export', id: row.id },
  })
  return row
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
  const { rows, drawings } = await needs.db.read(async (tx) => ({
    rows: await store.transfersOf(tx, snapshotId),
    drawings: await drawingsOn(tx, snapshotId),
  }))
  const isOutdated = ({ form, enhancementId, instanceUid }: PictureExportRow) =>
    form === 'archive-pr' && instanceUid !== drawingsUid(enhancementId ?? snapshotId, drawings)
  return {
    archive: needs.archive !== null,
    transfers: rows.map((row) => present(row, isOutdated(row))),
  }
}

function present(row: PictureExportRow, outdated = false): Wire {
  const { id, enhancementId, form, state, failure, createdAt, createdBy, settledAt } = row
  return {
    id,
    enhancementId,
    of: form === 'archive' ? 'picture' : 'drawings',
    outdated,
    state,
    failure,
    askedAt: createdAt,
    askedBy: createdBy,
    settledAt,
  }
}
