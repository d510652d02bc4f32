import { Between, In, LessThan, MoreThan, Not } from 'typeorm'
import type { AppointmentId, EncounterId, PatientId, PractitionerId } from '#shared/ids.ts'
import { cellMs } from '#shared/scheduling.ts'
import type { Instant, Interval } from '#shared/time.ts'
import { hourMs } from '#shared/time.ts'
import type { Tx } from '../platform/db.ts'
import { appointmentEntity } from './appointment.entity.ts'
import type { AppointmentRow } from './appointment.entity.ts'
import { bookingCellEntity } from './schedule.entity.ts'

/** No visit is longer, so one that reaches into a window began at most this long before it. */
const longestMs = 4 * hourMs

export function findAppointment(tx: Tx, id: AppointmentId): Promise<AppointmentRow | null> {
  return tx.manager.findOneBy(appointmentEntity, { id })
}

/** All that overlap the window, cancelled ones too, by start. */
export function appointmentsBetween(
  tx: Tx,
  practitionerIds: readonly PractitionerId[],
  { startsAt, endsAt }: Interval,
): Promise<AppointmentRow[]> {
  if (practitionerIds.length === 0) return Promise.resolve([])
  return tx.manager.find(appointmentEntity, {
    where: {
      practitionerId: In([...practitionerIds]),
      startsAt: Between(startsAt - longestMs, endsAt - 1),
      endsAt: MoreThan(startsAt),
    },
    order: { startsAt: 'ASC', id: 'ASC' },
  })
}

export async function appointmentsOfPatient(
  tx: Tx,
  patientId: PatientId,
  now: Instant,
  limit: number,
): Promise<{ upcoming: AppointmentRow[]; past: AppointmentRow[] }> {
  const upcoming = await tx.manager.find(appointmentEntity, {
    where: { patientId, endsAt: MoreThan(now), status: In(['booked', 'arrived', 'checked-in']) },
    order: { startsAt: 'ASC' },
    take: limit,
  })
  const past = await tx.manager.find(appointmentEntity, {
    where: [
      { patientId, endsAt: LessThan(now + 1) },
      { patientId, endsAt: MoreThan(now), status: In(['fulfilled', 'cancelled', 'noshow']) },
    ],
    order: { startsAt: 'DESC' },
    take: limit,
  })
  return { upcoming, past }
}

/** The earliest follow-up that was agreed in the encounter and still stands. */
export function followUpOf(tx: Tx, encounterId: EncounterId): Promise<AppointmentRow | null> {
  return tx.manager.findOne(appointmentEntity, {
    where: { followsEncounterId: encounterId, status: Not('cancelled') },
    order: { startsAt: 'ASC' },
  })
}

export async function hasVisitBetween(
  tx: Tx,
  practitionerId: PractitionerId,
  patientId: PatientId,
  { startsAt, endsAt }: Interval,
): Promise<boolean> {
  const rows: unknown[] = await tx.manager.query(
    `SELECT 1 FROM appointment WHERE patient_id = ? AND practitioner_id = ?
     AND starts_at >= ? AND starts_at < ? AND status <> 'cancelled' LIMIT 1`,
    [patientId, practitionerId, startsAt, endsAt],
  )
  return rows.length > 0
}

export async function insertAppointment(tx: Tx, row: AppointmentRow): Promise<void> {
  await tx.manager.insert(appointmentEntity, row)
}

/** Takes the cells for this visit. A cell that is taken already is a unique violation, and nothing else is. */
export async function insertCells(
  tx: Tx,
  { practitionerId, id, startsAt, endsAt }: AppointmentRow,
): Promise<void> {
  const count = (endsAt - startsAt) / cellMs
  // In order of the key: two bookings that overlap then wait for each other in one direction only.
  await tx.manager.insert(
    bookingCellEntity,
    Array.from({ length: count }, (_, n) => ({
      scheduleId: practitionerId,
      cellStart: startsAt + n * cellMs,
      lane: 0,
      appointmentId: id,
    })),
  )
}

export async function deleteCells(tx: Tx, appointmentId: AppointmentId): Promise<void> {
  await tx.manager.delete(bookingCellEntity, { appointmentId })
}

/** Reads the row for a change: on MySQL it stays locked until the commit, SQLite has one writer anyway. */
export function lockAppointment(tx: Tx, id: AppointmentId): Promise<AppointmentRow | null> {
  const query = tx.manager.createQueryBuilder(appointmentEntity, 'a').where({ id })
  return (tx.engine === 'mysql' ? query.setLock('pessimistic_write') : query).getOne()
}

/** Writes a locked row back with the next version, and returns it. */
export async function changeAppointment(
  tx: Tx,
  row: AppointmentRow,
  change: Partial<AppointmentRow>,
): Promise<AppointmentRow> {
  const next = { ...change, version: row.version + 1 }
  await tx.manager.update(appointmentEntity, { id: row.id }, next)
  return { ...row, ...next }
}
