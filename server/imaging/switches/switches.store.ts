import { In } from 'typeorm'
import type { OrganizationId } from '#shared/ids.ts'
import type { Tx } from '../../platform/db.ts'
import { switchEntity, type SwitchRow } from './switch.entity.ts'

export function decisionsOf(tx: Tx, organizations: readonly OrganizationId[]): Promise<SwitchRow[]> {
  return tx.manager.findBy(switchEntity, { organizationId: In(organizations) })
}

/** The last decision counts. */
export async function decide(tx: Tx, row: SwitchRow): Promise<void> {
  await tx.manager.upsert(switchEntity, row, ['organizationId', 'name'])
}
