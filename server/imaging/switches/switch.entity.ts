import { EntitySchema } from 'typeorm'
import type { OrganizationId, UserId } from '#shared/ids.ts'
import type { RecognitionSwitch } from '#shared/imaging-recognition.ts'
import { idColumn, instantColumn } from '../../platform/columns.ts'

/** What an organization has decided; for what it has not, the one above it counts. */
export type SwitchRow = {
  organizationId: OrganizationId
  name: RecognitionSwitch
  on: boolean
  decidedAt: number
  /** Null: the demo clinic's own. */
  decidedBy: UserId | null
}

export const switchEntity = new EntitySchema<SwitchRow>({
  name: 'recognition_switch',
  columns: {
    organizationId: idColumn('organization_id', {
      primary: true,
      foreignKey: { target: 'organization', name: 'recognition_switch_organization_fk' },
    }),
    name: { type: 'varchar', length: 20, primary: true },
    on: { name: 'switched_on', type: 'boolean' },
    decidedAt: instantColumn('decided_at'),
    decidedBy: idColumn('decided_by', { nullable: true }),
  },
})
