import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import { ConsultId } from '#shared/ids.ts'
import type { EncounterId, PractitionerId } from '#shared/ids.ts'
import { addPatient } from '#shared/records.ts'
import type { PatientDemographics } from '#shared/records.ts'
import { bookAppointment, findSlots } from '#shared/scheduling.ts'
import type { Appointment, BookingInput } from '#shared/scheduling.ts'
import { dayMs } from '#shared/time.ts'
import { systemContext } from '#server/platform/context.ts'
import { newId } from '#server/platform/ids.ts'
import type { Client } from './client.ts'
import type { World } from './world.ts'

export const aKey = (): string => randomUUID()

/** Registers a patient, with defaults for what the test does not care about. */
export function aPatient(
  desk: Client,
  differing: Partial<z.input<typeof addPatient.body>> = {},
): Promise<PatientDemographics> {
  return desk.call(addPatient, {
    body: {
      family: 'Muster',
      given: 'Erika',
      birthDate: '1961-08-12',
      gender: 'female',
      phone: '+49 170 1234567',
      email: null,
      locale: 'en',
      ...differing,
    },
  })
}

/** The doctor of this world, as one who can be booked. */
export function practitionerIdOf({ practitionerId }: World['people']['doctor']): PractitionerId {
  if (practitionerId === null) throw new Error('this person cannot be booked')
  return practitionerId
}

/** The next free starts of a practitioner, within three weeks. */
export async function freeTimes(
  desk: Client,
  practitionerId: string,
  { minutes = 30, from = Date.now() }: { minutes?: number; from?: number } = {},
): Promise<number[]> {
  const query = { practitionerId, from, to: from + 21 * dayMs, minutes }
  const { slots } = await desk.call(findSlots, { query })
  return slots
}

/** What to book: at the next free time when none is given. */
export async function aBooking(
  desk: Client,
  wanted: { patientId: string; practitionerId: string } & Partial<z.input<typeof BookingInput>>,
): Promise<z.input<typeof BookingInput>> {
  const [soon] = wanted.startsAt ? [wanted.startsAt] : await freeTimes(desk, wanted.practitionerId)
  if (soon === undefined) throw new Error('nothing is free in three weeks')
  return { minutes: 30, reason: 'Check-up', idempotencyKey: aKey(), startsAt: soon, ...wanted }
}

/** A visit of a new patient with the doctor of the world. */
export async function aBookedVisit(
  world: World,
  desk: Client,
  differing: Partial<z.input<typeof BookingInput>> = {},
): Promise<Appointment> {
  const patientId = differing.patientId ?? (await aPatient(desk)).id
  const practitionerId = practitionerIdOf(world.people.doctor)
  const body = await aBooking(desk, { practitionerId, ...differing, patientId })
  return desk.call(bookAppointment, { body })
}

/** The encounter of a booked visit, as the consult opens it when the doctor admits the patient. */
export async function anEncounter(
  { house }: World,
  { id, organizationId, patient, practitioner, reason }: Appointment,
): Promise<{ encounterId: EncounterId; consultId: ConsultId }> {
  const consultId = newId(ConsultId, house.clock)
  const visit = {
    id,
    consultId,
    organizationId,
    patientId: patient.id,
    practitionerId: practitioner.id,
    reason,
  }
  const ctx = systemContext('test', house.log)
  const encounterId = await house.db.write((tx) => house.records.startEncounter(tx, ctx, visit))
  return { encounterId, consultId }
}

export const aNoteText = {
  subjective: 'Tired since two weeks.',
  objective: 'Alert, no distress.',
  assessment: 'Probably iron deficiency.',
  plan: 'Ferritin, then iron by mouth.',
}
