import type { OrganizationId } from '#shared/ids.ts'
import type { Tx } from '../../platform/db.ts'
import type { Outbox } from '../../platform/outbox.ts'
import type { ImagingNeeds } from '../needs.ts'
import type { ArchiveSettings } from './archive.client.ts'

/** What sending pictures out of the house needs besides. */
export type ExportNeeds = ImagingNeeds & {
  outbox: Outbox
  /** Makes the names in de-identified files. */
  pseudonymKey: Buffer
  /** Null: there is no archive. */
  archive: ArchiveSettings | null
  organization: (tx: Tx, id: OrganizationId) => Promise<{ name: string; zone: string } | null>
}
