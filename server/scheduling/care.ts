import type { PatientId, PractitionerId } from '#shared/ids.ts'
import { dayMs } from '#shared/time.ts'
import type { Instant } from '#shared/time.ts'
import type { Tx } from '../platform/db.ts'
import { hasVisitBetween } from './appointments.store.ts'

/** Who had a visit with a patient this long ago, or will have one this soon, may see the chart. */
const careBackMs = 365 * dayMs
const careAheadMs = 60 * dayMs

/** True from a year after to sixty days before a visit of the two that was not cancelled. */
export function hasCareRelationship(
  tx: Tx,
  practitionerId: PractitionerId,
  patientId: PatientId,
  now: Instant,
): Promise<boolean> {
  return hasVisitBetween(tx, practitionerId, patientId, {
    startsAt: now - careBackMs,
    endsAt: now + careAheadMs,
  })
}
