import type { PractitionerId } from '#shared/ids.ts'
import type { PatientDemographics } from '#shared/records.ts'
import type { CalendarDate, Instant } from '#shared/time.ts'

/** A booking that is being put together. */
export interface Draft {
  readonly patient: PatientDemographics | null
  readonly practitionerId: PractitionerId | null
  readonly day: CalendarDate
  readonly startsAt: Instant | null
  readonly minutes: number
  readonly reason: string
}

/** Minutes that are offered; the server takes any multiple of five up to four hours. */
export const lengths = [10, 15, 20, 30, 45, 60, 90] as const
export const usualMinutes = 20

export type Missing = 'patient' | 'practitionerId' | 'startsAt' | 'reason'

/** What a draft still lacks, in the order of the form. */
export function missingIn({ patient, practitionerId, startsAt, reason }: Draft): Missing[] {
  const missing: Missing[] = []
  if (patient === null) missing.push('patient')
  if (practitionerId === null) missing.push('practitionerId')
  if (startsAt === null) missing.push('startsAt')
  if (reason.trim() === '') missing.push('reason')
  return missing
}
