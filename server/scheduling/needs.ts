import type { OrganizationId, PatientId, PractitionerId } from '#shared/ids.ts'
import type { Practitioner } from '#shared/identity.ts'
import type { Audit } from '#server/audit/index.ts'
import type { Clock } from '#server/platform/clock.ts'
import type { Database, Tx } from '#server/platform/db.ts'
import type { Outbox } from '#server/platform/outbox.ts'

/** What scheduling needs of the house; compose.ts puts it together. */
export type SchedulingNeeds = {
  db: Database
  clock: Clock
  audit: Audit
  outbox: Outbox
  people: SchedulingPeople
  patients: SchedulingPatients
}

/** What scheduling asks of identity. Only people who work there now can be booked. */
export type SchedulingPeople = {
  findPractitioner(tx: Tx, id: PractitionerId): Promise<Practitioner | null>
  practitionersOf(tx: Tx, organizationId: OrganizationId): Promise<Practitioner[]>
  /** Names by id, of those too who have left. */
  practitionerNames(tx: Tx, ids: readonly PractitionerId[]): Promise<ReadonlyMap<PractitionerId, string>>
  organizationZone(tx: Tx, id: OrganizationId): Promise<string>
}

/** What scheduling asks of records, which stands above it: compose.ts passes these in. */
export type SchedulingPatients = {
  namesOf(tx: Tx, ids: readonly PatientId[]): Promise<ReadonlyMap<PatientId, string>>
  belongsTo(tx: Tx, id: PatientId, organizationId: OrganizationId): Promise<boolean>
}
