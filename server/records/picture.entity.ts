import { EntitySchema } from 'typeorm'
import type { ConsultId, EncounterId, PatientId, PractitionerId, RecordId, SnapshotId } from '#shared/ids.ts'
import type { SnapshotVariant } from '#shared/imaging.ts'
import type { SnapshotOrigin } from '#shared/imaging-capture.ts'
import type { BodySite } from '#shared/imaging-site.ts'
import type { z } from 'zod'
import { idColumn, instantColumn } from '../platform/columns.ts'

/** A picture taken in a consult. The bytes are in the blob store; see snapshot_variant. */
export type SnapshotRow = {
  id: SnapshotId
  patientId: PatientId
  encounterId: EncounterId | null
  consultId: ConsultId | null
  takenAt: number
  state: 'processing' | 'ready' | 'failed'
  /** Name and version of the recipe that made the enhanced picture. */
  recipe: string | null
  /** The recipe's steps and parameters as JSON, so that the picture can be made again. */
  recipeJson: string | null
  origin: SnapshotOrigin
  /** What was measured of the original, as JSON; null before that, and for pictures older than the measuring. */
  qualityJson: string | null
  /** Where on the body it is from; null when nobody has said. */
  siteCode: BodySite['code'] | null
  /** Null for what there is one of, too. */
  siteLaterality: BodySite['laterality']
  /** What models are still asked about it: the guard, and with it the type, or the type alone. */
  contentWanted: 'guard' | 'type' | null
  /** What models said of it, as JSON. */
  contentJson: string | null
}

export const snapshotEntity = new EntitySchema<SnapshotRow>({
  name: 'snapshot',
  columns: {
    id: idColumn('id', { primary: true }),
    patientId: idColumn('patient_id', { foreignKey: { target: 'patient', name: 'snapshot_patient_fk' } }),
    encounterId: idColumn('encounter_id', { nullable: true }),
    consultId: idColumn('consult_id', { nullable: true }),
    takenAt: instantColumn('taken_at'),
    state: { type: 'varchar', length: 12 },
    recipe: { type: 'varchar', length: 80, nullable: true },
    recipeJson: { name: 'recipe_json', type: 'text', nullable: true },
    origin: { type: 'varchar', length: 10, default: 'camera' },
    qualityJson: { name: 'quality_json', type: 'text', nullable: true },
    siteCode: { name: 'site_code', type: 'varchar', length: 20, nullable: true },
    siteLaterality: { name: 'site_laterality', type: 'varchar', length: 8, nullable: true },
    contentWanted: { name: 'content_wanted', type: 'varchar', length: 10, nullable: true },
    contentJson: { name: 'content_json', type: 'text', nullable: true },
  },
  indices: [
    { name: 'snapshot_patient', columns: ['patientId', 'takenAt'] },
    { name: 'snapshot_consult', columns: ['consultId', 'takenAt'] },
    { name: 'snapshot_site', columns: ['patientId', 'siteCode', 'siteLaterality', 'takenAt'] },
    { name: 'snapshot_content', columns: ['contentWanted', 'takenAt'] },
  ],
})

/** One stored form of a snapshot: the untouched original, or what was derived from it. Never changed once written. */
export type SnapshotVariantRow = {
  snapshotId: SnapshotId
  variant: z.infer<typeof SnapshotVariant>
  blobKey: string
  sha256: string
  contentType: string
  bytes: number
  width: number
  height: number
}

export const snapshotVariantEntity = new EntitySchema<SnapshotVariantRow>({
  name: 'snapshot_variant',
  columns: {
    snapshotId: idColumn('snapshot_id', {
      primary: true,
      foreignKey: { target: 'snapshot', name: 'snapshot_variant_snapshot_fk' },
    }),
    variant: { type: 'varchar', length: 12, primary: true },
    blobKey: { name: 'blob_key', type: 'varchar', length: 200 },
    sha256: { type: 'varchar', length: 64 },
    contentType: { name: 'content_type', type: 'varchar', length: 80 },
    bytes: { type: 'int' },
    width: { type: 'int' },
    height: { type: 'int' },
  },
  indices: [{ name: 'snapshot_variant_blob_key', columns: ['blobKey'] }],
})

/** A file in the chart that is not a snapshot: a referral letter, a report. The bytes are in the blob store. */
export type DocumentRow = {
  id: RecordId
  patientId: PatientId
  encounterId: EncounterId | null
  title: string
  contentType: string
  blobKey: string
  sha256: string
  bytes: number
  createdBy: PractitionerId | null
  createdAt: number
}

export const documentEntity = new EntitySchema<DocumentRow>({
  name: 'document',
  columns: {
    id: idColumn('id', { primary: true }),
    patientId: idColumn('patient_id', { foreignKey: { target: 'patient', name: 'document_patient_fk' } }),
    encounterId: idColumn('encounter_id', { nullable: true }),
    title: { type: 'varchar', length: 200 },
    contentType: { name: 'content_type', type: 'varchar', length: 80 },
    blobKey: { name: 'blob_key', type: 'varchar', length: 200 },
    sha256: { type: 'varchar', length: 64 },
    bytes: { type: 'int' },
    createdBy: idColumn('created_by', { nullable: true }),
    createdAt: instantColumn('created_at'),
  },
  indices: [
    { name: 'document_patient', columns: ['patientId', 'createdAt'] },
    { name: 'document_blob_key', columns: ['blobKey'] },
  ],
})
