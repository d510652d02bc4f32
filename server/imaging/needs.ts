import type { PatientId, PractitionerId } from '#shared/ids.ts'
import type { Audit } from '../audit/index.ts'
import type { Consult } from '../consult/index.ts'
import type { BlobStore } from '../platform/blob.ts'
import type { Clock } from '../platform/clock.ts'
import type { Coordination } from '../platform/coordination.ts'
import type { Database, Tx } from '../platform/db.ts'
import type { Jobs } from '../platform/jobs.ts'
import type { Logger } from '../platform/log.ts'
import type { Realtime } from '../platform/realtime.ts'
import type { Records } from '../records/index.ts'
import type { ImagingPipeline } from './pipeline/index.ts'
import type { Recognition } from './recognition/index.ts'
import type { Switches } from './switches/switches.ts'

/** What imaging needs of the house; compose.ts puts it together. */
export type ImagingNeeds = {
  db: Database
  clock: Clock
  log: Logger
  audit: Audit
  jobs: Jobs
  coordination: Pick<Coordination, 'setIfAbsent' | 'delete'>
  blobs: BlobStore
  realtime: Realtime
  consult: Pick<
    Consult,
    'find' | 'roleIn' | 'seatOf' | 'changed' | 'tell' | 'addConsent' | 'useSnapshotRequests'
  >
  pipeline: ImagingPipeline
  /** What models and OpenCV do; ask `switches` first. */
  recognition: Recognition
  /** What clinics let the computer do by itself. */
  switches: Switches
  /** Where a doctor's confirmed readings go. */
  charts: Pick<Records, 'keepObservation' | 'keepMedication'>
  /** How a practitioner is called now; null for an unknown one. */
  practitionerName: (tx: Tx, id: PractitionerId) => Promise<string | null>
  hasCareRelationship: (tx: Tx, practitionerId: PractitionerId, patientId: PatientId) => Promise<boolean>
}
