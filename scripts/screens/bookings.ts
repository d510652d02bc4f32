import { randomUUID } from 'node:crypto'
import { listPractitioners, type Practitioner } from '#shared/identity.ts'
import { searchPatients } from '#shared/records.ts'
import {
  bookAppointment,
  cancelAppointment,
  findSlots,
  readSchedule,
  type Appointment,
} from '#shared/scheduling.ts'
import { dayMs, hourMs, minuteMs } from '#shared/time.ts'
import { doctors } from '#server/demo/cast.ts'
import type { Party } from './party.ts'

/** The doctor of this cast, as one who can be booked. */
export async function theDoctor(party: Party): Promise<Practitioner> {
  const { practitioners } = await party.ask('desk', listPractitioners)
  const name = doctors[party.cast.doctor]?.displayName
  const found = practitioners.find(({ displayName }) => displayName === name)
  if (found === undefined) throw new Error('the doctor of the demo cannot be booked')
  return found
}

/** What is booked with the doctor of this cast in [from, to), earliest first. */
export async function appointmentsBetween(party: Party, from: number, to: number): Promise<Appointment[]> {
  const { id: practitionerId } = await theDoctor(party)
  const { appointments } = await party.ask('desk', readSchedule, { query: { from, to, practitionerId } })
  return appointments.toSorted((a, b) => a.startsAt - b.startsAt)
}

/** The visit of this cast's patient that is due now. */
export async function theDueVisit(party: Party): Promise<Appointment> {
  const now = party.clinic.house.clock.now()
  const around = await appointmentsBetween(party, now - hourMs, now + hourMs)
  const { displayName } = party.patient()
  const due = around.find(
    ({ patient, status }) => patient.displayName === displayName && status !== 'cancelled',
  )
  if (due === undefined) throw new Error('no visit is due in the demo clinic')
  return due
}

/** Another patient's visit right after the one that is due, so that its link is open already. */
export async function theVisitAfterIt(party: Party): Promise<Appointment> {
  const { endsAt } = await theDueVisit(party)
  for (const { id, version, status } of await appointmentsBetween(party, endsAt, endsAt + 10 * minuteMs)) {
    if (status === 'booked')
      await party.ask('desk', cancelAppointment, {
        params: { appointmentId: id },
        body: { version, reason: '' },
      })
  }
  return anAppointment(party, { from: endsAt })
}

/** A visit whose link has long expired. */
export async function anOldAppointment(party: Party): Promise<Appointment> {
  const end = party.clinic.house.clock.now() - dayMs
  for (let week = 1; week <= 26; week++) {
    const found = await appointmentsBetween(party, end - week * 7 * dayMs, end - (week - 1) * 7 * dayMs)
    const old = found.find(({ status }) => status !== 'cancelled')
    if (old !== undefined) return old
  }
  throw new Error('the demo clinic has no visit that is over')
}

/** Books the doctor's first free time after `from` for one of the demo's patients. */
export async function anAppointment(
  party: Party,
  { from, minutes = 10 }: { from: number; minutes?: number },
): Promise<Appointment> {
  const { id: practitionerId } = await theDoctor(party)
  const { slots } = await party.ask('desk', findSlots, {
    query: { practitionerId, from, to: from + 4 * dayMs, minutes },
  })
  const [startsAt] = slots
  const { family, displayName } = party.patient(1)
  const { patients } = await party.ask('desk', searchPatients, { body: { query: family } })
  const patient = patients.find((one) => one.displayName === displayName)
  if (startsAt === undefined || patient === undefined)
    throw new Error('nothing can be booked in the demo clinic')
  return party.ask('desk', bookAppointment, {
    body: {
      patientId: patient.id,
      practitionerId,
      startsAt,
      minutes,
      reason: party.cast.reason,
      idempotencyKey: randomUUID(),
    },
  })
}
