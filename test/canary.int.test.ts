import assert from 'node:assert/strict'
import { createClient } from 'redis'
import { endConsult, giveConsent, openLink, readClinic, verifyLink } from '#shared/consult.ts'
import { EncounterId } from '#shared/ids.ts'
import { uploadSnapshot } from '#shared/imaging.ts'
import {
  addCondition,
  amendNote,
  readNote,
  readPatientContext,
  readVisitSummary,
  saveNote,
  searchPatients,
  signNote,
} from '#shared/records.ts'
import { cancelAppointment, readSchedule } from '#shared/scheduling.ts'
import { hourMs } from '#shared/time.ts'
import { aJpeg } from '#server/imaging/pipeline/test/specimens.ts'
import { aBookedVisit, aKey, aPatient } from './support/builders.ts'
import { aLiveVisit, opensMedia, sends, sits } from './support/consults.ts'
import { sharedRedis } from './support/redis.ts'
import { startWorld } from './support/world.ts'
import type { World } from './support/world.ts'

/** Everything about one person that must never leave the places made for it. */
const marks = {
  name: 'LeakCanary泄漏测试',
  reason: 'canary reason of the visit',
  note: 'canary words of the note',
  chat: 'canary words of the chat',
  condition: 'canary condition',
  phone: '+49 170 2222233333',
}

describe('the story of a marked patient', function () {
  this.timeout(120_000)
  let world: World
  let redisSaw = ''
  let metrics = ''

  before(async () => {
    const redis = await sharedRedis()
    const monitor = createClient({ url: redis.url })
    await monitor.connect()
    await monitor.monitor((line) => (redisSaw += `${line}\n`))
    world = await startWorld({ engine: 'mariadb', servers: 2, media: true })
    await everyStory(world)
    const port = await world.house.metrics.listen(0)
    metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
    monitor.destroy()
  })
  after(() => world.close())

  for (const [place, text] of [
    ['the log', () => world.log.join('\n')],
    ['Redis', () => redisSaw],
    ['the metrics', () => metrics],
  ] as const) {
    it(`leaves no trace of the person in ${place}`, () => {
      const seen = text()
      assert.ok(seen.length > 500, `${place} should have something in it`)
      for (const [what, mark] of Object.entries(marks))
        assert.equal(seen.includes(mark), false, `${what} is in ${place}`)
      // What is escaped on the way would slip through a plain search.
      assert.equal(seen.includes('LeakCanary'), false)
      assert.equal(/canary (reason|words|condition)/i.test(seen), false)
    })
  }

  it('leaves no trace of the way in: no link, no ticket, no session, no birth date', () => {
    const log = world.log.join('\n')
    for (const secret of secrets) assert.equal(log.includes(secret), false)
    assert.ok(secrets.length >= 4)
  })
})

const secrets: string[] = []

async function everyStory(world: World): Promise<void> {
  const live = await aLiveVisit(world, { patient: 0, doctor: 1 })
  const { doctor, patient, visit, consultId } = live
  secrets.push(
    visit.token,
    visit.patient.birthDate,
    patient.resumeToken,
    ...patient.client.cookies.values(),
    ...doctor.client.cookies.values(),
  )

  const desk = await world.signIn('scheduler')
  const marked = await aPatient(desk, { family: marks.name, given: 'Erika', phone: marks.phone })
  await desk.call(searchPatients, { body: { query: marks.name } })
  const booked = await aBookedVisit(world, desk, { patientId: marked.id, reason: marks.reason })
  await desk.call(readSchedule, { query: { from: booked.startsAt - hourMs, to: booked.startsAt + hourMs } })
  await doctor.client.call(readClinic)

  for (const who of [doctor, patient]) {
    const media = await opensMedia(who)
    await sends(who, media, 'camera')
  }
  await patient.socket.request('chat:post', { text: marks.chat, idempotencyKey: aKey() })
  await doctor.socket.hears('chat:posted')
  const { requestId } = await doctor.socket.request('snapshot:request', { idempotencyKey: aKey() })
  await patient.socket.request('snapshot:answer', { requestId, allowed: true })
  await patient.client.call(uploadSnapshot, {
    params: { consultId },
    query: { requestId },
    bytes: await aJpeg(),
  })
  await doctor.socket.hears('snapshot:enhanced')

  const view = await doctor.socket.request('consult:sync', {})
  const encounterId = EncounterId.parse(view.encounterId)
  const note = await doctor.client.call(readNote, { params: { encounterId } })
  const content = { subjective: marks.note, objective: marks.note, assessment: marks.note, plan: marks.note }
  const saved = await doctor.client.call(saveNote, {
    params: { encounterId },
    body: { version: note.version, content },
  })
  await doctor.client.refusal(saveNote, { params: { encounterId }, body: { version: note.version, content } })
  await doctor.client.call(signNote, { params: { encounterId }, body: { version: saved.version } })
  await doctor.client.call(amendNote, {
    params: { encounterId },
    body: { text: marks.note, idempotencyKey: aKey() },
  })
  await doctor.client.call(addCondition, {
    params: { patientId: visit.patient.id },
    body: {
      code: { system: 'http://snomed.info/sct', code: '38341003', display: marks.condition },
      clinicalStatus: 'active',
      onsetDate: null,
    },
  })
  await doctor.client.call(readPatientContext, { params: { patientId: visit.patient.id } })

  // What goes wrong must not tell either: shapes, sizes, strangers, drops.
  await desk.send(searchPatients, { body: { query: [marks.name] } })
  await desk.send(searchPatients, { body: { [marks.name]: marks.reason } })
  await doctor.socket.raw('chat:post', { text: [marks.chat] })
  await doctor.socket.raw(marks.name, { text: marks.chat })
  await doctor.client.send(saveNote, { params: { encounterId: marks.name }, body: { note: marks.note } })
  await world.stranger().refusal(verifyLink, { body: { token: visit.token, birthDate: '1900-01-01' } })
  await world.stranger().refusal(openLink, { body: { token: visit.token } })
  await patient.client.call(giveConsent, {
    params: { consultId },
    body: { kind: 'snapshot', textVersion: '1', granted: false },
  })
  patient.socket.drop()
  const back = await sits(patient.client, consultId, patient.resumeToken)
  secrets.push(back.resumeToken)

  await doctor.client.call(endConsult, { params: { consultId } })
  await patient.client.call(readVisitSummary, { params: { consultId } })
  await desk.call(cancelAppointment, {
    params: { appointmentId: booked.id },
    body: { version: booked.version, reason: marks.reason },
  })
}
