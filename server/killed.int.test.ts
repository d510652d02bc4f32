import { deepEqual, equal, match } from 'node:assert/strict'
import { admitPatient, endConsult, giveConsent, readJoinLink, verifyLink } from '#shared/consult.ts'
import { signIn } from '#shared/identity.ts'
import { searchPatients } from '#shared/records.ts'
import { bookAppointment, findSlots } from '#shared/scheduling.ts'
import { hourMs } from '#shared/time.ts'
import { findWorkerBin } from '#scripts/worker/find.ts'
import { openChannel } from '#sfu/channel.ts'
import type { Channel } from '#sfu/channel.ts'
import type { Sfu } from '#sfu/index.ts'
import { aKey } from '#test/support/builders.ts'
import { Client } from '#test/support/client.ts'
import { goodCheck, opensMedia, sends, sits, tokenOf } from '#test/support/consults.ts'
import { freesTheNextHour, zoneOfMorning } from '#test/support/demo-clinic.ts'
import { sharedMariadb } from '#test/support/mariadb.ts'
import { addressOfReady, startProgram } from '#test/support/program.ts'
import type { Program } from '#test/support/program.ts'
import { sharedRedis } from '#test/support/redis.ts'
import { aSfu, quiet } from '#test/support/sfu.ts'
import { aisha } from '#test/support/story.ts'
import { tempFolder } from '#test/support/temp.ts'
import { waitFor } from '#test/support/wait-for.ts'
import { createServer } from './compose.ts'
import { parseConfig } from './config.ts'
import { demoPassword } from './demo/cast.ts'
import { createLog } from './platform/log.ts'

const sfuSecret = 'q8Zr2LmXv5TnJd7WsYk3HbPf9CgRaEuNtVoKiMxD'

describe('One of two servers is killed under a call', function () {
  this.timeout(90_000)
  let settings: Record<string, string>
  let sfu: Sfu
  let channel: Channel

  before(async () => {
    sfu = await aSfu()
    channel = await openChannel({
      sfu,
      host: '127.0.0.1',
      port: 0,
      secret: sfuSecret,
      log: quiet,
      now: Date.now,
    })
    settings = {
      NODE_ENV: 'test',
      PORT: '0',
      DATA_DIR: await tempFolder('killed'),
      BEDSIDE_DEMO: '1',
      BEDSIDE_SECRET: 'b3X9wq7LrT2uVn5Zk8PmJd4HsFy6CgEaNiQoRtUv',
      MEDIASOUP_WORKER_BIN: await findWorkerBin(),
      DATABASE_URL: await (await sharedMariadb()).createDatabase('killed'),
      REDIS_URL: (await sharedRedis()).url,
      SFU_URLS: `http://127.0.0.1:${channel.port}`,
      SFU_SECRET: sfuSecret,
    }
    // The demo clinic, in a zone where it is open now.
    const seeding = await createServer(parseConfig(settings), {
      log: createLog({ level: 'error' }),
      demoZone: zoneOfMorning(),
    })
    await seeding.close()
  })
  after(async () => {
    await sfu.close()
    await channel.close()
  })

  async function startServer(): Promise<Program & { url: string }> {
    const server = startProgram('server/main.ts', settings)
    return { ...server, url: await addressOfReady(server, 30_000) }
  }

  async function bookedNow(url: string): Promise<{ token: string }> {
    const desk = new Client(url)
    await desk.call(signIn, { body: { email: 'scheduler@demo.bedside.example', password: demoPassword } })
    const { patients } = await desk.call(searchPatients, { body: { query: aisha.name } })
    const doctor = await new Client(url).call(signIn, { body: doctorsWords })
    await freesTheNextHour(url, doctor.displayName)
    const from = Date.now()
    const practitionerId = doctor.practitionerId
    const patientId = patients[0]?.id
    if (!practitionerId || !patientId) throw new Error('the demo clinic has changed its people')
    const query = { practitionerId, from, to: from + hourMs / 2, minutes: 5 }
    const { slots } = await desk.call(findSlots, { query })
    const startsAt = slots[0]
    if (startsAt === undefined) throw new Error('the doctor has no free time')
    const body = {
      patientId,
      practitionerId,
      startsAt,
      minutes: 5,
      reason: 'Check-up',
      idempotencyKey: aKey(),
    }
    const { id } = await desk.call(bookAppointment, { body })
    const { url: link } = await desk.call(readJoinLink, { params: { appointmentId: id } })
    return { token: tokenOf(link) }
  }
  const doctorsWords = { email: 'doctor.lindqvist@demo.bedside.example', password: demoPassword }

  it('the patient comes back to the other one, to the same seat and media, and nothing acknowledged is lost', async () => {
    const [doomed, other] = await Promise.all([startServer(), startServer()])
    const { token } = await bookedNow(other.url)
    const home = new Client(doomed.url)
    const { consultId } = await home.call(verifyLink, { body: { token, birthDate: aisha.birthDate } })
    await home.call(giveConsent, {
      params: { consultId },
      body: { kind: 'remote_care', textVersion: '1', granted: true },
    })
    const patient = await sits(home, consultId)
    await patient.socket.request('seat:wait', { deviceCheck: goodCheck })
    const practice = new Client(other.url)
    await practice.call(signIn, { body: doctorsWords })
    const doctor = await sits(practice, consultId)
    await practice.call(admitPatient, { params: { consultId } })
    const patientMedia = await opensMedia(patient)
    const doctorMedia = await opensMedia(doctor)
    const voice = await sends(doctor, doctorMedia)
    const heard = await patient.socket.hears('media:consumer', ({ producerId }) => producerId === voice)
    const written: string[] = []
    for (let n = 0; n < 20; n++) {
      const text = `It hurts here, ${n}`
      await patient.socket.request('chat:post', { text, idempotencyKey: aKey() })
      written.push(text)
    }
    doomed.child.kill('SIGKILL')
    await doomed.ended()
    await waitFor('the line of the patient is cut', () => !patient.socket.connected)

    home.origin = other.url
    const back = await sits(home, consultId, patient.resumeToken)
    equal(back.view.state, 'live')
    const { epoch } = patientMedia
    await back.socket.request('media:restart-ice', { epoch, transportId: patientMedia.sendTransport.id })
    await back.socket.request('media:resume-consumer', { epoch, consumerId: heard.consumerId })
    const ownVoice = await sends(back, patientMedia)
    await doctor.socket.hears('media:consumer', ({ producerId }) => producerId === ownVoice)
    const { messages } = await back.socket.request('chat:list', { after: null })
    deepEqual(
      messages.map(({ text }) => text),
      written,
    )
    await practice.call(endConsult, { params: { consultId } })

    const check = startProgram('server/verify-audit.ts', settings)
    equal(await check.ended(), 0)
    match(check.text(), /audit trail is whole/)
    other.child.kill('SIGTERM')
    equal(await other.ended(), 0)
  })
})
