import { DomainError } from '#shared/errors.ts'
import { AppointmentId } from '#shared/ids.ts'
import type { EncounterId } from '#shared/ids.ts'
import type { Appointment, BookingInput } from '#shared/scheduling.ts'
import { minuteMs } from '#shared/time.ts'
import type { Instant } from '#shared/time.ts'
import type { PractitionerRow } from '../identity/index.ts'
import type { Context } from '../platform/context.ts'
import { isUniqueViolation } from '../platform/db.ts'
import type { Tx } from '../platform/db.ts'
import { claimKey } from '../platform/idempotency.ts'
import { newId } from '../platform/ids.ts'
import { asUser } from '../platform/policy.ts'
import type { AppointmentRow } from './appointment.entity.ts'
import { findAppointment, insertAppointment, insertCells } from './appointments.store.ts'
import { hasCareRelationship } from './care.ts'
import { covers, openIntervals } from './availability.ts'
import { CellTaken, outsideAvailability, slotTaken } from './errors.ts'
import type { SchedulingEvent } from './events.ts'
import type { SchedulingNeeds } from './needs.ts'
import { bookable } from './policy.ts'
import { presentAppointment } from './present.ts'
import { ensureSchedule, latestEntryMs, nextFree, workingHours } from './working-hours.ts'

/** A wanted visit; a follow-up also names the encounter in which it was agreed. */
export type Booking = BookingInput & { followsEncounterId?: EncounterId }

/**
 * Books a visit. The same key of the same person makes one appointment, however often it is sent. Throws `not_found`
 * for people of another clinic, `outside_availability` and `slot_taken` with the `nextFree` starts, and `conflict` when
 * the key was used for another visit.
 */
export async function book(needs: SchedulingNeeds, ctx: Context, booking: Booking): Promise<Appointment> {
  const actor = asUser(ctx.actor)
  const { db, clock, audit, outbox, patients } = needs
  const practitioner = await db.read((tx) => bookable(tx, needs, actor, booking.practitionerId))
  if (!practitioner) throw new DomainError('not_found')
  await ensureSchedule(needs, practitioner)

  const write = (): Promise<AppointmentRow> =>
    db.write(async (tx) => {
      const id = newId(AppointmentId, clock)
      const scope = `appointment:${actor.userId}`
      const before = await claimKey(tx, clock, { scope, key: booking.idempotencyKey, resultId: id })
      if (before !== null) return sameBooking(await findAppointment(tx, AppointmentId.parse(before)), booking)

      if (!(await patients.isKnownIn(tx, booking.patientId, practitioner.organizationId)))
        throw new DomainError('not_found')
      // Otherwise a practitioner could open any chart by booking its patient for themselves.
      if (
        actor.role === 'practitioner' &&
        !(await hasCareRelationship(tx, practitioner.id, booking.patientId, clock.now()))
      )
        throw new DomainError('not_found')
      await refuseOutside(tx, needs, practitioner, booking)
      const row = newAppointment(id, booking, practitioner, clock.now())
      await insertAppointment(tx, row)
      await takeCells(tx, row)
      const event: SchedulingEvent = { name: 'appointment.booked', appointmentId: id }
      await outbox.add(tx, event)
      audit.append(tx, ctx, {
        action: 'appointment.booked',
        patientId: row.patientId,
        entity: { kind: 'appointment', id },
      })
      return row
    })

  const row = await orNextFree(needs, practitioner, booking, write)
  return db.read(async (tx) =>
    presentAppointment(row, {
      patients: await patients.namesOf(tx, [row.patientId]),
      practitioners: new Map([[practitioner.id, practitioner.displayName]]),
    }),
  )
}

/** Refuses what the practitioner's hours do not cover, and what is over. */
export async function refuseOutside(
  tx: Tx,
  needs: SchedulingNeeds,
  practitioner: PractitionerRow,
  { startsAt, minutes }: { startsAt: Instant; minutes: number },
): Promise<void> {
  const wanted = { startsAt, endsAt: startsAt + minutes * minuteMs }
  const hours = (await workingHours(tx, [practitioner])).get(practitioner.id)
  const open = hours ? openIntervals(hours, wanted) : []
  if (covers(open, wanted) && startsAt >= needs.clock.now() - latestEntryMs) return
  throw outsideAvailability(await nextFree(tx, needs, practitioner, { startsAt, minutes }))
}

export async function takeCells(tx: Tx, row: AppointmentRow): Promise<void> {
  try {
    await insertCells(tx, row)
  } catch (error) {
    throw isUniqueViolation(error) ? new CellTaken('a cell is taken', { cause: error }) : error
  }
}

/** Runs a write that takes cells; when they are taken it is rolled back by now, and the refusal names what is free. */
export async function orNextFree<T>(
  needs: SchedulingNeeds,
  practitioner: PractitionerRow,
  wanted: { startsAt: Instant; minutes: number },
  write: () => Promise<T>,
): Promise<T> {
  try {
    return await write()
  } catch (error) {
    if (!(error instanceof CellTaken)) throw error
    throw slotTaken(await needs.db.read((tx) => nextFree(tx, needs, practitioner, wanted)))
  }
}

function sameBooking(row: AppointmentRow | null, booking: Booking): AppointmentRow {
  const same =
    row !== null &&
    row.patientId === booking.patientId &&
    row.practitionerId === booking.practitionerId &&
    row.startsAt === booking.startsAt
  if (!same) throw new DomainError('conflict')
  return row
}

function newAppointment(
  id: AppointmentId,
  booking: Booking,
  { organizationId, zone }: PractitionerRow,
  now: Instant,
): AppointmentRow {
  return {
    id,
    organizationId,
    practitionerId: booking.practitionerId,
    patientId: booking.patientId,
    status: 'booked',
    startsAt: booking.startsAt,
    endsAt: booking.startsAt + booking.minutes * minuteMs,
    zone,
    reason: booking.reason,
    cancelReason: null,
    version: 1,
    followsEncounterId: booking.followsEncounterId ?? null,
    createdAt: now,
    updatedAt: now,
  }
}
