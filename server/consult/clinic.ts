import { Temporal } from 'temporal-polyfill'
import type { z } from 'zod'
import type { readClinic } from '#shared/consult.ts'
import type { Instant } from '#shared/time.ts'
import type { Context } from '#server/platform/context.ts'
import { asUser } from '#server/platform/policy.ts'
import { consultsOf } from './consults.store.ts'
import { notFound } from './errors.ts'
import type { ConsultNeeds } from './needs.ts'
import { participantsOfAll } from './participants.store.ts'
import { presentVisit } from './present.ts'

type Needs = Pick<ConsultNeeds, 'db' | 'clock' | 'audit' | 'identity' | 'appointments' | 'charts'>

/** Today's visits of the doctor who asks, today being the calendar day where they work. */
export async function readBoard(
  { db, clock, audit, identity, appointments, charts }: Needs,
  ctx: Context,
): Promise<z.input<typeof readClinic.reply>> {
  const { practitionerId } = asUser(ctx.actor)
  if (practitionerId === null) throw notFound()
  const now = clock.now()
  const visits = await db.read(async (tx) => {
    const [practitioner] = await identity.practitioners(tx, [practitionerId])
    if (!practitioner) throw notFound()
    const [from, to] = dayAround(now, practitioner.zone)
    const booked = await appointments.between(tx, practitionerId, from, to)
    const consults = await consultsOf(tx, booked.map(({ id }) => id)) // prettier-ignore
    const seats = await participantsOfAll(tx, consults.map(({ id }) => id)) // prettier-ignore
    const names = await charts.namesOf(tx, booked.map(({ patientId }) => patientId)) // prettier-ignore
    return booked.map((visit) => {
      const consult = consults.find(({ appointmentId }) => appointmentId === visit.id) ?? null
      const seat = seats.find(({ consultId, role }) => consultId === consult?.id && role === 'patient')
      return presentVisit(visit, names.get(visit.patientId) ?? '', consult, seat ?? null)
    })
  })
  await audit.record(ctx, { action: 'clinic.read' })
  return { now, visits }
}

/** The calendar day that `now` falls on in this zone, as [start, end). */
function dayAround(now: Instant, zone: string): [Instant, Instant] {
  const day = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone).startOfDay()
  return [day.epochMilliseconds, day.add({ days: 1 }).epochMilliseconds]
}
