import type { AppointmentId } from '#shared/ids.ts'
import type { Consult } from './consult/index.ts'
import type { Identity } from './identity/index.ts'
import type { Visit } from './notify/index.ts'
import type { Database } from './platform/db.ts'
import { demographicsOf } from './records/index.ts'
import type { Scheduling } from './scheduling/index.ts'

type Needs = { db: Database; scheduling: Scheduling; identity: Identity; consult: Consult }

/** What a letter may tell about a visit, gathered from the domains that know it; null when the visit is gone. */
export function visitForLetter(
  { db, scheduling, identity, consult }: Needs,
  id: AppointmentId,
): Promise<Visit | null> {
  // A write: the first letter about a visit makes its join link.
  return db.write(async (tx) => {
    const visit = await scheduling.find(tx, id)
    if (!visit) return null
    const [patient] = await demographicsOf(tx, [visit.patientId])
    const [practitioner] = await identity.practitioners(tx, [visit.practitionerId])
    const organization = await identity.organization(tx, visit.organizationId)
    if (!patient || !practitioner || !organization) return null
    return {
      appointmentId: id,
      version: visit.version,
      cancelled: visit.status === 'cancelled',
      startsAt: visit.startsAt,
      endsAt: visit.endsAt,
      zone: visit.zone,
      organizationName: organization.name,
      organizationTelecom: organization.telecom,
      practitionerName: practitioner.displayName,
      patientName: patient.displayName,
      patientEmail: patient.email,
      locale: patient.locale,
      joinUrl: visit.status === 'cancelled' ? '' : await consult.joinAddressOf(tx, id),
    }
  })
}
