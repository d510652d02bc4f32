import { EntitySchema } from 'typeorm'
import type { EnhancementId, PatientId, PractitionerId, RecordId, SnapshotId } from '#shared/ids.ts'
import type { ExportPurpose, TransferFailure } from '#shared/imaging-export.ts'
import { idColumn, instantColumn } from '../../platform/columns.ts'

/** A picture that left the house, or is on its way: who sent it out, for what, and as what. */
export type PictureExportRow = {
  id: RecordId
  snapshotId: SnapshotId
  /** Null: the original. */
  enhancementId: EnhancementId | null
  patientId: PatientId
  /**
   * A DICOM file with or without its person, one of the drawings, a transfer of the picture or of the drawings (a presentation
   * state) to the archive, a sheet of paper.
   */
  form: 'file' | 'deidentified' | 'drawings' | 'archive' | 'archive-pr' | 'sheet'
  purpose: ExportPurpose
  createdAt: number
  createdBy: PractitionerId
  /** Only transfers are anything else than sent. */
  state: 'queued' | 'sent' | 'failed'
  failure: TransferFailure | null
  /** How often the archive was tried. */
  attempts: number
  settledAt: number | null
  /** Of the DICOM file; null for paper, and for a picture that is not sent yet. Drawings have theirs from the beginning. */
  instanceUid: string | null
  /** Of the DICOM file; null for paper and for what is not sent yet. */
  sha256: string | null
}

export const pictureExportEntity = new EntitySchema<PictureExportRow>({
  name: 'picture_export',
  columns: {
    id: idColumn('id', { primary: true }),
    snapshotId: idColumn('snapshot_id', {
      foreignKey: { target: 'snapshot', name: 'picture_export_snapshot_fk' },
    }),
    enhancementId: idColumn('enhancement_id', { nullable: true }),
    patientId: idColumn('patient_id'),
    form: { type: 'varchar', length: 12 },
    purpose: { type: 'varchar', length: 20 },
    createdAt: instantColumn('created_at'),
    createdBy: idColumn('created_by'),
    state: { type: 'varchar', length: 12 },
    failure: { type: 'varchar', length: 20, nullable: true },
    attempts: { type: 'int' },
    settledAt: instantColumn('settled_at', { nullable: true }),
    instanceUid: { name: 'instance_uid', type: 'varchar', length: 64, nullable: true },
    sha256: { type: 'varchar', length: 64, nullable: true },
  },
  indices: [{ name: 'picture_export_snapshot', columns: ['snapshotId', 'createdAt'] }],
})
