import { In } from 'typeorm'
import type { OrganizationId } from '#shared/ids.ts'
import type { RecognitionSwitch } from '#shared/imaging-recognition.ts'
import type { Tx } from '../../platform/db.ts'
import { switchEntity, type SwitchRow } from './switch.entity.ts'

export function decisionsOf(tx: Tx, organizations: readonly OrganizationId[]): Promise<SwitchRow[]> {
  return tx.manager.findBy(switchEntity, { organizationId: In(organizations) })
}

/** What counts for it from now on is what is above. */
export async function undecide(
  tx: Tx,
  organizationId: OrganizationId,
  name: RecognitionSwitch,
): Promise<void> {
  await tx.manager.delete(switchEntity, { organizationId, name })
}

/** The last decision counts. */
export async function decide(tx: Tx, row: SwitchRow): Promise<void> {
  await tx.manager.upsert(switchEntity, row, ['organizationId', 'name'])
}
