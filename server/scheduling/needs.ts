import type { OrganizationId, PatientId } from '#shared/ids.ts'
import type { Audit } from '../audit/index.ts'
import type { Identity } from '../identity/index.ts'
import type { Clock } from '../platform/clock.ts'
import type { Database, Tx } from '../platform/db.ts'
import type { Outbox } from '../platform/outbox.ts'

/** What scheduling needs of the house; compose.ts puts it together. */
export type SchedulingNeeds = {
  db: Database
  clock: Clock
  audit: Audit
  outbox: Outbox
  identity: Pick<Identity, 'organization' | 'organizationsUnder' | 'practitioners' | 'practitionersFor'>
  patients: SchedulingPatients
}

/** What scheduling asks of records, which stands above it: compose.ts passes these in. */
type SchedulingPatients = {
  namesOf(tx: Tx, ids: readonly PatientId[]): Promise<ReadonlyMap<PatientId, string>>
  /** Whether the patient is known in this clinic, or in the hospital that it is part of. */
  isKnownIn(tx: Tx, id: PatientId, organizationId: OrganizationId): Promise<boolean>
}
