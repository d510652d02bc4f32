import assert from 'node:assert/strict'
import {
  addAllergy,
  addCondition,
  addMedication,
  addObservation,
  addPatient,
  bookFollowUp,
  readPatientContext,
  readVisitSummary,
  saveNote,
  searchPatients,
  signNote,
  vitals,
} from '#shared/records.ts'
import { RecordId } from '#shared/ids.ts'
import type { PatientId } from '#shared/ids.ts'
import { cancelAppointment, readAppointment } from '#shared/scheduling.ts'
import { dayMs, hourMs } from '#shared/time.ts'
import { systemContext } from '#server/platform/context.ts'
import { newId } from '#server/platform/ids.ts'
import {
  aBookedVisit,
  aKey,
  aNoteText,
  anEncounter,
  aPatient,
  freeTimes,
  practitionerIdOf,
} from '#test/support/builders.ts'
import type { Client } from '#test/support/client.ts'
import { password, startWorld } from '#test/support/world.ts'
import type { World } from '#test/support/world.ts'
import { observationEntity } from './chart.entity.ts'

const loinc = (code: string, display: string) => ({ system: 'http://loinc.org', code, display })
const snomed = (code: string, display: string) => ({ system: 'http://snomed.info/sct', code, display })
const hypertension = { code: snomed('38341003', 'Hypertension'), clinicalStatus: 'active', onsetDate: '2019-04-01' } as const // prettier-ignore
const penicillin = { code: snomed('91936005', 'Allergy to penicillin'), criticality: 'high', reaction: 'Rash' } as const // prettier-ignore
const amlodipine = { code: { system: 'http://www.whocc.no/atc', code: 'C08CA01', display: 'Amlodipine 5 mg' }, dosage: 'One in the morning', status: 'active', startedOn: '2019-04-02' } as const // prettier-ignore
const pressure = (effectiveAt: number, systolic: number, diastolic: number) => ({
  code: loinc(vitals.bloodPressure.code, 'Blood pressure'),
  effectiveAt,
  value: null,
  unit: null,
  components: [
    { code: loinc('8480-6', 'Systolic'), value: systolic, unit: 'mm[Hg]' },
    { code: loinc('8462-4', 'Diastolic'), value: diastolic, unit: 'mm[Hg]' },
  ],
})
const pulse = (effectiveAt: number, value: number) => ({
  code: loinc(vitals.heartRate.code, 'Heart rate'),
  effectiveAt,
  value,
  unit: '/min',
  components: [],
})

for (const engine of ['sqlite', 'mariadb'] as const) {
  describe(`the chart on ${engine}`, function () {
    this.timeout(60_000)
    let world: World
    let desk: Client
    let doctor: Client

    before(async () => {
      world = await startWorld({ engine })
      desk = await world.signIn('scheduler')
      doctor = await world.signIn('doctor')
    })
    after(() => world.close())

    it('shows in one request all that was entered, the newest first and trends from old to new', async () => {
      const visit = await aBookedVisit(world, desk)
      const params = { patientId: visit.patient.id }
      const now = world.clock.now()
      await doctor.call(addCondition, { params, body: hypertension })
      await doctor.call(addAllergy, { params, body: penicillin })
      await doctor.call(addMedication, { params, body: amlodipine })
      await doctor.call(addObservation, { params, body: pressure(now - dayMs, 151, 92) })
      await doctor.call(addObservation, { params, body: pressure(now - hourMs, 138.5, 86) })
      await doctor.call(addObservation, { params, body: pulse(now - dayMs, 71) })
      const { encounterId } = await anEncounter(world, visit)
      const ofVisit = { params: { encounterId } }
      await doctor.call(saveNote, { ...ofVisit, body: { version: 0, content: aNoteText } })
      await world.house.db.write((tx) =>
        world.house.records.finishEncounter(tx, systemContext('test', world.house.log), encounterId),
      )

      const before = await doctor.call(readPatientContext, { params })
      assert.deepEqual(before.visits.map(({ assessment, signed }) => [assessment, signed]), [[null, false]]) // prettier-ignore
      await doctor.call(signNote, { ...ofVisit, body: { version: 1 } })

      const { patient, conditions, allergies, medications, vitals, visits, snapshots } = await doctor.call(
        readPatientContext,
        { params },
      )
      assert.equal(patient.id, visit.patient.id)
      const without = ({ id: _, ...rest }: { id: string }) => rest
      assert.deepEqual(conditions.map(without), [hypertension])
      assert.deepEqual(allergies.map(without), [penicillin])
      assert.deepEqual(medications.map(without), [amlodipine])
      assert.deepEqual(
        vitals.map(({ latest, series }) => [without(latest), series.map(without)]),
        [
          [
            pressure(now - hourMs, 138.5, 86),
            [pressure(now - dayMs, 151, 92), pressure(now - hourMs, 138.5, 86)],
          ],
          [pulse(now - dayMs, 71), [pulse(now - dayMs, 71)]],
        ],
      )
      assert.deepEqual(
        visits.map(({ practitionerName, reason, assessment, signed }) => ({
          practitionerName,
          reason,
          assessment,
          signed,
        })),
        [
          {
            practitionerName: 'Dr. Doctor',
            reason: 'Check-up',
            assessment: 'Probably iron deficiency.',
            signed: true,
          },
        ],
      )
      assert.deepEqual(snapshots, [])
    })

    it('keeps at most sixty points of a trend, the newest', async () => {
      const { patient } = await aBookedVisit(world, desk)
      const now = world.clock.now()
      for (let n = 0; n < 61; n++) {
        await doctor.call(addObservation, { params: { patientId: patient.id }, body: pulse(now - (61 - n) * hourMs, 60 + n) }) // prettier-ignore
        world.clock.advance(500)
      }
      const { vitals } = await doctor.call(readPatientContext, { params: { patientId: patient.id } })
      const [trend] = vitals
      assert.deepEqual([trend?.series.length, trend?.series[0]?.value, trend?.latest.value], [60, 61, 120])
    })

    it('does not let a monitor’s thousand values crowd out a single weight', async () => {
      const { patient } = await aBookedVisit(world, desk)
      const params = { patientId: patient.id }
      const now = world.clock.now()
      const weight = {
        ...pulse(now - 90 * dayMs, 71.5),
        code: loinc(vitals.bodyWeight.code, 'Weight'),
        unit: 'kg',
      }
      await doctor.call(addObservation, { params, body: weight })
      await world.house.db.write(({ manager }) =>
        manager.insert(
          observationEntity,
          Array.from({ length: 1000 }, (_, n) => ({
            id: newId(RecordId, world.clock),
            patientId: patient.id,
            systemUri: 'http://loinc.org',
            code: vitals.heartRate.code,
            display: 'Heart rate',
            recordedBy: practitionerIdOf(world.people.doctor),
            recordedAt: now,
            effectiveAt: now - n * 60_000,
            value: 1000 - n,
            unit: '/min',
          })),
        ),
      )
      const trends = (await doctor.call(readPatientContext, { params })).vitals
      assert.deepEqual(
        trends.map(({ latest, series }) => [latest.value, series.length, series[0]?.value]),
        [
          [1000, 60, 941],
          [71.5, 1, 71.5],
        ],
      )
    })

    it('refuses a measurement without a value, and one from the future', async () => {
      const { patient } = await aBookedVisit(world, desk)
      const now = world.clock.now()
      const wrong = [
        { ...pulse(now, 70), value: null },
        pulse(now + hourMs, 70),
        { ...pressure(now, 1, 1), value: 3 },
      ]
      for (const body of wrong) {
        const refused = await doctor.refusal(addObservation, { params: { patientId: patient.id }, body })
        assert.equal(refused.code, 'invalid_request')
      }
    })

    it('finds patients by name in any order and script, by record number, phone and address', async () => {
      const wang = await aPatient(desk, {
        family: '王',
        given: '小明',
        phone: '+65 8123 9911',
        locale: 'zh-CN',
      })
      const jose = await aPatient(desk, {
        family: 'Núñez',
        given: 'José',
        phone: null,
        email: 'Pepe@Example.org',
      })
      const found = async (query: string) =>
        (await desk.call(searchPatients, { body: { query } })).patients.map(({ id }) => id)
      for (const query of ['王小', '小明王', wang.identifier, '8123 9911', '+65 8123', '08123-9911'])
        assert.ok((await found(query)).includes(wang.id), query)
      for (const query of ['nunez', 'NÚÑEZ, José', 'jose nun', 'pepe@ex'])
        assert.ok((await found(query)).includes(jose.id), query)
      assert.deepEqual(await found('明'), [])
      assert.deepEqual(await found("'; DROP TABLE patient; --%"), [])
      assert.ok((await found('')).length > 1)
    })

    it('lets a follow-up be booked from the visit, once, and names it in the patient’s summary', async () => {
      const visit = await aBookedVisit(world, desk)
      const { encounterId, consultId } = await anEncounter(world, visit)
      const [startsAt = 0] = await freeTimes(desk, visit.practitioner.id)
      const body = { startsAt, minutes: 30, reason: 'Review', idempotencyKey: aKey() }
      const booked = await doctor.call(bookFollowUp, { params: { encounterId }, body })
      assert.deepEqual(await doctor.call(bookFollowUp, { params: { encounterId }, body }), booked)
      assert.equal(booked.patient.id, visit.patient.id)
      const clash = await doctor.refusal(bookFollowUp, {
        params: { encounterId },
        body: { ...body, idempotencyKey: aKey() },
      })
      assert.equal(clash.code, 'slot_taken')

      const patient = await anAccountOf(world, visit.patient.id)
      const summary = await patient.call(readVisitSummary, { params: { consultId } })
      assert.equal(summary.plan, null)
      assert.deepEqual(summary.followUp, {
        appointmentId: booked.id,
        startsAt: booked.startsAt,
        endsAt: booked.endsAt,
      })
      await doctor.call(saveNote, { params: { encounterId }, body: { version: 0, content: aNoteText } })
      await doctor.call(signNote, { params: { encounterId }, body: { version: 1 } })
      await desk.call(cancelAppointment, {
        params: { appointmentId: booked.id },
        body: { version: booked.version, reason: '' },
      })
      const after = await patient.call(readVisitSummary, { params: { consultId } })
      assert.deepEqual([after.plan, after.followUp], [aNoteText.plan, null])
    })
  })
}

describe('who may see and write a chart', function () {
  this.timeout(60_000)
  let world: World
  let desk: Client
  let doctor: Client

  before(async () => {
    world = await startWorld()
    desk = await world.signIn('scheduler')
    doctor = await world.signIn('doctor')
  })
  after(() => world.close())

  /** Every request about this patient's chart. */
  async function everyWay(client: Client): Promise<string[]> {
    const visit = await aBookedVisit(world, desk)
    const { encounterId, consultId } = await anEncounter(world, visit)
    const params = { patientId: visit.patient.id }
    const ofVisit = { encounterId }
    const followUp = { startsAt: 0, minutes: 30, reason: 'Review', idempotencyKey: aKey() }
    const refusals = [
      client.refusal(readPatientContext, { params }),
      client.refusal(addCondition, { params, body: hypertension }),
      client.refusal(addAllergy, { params, body: penicillin }),
      client.refusal(addMedication, { params, body: amlodipine }),
      client.refusal(addObservation, { params, body: pulse(0, 70) }),
      client.refusal(saveNote, { params: ofVisit, body: { version: 0, content: aNoteText } }),
      client.refusal(signNote, { params: ofVisit, body: { version: 0 } }),
      client.refusal(bookFollowUp, { params: ofVisit, body: followUp }),
      client.refusal(readVisitSummary, { params: { consultId } }),
    ]
    return (await Promise.all(refusals)).map(({ code }) => code)
  }

  it('is nobody who is not signed in', async () => {
    const stranger = world.stranger()
    assert.deepEqual(new Set(await everyWay(stranger)), new Set(['unauthenticated']))
    const body = { family: 'A', given: 'B', birthDate: '2000-01-01', gender: 'other', phone: null, email: null, locale: 'en' } as const // prettier-ignore
    assert.equal((await stranger.refusal(addPatient, { body })).code, 'unauthenticated')
    assert.equal((await stranger.refusal(searchPatients, { body: { query: '' } })).code, 'unauthenticated')
  })

  it('is not the scheduler, who never sees clinical text, nor the administrator', async () => {
    for (const who of ['scheduler', 'administrator'] as const)
      assert.deepEqual(new Set(await everyWay(await world.signIn(who))), new Set(['not_found']))
  })

  it('is not a doctor who does not treat the patient', async () => {
    assert.deepEqual(new Set(await everyWay(await world.signIn('otherDoctor'))), new Set(['not_found']))
  })

  it('is not another patient', async () => {
    const other = await anAccountOf(world, (await aPatient(desk)).id)
    assert.deepEqual(new Set(await everyWay(other)), new Set(['not_found']))
  })

  it('is not the doctor whose only visit with the patient was cancelled', async () => {
    const visit = await aBookedVisit(world, desk)
    const params = { patientId: visit.patient.id }
    await doctor.call(readPatientContext, { params })
    await desk.call(cancelAppointment, {
      params: { appointmentId: visit.id },
      body: { version: visit.version, reason: '' },
    })
    assert.equal((await doctor.refusal(readPatientContext, { params })).code, 'not_found')
  })

  it('gives the scheduler a visit without a word of the note', async () => {
    const visit = await aBookedVisit(world, desk)
    const { encounterId } = await anEncounter(world, visit)
    const secret = 'Zaubertrank-Allergie'
    const content = { subjective: secret, objective: secret, assessment: secret, plan: secret }
    await doctor.call(saveNote, { params: { encounterId }, body: { version: 0, content } })
    await doctor.call(signNote, { params: { encounterId }, body: { version: 1 } })
    const seen = [
      await desk.call(readAppointment, { params: { appointmentId: visit.id } }),
      await desk.call(searchPatients, { body: { query: 'muster' } }),
    ]
    assert.ok(!JSON.stringify(seen).includes(secret))
    assert.ok(!world.log.join('\n').includes(secret))
  })

  it('is written down: every read and write, and every refusal, with whose chart it was', async () => {
    const visit = await aBookedVisit(world, desk)
    const params = { patientId: visit.patient.id }
    await doctor.call(readPatientContext, { params })
    await doctor.call(addAllergy, { params, body: penicillin })
    await (await world.signIn('otherDoctor')).refusal(readPatientContext, { params })
    const events = await world.house.audit.search({ patientId: visit.patient.id, limit: 50 })
    assert.deepEqual(events.map(({ action, outcome }) => `${action} ${outcome}`).sort(), [
      'allergy.added success',
      'appointment.booked success',
      'chart.read refused',
      'chart.read success',
      'patient.added success',
    ])
  })
})

async function anAccountOf(world: World, patientId: PatientId): Promise<Client> {
  const { identity, log, clock } = world.house
  const email = `patient-${patientId}@example.org`
  await identity.addPerson(systemContext('test', log), {
    role: 'patient',
    displayName: `Patient ${clock.now()}`,
    email,
    password,
    organizationId: world.hospital.id,
    patientId,
  })
  return world.signIn({ email })
}
