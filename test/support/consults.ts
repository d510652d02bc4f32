import { admitPatient, giveConsent, readJoinLink, verifyLink } from '#shared/consult.ts'
import type { ConsultView, DeviceCheck } from '#shared/consult.ts'
import type { ConsultId } from '#shared/ids.ts'
import type { PatientDemographics } from '#shared/records.ts'
import type { Appointment } from '#shared/scheduling.ts'
import { hourMs, minuteMs } from '#shared/time.ts'
import { aBookedVisit, aPatient, freeTimes, practitionerIdOf } from './builders.ts'
import type { Client } from './client.ts'
import { ConsultSocket } from './consult-socket.ts'
import { participantEntity } from '#server/consult/consult.entity.ts'
import { opusParameters, someDtls, vp8Parameters } from './sfu.ts'
import { waitFor } from './wait-for.ts'
import type { World } from './world.ts'

export const goodCheck: DeviceCheck = {
  camera: 'ok',
  microphone: 'ok',
  speaker: 'confirmed',
  connection: 'good',
  roundTripMs: 12,
  lossPercent: 0,
  protocol: 'udp',
}

/** A visit that begins in ten minutes, and the link that its patient was sent. */
export type ComingVisit = {
  appointment: Appointment
  patient: PatientDemographics
  url: string
  token: string
  opensAt: number
  expiresAt: number
}

const bookedMinutes = 5
/** The link opens half an hour before the visit. */
const enterBeforeMs = 28 * minuteMs
const begun = new WeakSet<World>()

/**
 * Books a short visit with the doctor of the world and lets the time come for it. The first one is early in a morning
 * and each further one five minutes later, so that nobody's session runs out between them. Of a new patient, unless one is
 * known.
 */
export async function aComingVisit(world: World, known?: PatientDemographics): Promise<ComingVisit> {
  // All browsers of a test have one address, which may not sign in so often.
  world.clock.advance(30_000)
  const early = await world.signIn('scheduler')
  const patient = known ?? (await aPatient(early))
  const startsAt = await nextStart(world, early)
  const visit = { patientId: patient.id, startsAt, minutes: bookedMinutes }
  const appointment = await aBookedVisit(world, early, visit)
  world.clock.advance(Math.max(0, startsAt - enterBeforeMs - world.clock.now()))
  const desk = await world.signIn('scheduler')
  const link = await desk.call(readJoinLink, { params: { appointmentId: appointment.id } })
  return { appointment, patient, token: tokenOf(link.url), ...link }
}

async function nextStart(world: World, desk: Client): Promise<number> {
  const starts = await freeTimes(desk, practitionerIdOf(world.people.doctor), {
    minutes: bookedMinutes,
    from: world.clock.now(),
  })
  const nextMorning = starts.findIndex((start, n) => n > 0 && start - (starts[n - 1] ?? start) > hourMs)
  const chosen = starts[begun.has(world) ? 0 : nextMorning]
  if (chosen === undefined) throw new Error('the doctor has no free morning')
  begun.add(world)
  return chosen
}

export function tokenOf(url: string): string {
  return url.slice(url.lastIndexOf('/') + 1)
}

/** Somebody in a consult: the browser, and the socket that sits in the seat. */
export type Sitter = {
  client: Client
  consultId: ConsultId
  socket: ConsultSocket
  view: ConsultView
  resumeToken: string
}

/** The patient opens the link, says the birth date, agrees, and sits down; not yet in the queue. */
export async function patientSits(world: World, visit: ComingVisit, server = 0): Promise<Sitter> {
  const client = world.stranger(server)
  const { token, patient } = visit
  const { consultId } = await client.call(verifyLink, { body: { token, birthDate: patient.birthDate } })
  const consent = { kind: 'remote_care', textVersion: '1', granted: true } as const
  await client.call(giveConsent, { params: { consultId }, body: consent })
  return sits(client, consultId)
}

export async function patientWaits(world: World, visit: ComingVisit, server = 0): Promise<Sitter> {
  const patient = await patientSits(world, visit, server)
  const view = await patient.socket.request('seat:wait', { deviceCheck: goodCheck })
  return { ...patient, view }
}

export async function doctorSits(world: World, consultId: ConsultId, server = 0): Promise<Sitter> {
  return sits(await world.signIn('doctor', server), consultId)
}

/** Takes the seat anew, or with the token of a seat that is kept. */
export async function sits(
  client: Client,
  consultId: ConsultId,
  resumeToken: string | null = null,
): Promise<Sitter> {
  const socket = await ConsultSocket.enter(client, consultId)
  const taken = await socket.request('seat:take', { resumeToken })
  return { client, consultId, socket, view: taken.view, resumeToken: taken.resumeToken }
}

export type LiveVisit = { visit: ComingVisit; patient: Sitter; doctor: Sitter; consultId: ConsultId }

/** Patient and doctor sit in a visit that the doctor has let begin. */
export async function aLiveVisit(
  world: World,
  on = { patient: 0, doctor: 0 },
  known?: PatientDemographics,
): Promise<LiveVisit> {
  const visit = await aComingVisit(world, known)
  const patient = await patientWaits(world, visit, on.patient)
  const { consultId } = patient
  const doctor = await doctorSits(world, consultId, on.doctor)
  await doctor.client.call(admitPatient, { params: { consultId } })
  return { visit, patient, doctor, consultId }
}

export const browserCapabilities = {
  codecs: [
    { kind: 'audio', mimeType: 'audio/opus', preferredPayloadType: 100, clockRate: 48_000, channels: 2 },
    { kind: 'video', mimeType: 'video/VP8', preferredPayloadType: 101, clockRate: 90_000 },
  ],
  headerExtensions: [],
}

export type OpenMedia = Awaited<ReturnType<typeof opensMedia>>

/** What a browser does after admission: both transports, sending connected, ready to receive. */
export async function opensMedia({ socket }: Sitter) {
  const media = await socket.request('media:open', { rtpCapabilities: browserCapabilities })
  const { epoch, sendTransport, recvTransport } = media
  for (const { id: transportId } of [sendTransport, recvTransport])
    await socket.request('media:connect', { epoch, transportId, dtlsParameters: someDtls })
  return media
}

let streams = 1000

/** Sends a voice or a picture, as far as signalling goes. Returns the producer's id. */
export async function sends(
  { socket }: Sitter,
  { epoch, sendTransport }: OpenMedia,
  source: 'microphone' | 'camera' = 'microphone',
  idempotencyKey = `key-of-stream-${String(++streams).padStart(8, '0')}`,
): Promise<string> {
  const rtpParameters = source === 'camera' ? vp8Parameters(++streams) : opusParameters(++streams)
  const { producerId } = await socket.request('media:produce', {
    epoch,
    transportId: sendTransport.id,
    kind: source === 'camera' ? 'video' : 'audio',
    source,
    rtpParameters,
    paused: false,
    idempotencyKey,
  })
  return producerId
}

/** Moves the clock in steps that the servers can speak for their seats in, as they would in real time. */
export async function timePasses(world: World, ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 40_000) {
    world.clock.advance(40_000)
    const now = world.clock.now()
    await waitFor('the servers speak for their seats', () =>
      world.house.db.read(async (tx) => {
        const online = await tx.manager.findBy(participantEntity, { presence: 'online' })
        return online.filter(({ seenAt }) => seenAt < now).length === 0
      }),
    )
  }
}
