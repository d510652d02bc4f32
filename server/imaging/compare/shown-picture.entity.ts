import { EntitySchema } from 'typeorm'
import type { ConsultId, PractitionerId, SnapshotId } from '#shared/ids.ts'
import { idColumn, instantColumn } from '../../platform/columns.ts'

/** A picture of whatever visit that the doctor lets the patient of a consult see while that is live. */
export type ShownPictureRow = {
  consultId: ConsultId
  snapshotId: SnapshotId
  /** For the first time. */
  shownAt: number
  shownBy: PractitionerId
}

export const shownPictureEntity = new EntitySchema<ShownPictureRow>({
  name: 'shown_picture',
  columns: {
    consultId: idColumn('consult_id', {
      primary: true,
      foreignKey: { target: 'consult', name: 'shown_picture_consult_fk' },
    }),
    snapshotId: idColumn('snapshot_id', {
      primary: true,
      foreignKey: { target: 'snapshot', name: 'shown_picture_snapshot_fk' },
    }),
    shownAt: instantColumn('shown_at'),
    shownBy: idColumn('shown_by'),
  },
})
