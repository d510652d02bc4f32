import type { EntitySchema, ObjectLiteral, QueryDeepPartialEntity } from 'typeorm'
import { Between, In, IsNull, LessThan, MoreThan } from 'typeorm'
import type { AppointmentId, OrganizationId, PatientId, PractitionerId, SnapshotId } from '#shared/ids.ts'
import type { Instant, Interval } from '#shared/time.ts'
import type { Clock } from '../platform/clock.ts'
import type { Tx } from '../platform/db.ts'
import { organizationEntity, userEntity } from '../identity/people.entity.ts'
import type { OrganizationRow, UserRow } from '../identity/people.entity.ts'
import {
  allergyEntity,
  conditionEntity,
  medicationEntity,
  observationComponentEntity,
  observationEntity,
} from '../records/chart.entity.ts'
import { encounterEntity, type EncounterRow } from '../records/encounter.entity.ts'
import { noteEntity, noteVersionEntity } from '../records/note.entity.ts'
import { patientIdentifierEntity } from '../records/patient.entity.ts'
import { snapshotEntity, type SnapshotRow } from '../records/picture.entity.ts'
import { recordNumberSystem } from '../records/patients.store.ts'
import { appointmentEntity } from '../scheduling/appointment.entity.ts'
import {
  availabilityExceptionEntity,
  bookingCellEntity,
  scheduleEntity,
} from '../scheduling/schedule.entity.ts'
import { insertException } from '../scheduling/schedule.store.ts'
import type { History } from './history.ts'
import type { Today } from './today.ts'
import type { BookedRows } from './visit.ts'

const rowsAtOnce = 200

/** What was not taken in a consult; the oldest first. */
export function earlierPictures(tx: Tx, patientId: PatientId): Promise<SnapshotRow[]> {
  return tx.manager.find(snapshotEntity, {
    where: { patientId, consultId: IsNull() },
    order: { takenAt: 'ASC' },
  })
}

/** Visits that the demo made up, without those held in it; the newest first. */
export function pastVisits(tx: Tx, patientId: PatientId, most: number): Promise<EncounterRow[]> {
  return tx.manager.find(encounterEntity, {
    where: { patientId, consultId: IsNull() },
    order: { startedAt: 'DESC' },
    take: most,
  })
}

/** The next visit that the demo made up. */
export function visitAfter(tx: Tx, patientId: PatientId, after: Instant): Promise<EncounterRow | null> {
  return tx.manager.findOne(encounterEntity, {
    where: { patientId, consultId: IsNull(), startedAt: MoreThan(after) },
    order: { startedAt: 'ASC' },
  })
}

export async function sayWhere(
  tx: Tx,
  id: SnapshotId,
  site: Pick<SnapshotRow, 'siteCode' | 'siteLaterality'>,
): Promise<void> {
  await tx.manager.update(snapshotEntity, { id }, site)
}

export function findOrganizationNamed(tx: Tx, name: string): Promise<OrganizationRow | null> {
  return tx.manager.findOneBy(organizationEntity, { name })
}

export function hasOrganizations(tx: Tx): Promise<boolean> {
  return tx.manager.exists(organizationEntity)
}

export async function findUsers(tx: Tx, emails: readonly string[]): Promise<Map<string, UserRow>> {
  const users = await tx.manager.findBy(userEntity, { email: In([...emails]) })
  return new Map(users.map((user) => [user.email, user]))
}

/** The demo's patients by their record numbers. */
export async function findPatients(
  tx: Tx,
  organizationId: OrganizationId,
  recordNumbers: readonly string[],
): Promise<Map<string, PatientId>> {
  const found = await tx.manager.findBy(patientIdentifierEntity, {
    organizationId,
    systemUri: recordNumberSystem,
    value: In([...recordNumbers]),
  })
  return new Map(found.map(({ value, patientId }) => [value, patientId]))
}

export function isScheduled(tx: Tx, doctor: PractitionerId): Promise<boolean> {
  return tx.manager.existsBy(scheduleEntity, { id: doctor })
}

/** Waits until nobody else fills the hours of this doctor for the demo. First in the transaction, or it sees an older state. */
export async function lockSchedule(tx: Tx, doctor: PractitionerId): Promise<void> {
  const query = tx.manager.createQueryBuilder(scheduleEntity, 's').where('s.id = :doctor', { doctor })
  await (tx.engine === 'mysql' ? query.setLock('pessimistic_write') : query).getOne()
}

/** Whether the doctor's hours of this day were widened up to that minute. */
export function isOpenOn(
  tx: Tx,
  doctor: PractitionerId,
  day: { date: string; endMinute: number },
): Promise<boolean> {
  return tx.manager.existsBy(availabilityExceptionEntity, { scheduleId: doctor, ...day, kind: 'open' })
}

export async function openOn(
  tx: Tx,
  clock: Clock,
  doctor: PractitionerId,
  hours: { date: string; startMinute: number; endMinute: number },
): Promise<void> {
  await insertException(tx, clock, doctor, { ...hours, kind: 'open' })
}

/** Nobody came to what is still booked although it is over. */
export async function closeOldVisits(
  tx: Tx,
  doctors: readonly PractitionerId[],
  before: Instant,
): Promise<void> {
  const old = { practitionerId: In([...doctors]), status: 'booked' as const, endsAt: LessThan(before) }
  await tx.manager.update(appointmentEntity, old, { status: 'noshow' })
}

/** The patient's next visit that starts in the window and can still take place. */
export async function findDue(
  tx: Tx,
  patientId: PatientId,
  { startsAt, endsAt }: Interval,
): Promise<AppointmentId | null> {
  const visit = await tx.manager.findOne(appointmentEntity, {
    where: {
      patientId,
      startsAt: Between(startsAt, endsAt),
      status: In(['booked', 'arrived', 'checked-in']),
    },
    order: { startsAt: 'ASC' },
  })
  return visit?.id ?? null
}

/** Cancels what is booked in that time: the visitor of the demo comes first. */
export async function clearTime(
  tx: Tx,
  doctor: PractitionerId,
  { startsAt, endsAt }: Interval,
  now: Instant,
): Promise<void> {
  const booked = await tx.manager.findBy(appointmentEntity, {
    practitionerId: doctor,
    status: 'booked',
    startsAt: LessThan(endsAt),
    endsAt: MoreThan(startsAt),
  })
  for (const { id, version } of booked) {
    const change = { status: 'cancelled' as const, cancelReason: '', version: version + 1, updatedAt: now }
    await tx.manager.update(appointmentEntity, { id }, change)
    await tx.manager.delete(bookingCellEntity, { appointmentId: id })
  }
}

export async function insertBooked(tx: Tx, booked: readonly BookedRows[]): Promise<void> {
  await insertAll(tx, appointmentEntity, booked.map(({ appointment }) => appointment)) // prettier-ignore
  await insertAll(tx, bookingCellEntity, booked.flatMap(({ cells }) => cells)) // prettier-ignore
}

export async function insertDay(tx: Tx, { visits, booked, observations, components }: Today): Promise<void> {
  await insertBooked(tx, [...visits, ...booked])
  await insertAll(tx, encounterEntity, visits.map(({ encounter }) => encounter)) // prettier-ignore
  await insertAll(tx, noteEntity, visits.map(({ note }) => note)) // prettier-ignore
  await insertAll(tx, noteVersionEntity, visits.map(({ text }) => text)) // prettier-ignore
  await insertAll(tx, observationEntity, observations)
  await insertAll(tx, observationComponentEntity, components)
}

export async function insertHistories(tx: Tx, histories: readonly History[]): Promise<void> {
  await insertAll(tx, conditionEntity, histories.flatMap(({ conditions }) => conditions)) // prettier-ignore
  await insertAll(tx, allergyEntity, histories.flatMap(({ allergies }) => allergies)) // prettier-ignore
  await insertAll(tx, medicationEntity, histories.flatMap(({ medications }) => medications)) // prettier-ignore
  await insertDay(tx, {
    visits: histories.flatMap(({ visits }) => visits),
    booked: histories.flatMap(({ booked }) => booked),
    observations: histories.flatMap(({ observations }) => observations),
    components: histories.flatMap(({ components }) => components),
  })
}

async function insertAll<T extends ObjectLiteral>(
  tx: Tx,
  entity: EntitySchema<T>,
  rows: readonly QueryDeepPartialEntity<T>[],
): Promise<void> {
  for (let at = 0; at < rows.length; at += rowsAtOnce)
    await tx.manager.insert(entity, rows.slice(at, at + rowsAtOnce))
}
