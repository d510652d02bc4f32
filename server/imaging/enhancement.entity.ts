import { EntitySchema } from 'typeorm'
import type { EnhancementId, PractitionerId, SnapshotId } from '#shared/ids.ts'
import type { Enhancement } from '#shared/imaging.ts'
import { idColumn, instantColumn } from '../platform/columns.ts'

/** A picture that a doctor had made of an original. The bytes are in the blob store; the original stays as it is. */
export type EnhancementRow = {
  id: EnhancementId
  snapshotId: SnapshotId
  name: Enhancement['name']
  /** SHA-256 of `recipeJson`: the same recipe on the same original is one row. */
  recipeHash: string
  recipeJson: string
  state: Enhancement['state']
  failure: Enhancement['failure']
  createdAt: number
  createdBy: PractitionerId
  /** When it was last asked for: after a failure it may be asked for again. */
  askedAt: number
  engine: string | null
  blobKey: string | null
  sha256: string | null
  bytes: number | null
  width: number | null
  height: number | null
}

export const enhancementEntity = new EntitySchema<EnhancementRow>({
  name: 'enhancement',
  columns: {
    id: idColumn('id', { primary: true }),
    snapshotId: idColumn('snapshot_id', {
      foreignKey: { target: 'snapshot', name: 'enhancement_snapshot_fk' },
    }),
    name: { type: 'varchar', length: 20 },
    recipeHash: { name: 'recipe_hash', type: 'varchar', length: 64 },
    recipeJson: { name: 'recipe_json', type: 'text' },
    state: { type: 'varchar', length: 12 },
    failure: { type: 'varchar', length: 20, nullable: true },
    createdAt: instantColumn('created_at'),
    createdBy: idColumn('created_by'),
    askedAt: instantColumn('asked_at'),
    engine: { type: 'varchar', length: 120, nullable: true },
    blobKey: { name: 'blob_key', type: 'varchar', length: 200, nullable: true },
    sha256: { type: 'varchar', length: 64, nullable: true },
    bytes: { type: 'int', nullable: true },
    width: { type: 'int', nullable: true },
    height: { type: 'int', nullable: true },
  },
  indices: [
    { name: 'enhancement_recipe', columns: ['snapshotId', 'recipeHash'], unique: true },
    { name: 'enhancement_blob_key', columns: ['blobKey'] },
    { name: 'enhancement_state', columns: ['state', 'askedAt'] },
  ],
})
