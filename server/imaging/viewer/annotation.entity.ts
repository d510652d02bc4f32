import { EntitySchema } from 'typeorm'
import type { AnnotationId, PatientId, PractitionerId, SnapshotId } from '#shared/ids.ts'
import type { AnnotationKind } from '#shared/imaging-viewer.ts'
import { idColumn, instantColumn } from '../../platform/columns.ts'

/**
 * A drawing over a picture. What it says and when it was made never changes: whoever made it can remove it, the row says
 * when, and put it back.
 */
export type AnnotationRow = {
  id: AnnotationId
  snapshotId: SnapshotId
  patientId: PatientId
  authorRole: 'patient' | 'practitioner'
  authorId: PatientId | PractitionerId
  /** The doctor's, as it was then. */
  authorName: string | null
  kind: AnnotationKind
  /**
   * Points in shares of the picture's size; for a calibration, millimetres and the marker's corners; for an outline, which method
   * proposed it; as JSON.
   */
  geometry: string
  /** What a text says. */
  label: string | null
  createdAt: number
  removedAt: number | null
}

export const annotationEntity = new EntitySchema<AnnotationRow>({
  name: 'annotation',
  columns: {
    id: idColumn('id', { primary: true }),
    snapshotId: idColumn('snapshot_id', {
      foreignKey: { target: 'snapshot', name: 'annotation_snapshot_fk' },
    }),
    patientId: idColumn('patient_id'),
    authorRole: { name: 'author_role', type: 'varchar', length: 12 },
    authorId: idColumn('author_id'),
    authorName: { name: 'author_name', type: 'varchar', length: 170, nullable: true },
    kind: { type: 'varchar', length: 12 },
    geometry: { type: 'text' },
    label: { type: 'varchar', length: 120, nullable: true },
    createdAt: instantColumn('created_at'),
    removedAt: instantColumn('removed_at', { nullable: true }),
  },
  indices: [{ name: 'annotation_snapshot', columns: ['snapshotId', 'createdAt'] }],
})
