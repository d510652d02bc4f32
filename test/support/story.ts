import { openDemoClinic, zoneOfMorning } from './demo-clinic.ts'
import type { DemoClinic, Shape, Venue } from './demo-clinic.ts'
import { aDoctor, aPatientAtHome, aScheduler } from './people.ts'
import type { Doctor, Patient, Scheduler } from './people.ts'
import { skipBecause } from './skip.ts'

/** Whom the stories are about; both are in the demo clinic. */
export const aisha = { name: 'Aisha Rahman', birthDate: '1989-06-21' }
export const keller = { name: 'Dr. Anna Keller', email: 'doctor@demo.bedside.example' }

/** In this suite each sentence begins where the one before it ended: after a failed one the others are skipped. */
export function tellsOneStory(): void {
  let broken = false
  beforeEach(function () {
    if (broken) skipBecause(this, 'the sentence before it failed')
  })
  afterEach(function () {
    broken ||= this.currentTest?.state === 'failed'
  })
}

export type People = {
  scheduler: Scheduler
  patient: Patient
  doctor: Doctor
  /** Everybody leaves, and the clinic closes. */
  end(): Promise<void>
}
export type Talk = People & { clinic: DemoClinic }

/** A booked visit under way in real browsers: the patient on a phone, the doctor at a desk, each sees the other. */
export async function aTalk(
  shape: Shape,
  reason: string,
  beforehand: (patient: Patient, clinic: DemoClinic) => Promise<void> = async () => undefined,
  settings: Record<string, string> = {},
): Promise<Talk> {
  const clinic = await openDemoClinic(shape, settings)
  return { clinic, ...(await aTalkIn(clinic, reason, (patient) => beforehand(patient, clinic))) }
}

/** The same in a clinic that is open; the talk's end closes it. */
export async function aTalkIn(
  clinic: Venue,
  reason: string,
  beforehand: (patient: Patient) => Promise<void> = async () => undefined,
): Promise<People> {
  await clinic.freesTheNextHour(keller.name)
  const zone = zoneOfMorning()
  const scheduler = await aScheduler(clinic.url, { zone })
  const patient = await aPatientAtHome({ zone, phone: true })
  await beforehand(patient)
  const doctor = await aDoctor(clinic.doctorsUrl, { zone })
  await scheduler.signsIn('scheduler@demo.bedside.example')
  const link = await scheduler.books({ patient: aisha.name, doctor: keller.name, reason })
  await patient.joins(link, aisha)
  await doctor.signsIn(keller.email)
  await doctor.admits(aisha.name)
  await Promise.all([doctor.sees(aisha.name), patient.sees(keller.name)])
  return {
    scheduler,
    patient,
    doctor,
    async end() {
      for (const person of [scheduler, patient, doctor]) await person.leavesTheRoom()
      await clinic.close()
    },
  }
}
