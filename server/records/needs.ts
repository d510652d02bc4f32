import type { Audit } from '../audit/index.ts'
import type { Identity } from '../identity/index.ts'
import type { Clock } from '../platform/clock.ts'
import type { Database } from '../platform/db.ts'
import type { Scheduling } from '../scheduling/index.ts'

/** What records need of the house; compose.ts puts it together. */
export type RecordsNeeds = {
  db: Database
  clock: Clock
  audit: Audit
  identity: Pick<Identity, 'organization' | 'practitioners'>
  scheduling: Pick<Scheduling, 'hasCareRelationship' | 'book' | 'followUpOf'>
}
