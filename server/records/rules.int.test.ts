import assert from 'node:assert/strict'
import { readNote, readPatientContext, saveNote, signNote } from '#shared/records.ts'
import { bookAppointment } from '#shared/scheduling.ts'
import {
  aBookedVisit,
  aBooking,
  aNoteText,
  anEncounter,
  aPatient,
  practitionerIdOf,
} from '#test/support/builders.ts'
import { startWorld } from '#test/support/world.ts'
import type { World } from '#test/support/world.ts'

describe('what a doctor may open', function () {
  this.timeout(30_000)
  let world: World

  before(async () => {
    world = await startWorld()
  })
  after(() => world.close())

  it('is not widened by booking a stranger for oneself', async () => {
    const [desk, doctor] = await Promise.all([world.signIn('scheduler'), world.signIn('doctor')])
    const stranger = await aPatient(desk, { family: 'Stranger' })
    const practitionerId = practitionerIdOf(world.people.doctor)
    const body = await aBooking(desk, { patientId: stranger.id, practitionerId })
    assert.equal((await doctor.refusal(bookAppointment, { body })).code, 'not_found')
    assert.equal(
      (await doctor.refusal(readPatientContext, { params: { patientId: stranger.id } })).code,
      'not_found',
    )
    // Booked by the desk, the same visit opens the chart, and the doctor may book the next one.
    await desk.call(bookAppointment, { body })
    await doctor.call(readPatientContext, { params: { patientId: stranger.id } })
    const next = await aBooking(desk, { patientId: stranger.id, practitionerId })
    await doctor.call(bookAppointment, { body: next })
  })

  it('includes a colleague’s note once that is signed, not its draft', async () => {
    const [desk, doctor, colleague] = await Promise.all([
      world.signIn('scheduler'),
      world.signIn('doctor'),
      world.signIn('otherDoctor'),
    ])
    const visit = await aBookedVisit(world, desk)
    const { encounterId } = await anEncounter(world, visit)
    const chief = await world.house.identity.addPerson(
      { requestId: 'test', actor: { kind: 'system', name: 'test' }, ip: '', log: world.house.log },
      {
        role: 'scheduler',
        displayName: 'Chief Scheduler',
        email: 'chief@example.org',
        password: 'correct-horse-battery-staple',
        organizationId: world.hospital.id,
      },
    )
    const hospital = await world.signIn({ email: chief.email })
    const body = await aBooking(hospital, {
      patientId: visit.patient.id,
      practitionerId: practitionerIdOf(world.people.otherDoctor),
    })
    await hospital.call(bookAppointment, { body })

    const params = { encounterId }
    const draft = await doctor.call(readNote, { params })
    const saved = await doctor.call(saveNote, {
      params,
      body: { version: draft.version, content: aNoteText },
    })
    assert.equal((await colleague.refusal(readNote, { params })).code, 'not_found')
    await doctor.call(signNote, { params, body: { version: saved.version } })
    assert.equal((await colleague.call(readNote, { params })).content.plan, aNoteText.plan)
  })
})
