import type { z } from 'zod'
import { DomainError } from '#shared/errors.ts'
import type { AppointmentId, PractitionerId } from '#shared/ids.ts'
import type { Appointment, listMyAppointments, readSchedule } from '#shared/scheduling.ts'
import { dayMs } from '#shared/time.ts'
import type { Instant } from '#shared/time.ts'
import type { PractitionerRow } from '../identity/index.ts'
import type { Context, UserActor } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { asUser } from '../platform/policy.ts'
import type { AppointmentRow } from './appointment.entity.ts'
import { appointmentsBetween, appointmentsOfPatient, findAppointment } from './appointments.store.ts'
import { openIntervals } from './availability.ts'
import type { SchedulingNeeds } from './needs.ts'
import { bookable, maySee } from './policy.ts'
import { presentAppointment, presentPractitioner } from './present.ts'
import { freeTimes, workingHours } from './working-hours.ts'

const longestWindowMs = 8 * dayMs
const longestSearchMs = 92 * dayMs
const mostSlots = 200
const mostVisits = 100

/** The calendar of the clinic; for a practitioner, their own. */
export async function schedule(
  needs: SchedulingNeeds,
  ctx: Context,
  { from, to, practitionerId }: z.output<typeof readSchedule.query>,
): Promise<z.input<typeof readSchedule.reply>> {
  if (from >= to || to - from > longestWindowMs) throw new DomainError('invalid_request')
  const actor = asUser(ctx.actor)
  const window = { startsAt: from, endsAt: to }
  const practitioners = await visiblePractitioners(needs, actor, practitionerId)
  const ids = practitioners.map(({ id }) => id)
  const found = await needs.db.read(async (tx) => {
    const hours = await workingHours(tx, practitioners)
    const rows = await appointmentsBetween(tx, ids, window)
    const organization = await needs.identity.organization(tx, actor.organizationId)
    return {
      zone: organization?.zone ?? 'UTC',
      practitioners: practitioners.map(presentPractitioner),
      availability: [...hours].flatMap(([id, kept]) =>
        openIntervals(kept, window).map((interval) => ({ practitionerId: id, ...interval })),
      ),
      appointments: await presentAll(tx, needs, rows),
    }
  })
  await needs.audit.record(ctx, { action: 'schedule.read' })
  return found
}

export async function slots(
  needs: SchedulingNeeds,
  ctx: Context,
  wanted: { practitionerId: PractitionerId; from: Instant; to: Instant; minutes: number },
): Promise<{ slots: Instant[] }> {
  if (wanted.from >= wanted.to || wanted.to - wanted.from > longestSearchMs)
    throw new DomainError('invalid_request')
  const actor = asUser(ctx.actor)
  return needs.db.read(async (tx) => {
    const practitioner = await bookable(tx, needs, actor, wanted.practitionerId)
    if (!practitioner) throw new DomainError('not_found')
    return { slots: await freeTimes(tx, needs, practitioner, { ...wanted, limit: mostSlots }) }
  })
}

export async function appointment(
  needs: SchedulingNeeds,
  ctx: Context,
  id: AppointmentId,
): Promise<Appointment> {
  const found = await needs.db.read(async (tx) => {
    const row = await findAppointment(tx, id)
    return row && (await maySee(tx, needs, asUser(ctx.actor), row)) ? present(tx, needs, row) : null
  })
  if (!found) throw new DomainError('not_found')
  await needs.audit.record(ctx, {
    action: 'appointment.read',
    patientId: found.patient.id,
    entity: { kind: 'appointment', id },
  })
  return found
}

/** The signed-in patient's own visits. */
export async function myAppointments(
  needs: SchedulingNeeds,
  ctx: Context,
): Promise<z.input<typeof listMyAppointments.reply>> {
  const { patientId } = asUser(ctx.actor)
  if (patientId === null) throw new DomainError('not_found')
  const found = await needs.db.read(async (tx) => {
    const { upcoming, past } = await appointmentsOfPatient(tx, patientId, needs.clock.now(), mostVisits)
    return { upcoming: await presentAll(tx, needs, upcoming), past: await presentAll(tx, needs, past) }
  })
  await needs.audit.record(ctx, { action: 'appointments.listed', patientId })
  return found
}

export async function present(tx: Tx, needs: SchedulingNeeds, row: AppointmentRow): Promise<Appointment> {
  const [shown] = await presentAll(tx, needs, [row])
  if (!shown) throw new Error('one row was presented as none')
  return shown
}

async function presentAll(tx: Tx, needs: SchedulingNeeds, rows: AppointmentRow[]): Promise<Appointment[]> {
  if (rows.length === 0) return []
  const patients = await needs.patients.namesOf(tx, unique(rows.map(({ patientId }) => patientId)))
  const practitioners = await needs.identity.practitioners(
    tx,
    unique(rows.map(({ practitionerId }) => practitionerId)),
  )
  const names = {
    patients,
    practitioners: new Map(practitioners.map(({ id, displayName }) => [id, displayName])),
  }
  return rows.map((row) => presentAppointment(row, names))
}

async function visiblePractitioners(
  { identity }: SchedulingNeeds,
  actor: UserActor,
  only: PractitionerId | undefined,
): Promise<PractitionerRow[]> {
  const all = await identity.practitionersFor(actor.organizationId)
  return all.filter(
    ({ id }) =>
      (actor.role !== 'practitioner' || id === actor.practitionerId) && (only === undefined || id === only),
  )
}

function unique<T>(values: T[]): T[] {
  return [...new Set(values)]
}
