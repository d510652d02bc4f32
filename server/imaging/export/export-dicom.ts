import type { SnapshotId } from '#shared/ids.ts'
import { DomainError } from '#shared/errors.ts'
import { RecordId } from '#shared/ids.ts'
import type { CarePurpose, DicomExport, ExportPurpose } from '#shared/imaging-export.ts'
import type { Context } from '../../platform/context.ts'
import type { BinaryReply } from '../../platform/http.ts'
import { newId } from '../../platform/ids.ts'
import { asFact } from '../errors.ts'
import type { PictureToExport } from './find-picture.ts'
import { exporter, findToExport, type Which } from './find-picture.ts'
import { makeDicom, makeDrawings } from './make-dicom.ts'
import type { ExportNeeds } from './needs.ts'
import { addExport } from './picture-exports.store.ts'
import type { PictureExportRow } from './picture-export.entity.ts'

/** Hands a picture out as a DICOM file, and keeps who took it for what. @throws as findToExport, busy, image_rejected */
export async function exportDicom(
  needs: ExportNeeds,
  ctx: Context,
  { snapshotId, ...wanted }: DicomExport & { snapshotId: SnapshotId },
): Promise<BinaryReply> {
  const picture = await findToExport(needs, ctx, { snapshotId, enhancementId: wanted.enhancementId })
  const person = wanted.person === 'kept' ? wanted.person : { areas: wanted.areas }
  const { bytes, instanceUid, sha256 } = await orFact(makeDicom(needs, picture, person))
  const form = wanted.person === 'kept' ? 'file' : 'deidentified'
  await keepExport(needs, ctx, { picture, form, purpose: wanted.purpose, instanceUid, sha256 })
  return { bytes, contentType: 'application/dicom' }
}

/** Hands out what is drawn on a picture as a DICOM file. @throws as exportDicom; conflict {reason: nothing_drawn} */
export async function exportDrawings(
  needs: ExportNeeds,
  ctx: Context,
  { purpose, ...which }: Which & { purpose: CarePurpose },
): Promise<BinaryReply> {
  const picture = await findToExport(needs, ctx, which)
  const made = await orFact(makeDrawings(needs, picture))
  if (!made) throw new DomainError('conflict', { reason: 'nothing_drawn' })
  const { bytes, instanceUid, sha256 } = made
  await keepExport(needs, ctx, { picture, form: 'drawings', purpose, instanceUid, sha256 })
  return { bytes, contentType: 'application/dicom' }
}

async function orFact<T>(making: Promise<T>): Promise<T> {
  try {
    return await making
  } catch (error) {
    throw asFact(error)
  }
}

type Export = {
  picture: PictureToExport
  form: 'file' | 'deidentified' | 'drawings' | 'sheet'
  purpose: ExportPurpose
} & Pick<PictureExportRow, 'instanceUid' | 'sha256'>

/** The row tells the purpose; the audit trail tells of the row. */
export async function keepExport(
  { db, clock, audit }: ExportNeeds,
  ctx: Context,
  { picture, ...exported }: Export,
): Promise<void> {
  const { snapshot, enhancement } = picture
  const id = newId(RecordId, clock)
  const now = clock.now()
  await db.write(async (tx) => {
    await addExport(tx, {
      id,
      snapshotId: snapshot.id,
      enhancementId: enhancement?.id ?? null,
      patientId: snapshot.patientId,
      createdAt: now,
      createdBy: exporter(ctx),
      state: 'sent',
      failure: null,
      attempts: 0,
      settledAt: now,
      ...exported,
    })
    audit.append(tx, ctx, {
      action: 'snapshot.exported',
      patientId: snapshot.patientId,
      entity: { kind: 'picture_export', id },
    })
  })
}
