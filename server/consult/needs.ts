import type { Logger } from 'pino'
import type {
  AppointmentId,
  ConsultId,
  EncounterId,
  OrganizationId,
  PatientId,
  PractitionerId,
} from '#shared/ids.ts'
import type { Locale } from '#shared/identity.ts'
import type { AppointmentStatus } from '#shared/scheduling.ts'
import type { SfuControl } from '#shared/sfu.ts'
import type { Instant } from '#shared/time.ts'
import type { Audit } from '#server/audit/index.ts'
import type { Identity } from '#server/identity/index.ts'
import type { Clock } from '#server/platform/clock.ts'
import type { Context, UserActor } from '#server/platform/context.ts'
import type { Coordination } from '#server/platform/coordination.ts'
import type { Database, Tx } from '#server/platform/db.ts'
import type { Jobs } from '#server/platform/jobs.ts'
import type { Outbox } from '#server/platform/outbox.ts'
import type { Realtime } from '#server/platform/realtime.ts'

/** What the consult needs of the house; compose.ts puts it together. */
export type ConsultNeeds = {
  db: Database
  clock: Clock
  log: Logger
  audit: Audit
  outbox: Outbox
  jobs: Jobs
  realtime: Realtime
  coordination: Coordination
  /** By name; the names must be the same on every server. */
  sfus: ReadonlyMap<string, SfuControl>
  linkKey: Buffer
  /** The origin that people type, without a trailing slash. */
  publicUrl(): string
  secureCookies: boolean
  turn: TurnConfig | null
  identity: Pick<
    Identity,
    'actorOf' | 'keepAlive' | 'createGuestSession' | 'endGuestSessions' | 'organization' | 'practitioners'
  >
  appointments: Appointments
  charts: Charts
}

export type TurnConfig = { readonly urls: readonly string[]; readonly secret: string }

/** What the consult asks of scheduling. */
export type Appointments = {
  find(tx: Tx, id: AppointmentId): Promise<AppointmentFacts | null>
  /** Those of one practitioner that start in [from, to), earliest first. */
  between(tx: Tx, practitionerId: PractitionerId, from: Instant, to: Instant): Promise<AppointmentFacts[]>
  /** Whether the actor may know of the appointment: at the desk, as its practitioner or its patient. */
  maySee(tx: Tx, actor: UserActor, visit: AppointmentFacts): Promise<boolean>
  /** The patient is in the waiting room, was admitted, was seen. Doing it twice changes nothing. */
  arrive(tx: Tx, ctx: Context, id: AppointmentId): Promise<void>
  checkIn(tx: Tx, ctx: Context, id: AppointmentId): Promise<void>
  fulfil(tx: Tx, ctx: Context, id: AppointmentId): Promise<void>
}
export type AppointmentFacts = {
  id: AppointmentId
  status: AppointmentStatus
  organizationId: OrganizationId
  patientId: PatientId
  practitionerId: PractitionerId
  startsAt: Instant
  endsAt: Instant
  zone: string
  reason: string
}

/** What the consult asks of records. */
export type Charts = {
  namesOf(tx: Tx, patientIds: readonly PatientId[]): Promise<ReadonlyMap<PatientId, string>>
  /** The birth date is for the second check of a join link. Null for an unknown id. */
  describePatient(
    tx: Tx,
    id: PatientId,
  ): Promise<{ displayName: string; birthDate: string; locale: Locale } | null>
  startEncounter(
    tx: Tx,
    ctx: Context,
    visit: AppointmentFacts & { consultId: ConsultId },
  ): Promise<EncounterId>
  finishEncounter(tx: Tx, ctx: Context, encounterId: EncounterId): Promise<void>
}
