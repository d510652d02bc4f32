import type { AppointmentId, PatientId } from '#shared/ids.ts'
import type { Audit } from '../audit/index.ts'
import type { Identity } from '../identity/index.ts'
import type { Imaging, Switches } from '../imaging/index.ts'
import type { Clock } from '../platform/clock.ts'
import type { Database, Tx } from '../platform/db.ts'
import type { Logger } from '../platform/log.ts'
import type { Doctor } from './visit.ts'

export type DemoNeeds = {
  db: Database
  clock: Clock
  log: Logger
  audit: Audit
  identity: Pick<Identity, 'addOrganization' | 'addPerson'>
  switches: Pick<Switches, 'list' | 'set'>
  keepEarlierPicture: Imaging['keepEarlier']
  /** The clinics' zone: that of the machine, so that now is daytime for whoever tries it by day. */
  zone: string
  /** From the consult: the address of a patient's link. */
  joinAddressOf(tx: Tx, id: AppointmentId): Promise<string>
}

/** The people of cast.ts with the ids they have in this database, in the same order. */
export type Cast = { doctors: readonly Doctor[]; patientIds: readonly PatientId[] }
