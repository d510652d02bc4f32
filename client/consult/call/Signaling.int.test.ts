import assert from 'node:assert/strict'
import { admitPatient, endConsult, issueConsultTicket, type ConsultView } from '#shared/consult.ts'
import {
  aComingVisit,
  doctorSits,
  goodCheck,
  patientSits,
  patientWaits,
  type Sitter,
} from '#test/support/consults.ts'
import { waitFor } from '#test/support/wait-for.ts'
import { startWorld, type World } from '#test/support/world.ts'
import { ApiError } from '../../platform/api.ts'
import { ChatLog } from './ChatLog.ts'
import { Signaling, type SeatMemory, type SignalingEnd } from './Signaling.ts'

describe("The consult's line from a browser", () => {
  let world: World
  const open: Signaling[] = []

  before(async () => {
    world = await startWorld()
  })
  afterEach(() => {
    for (const signaling of open.splice(0)) signaling.close()
  })
  after(() => world.close())

  function memory(): SeatMemory {
    let token: string | null = null
    return {
      read: () => token,
      write: (next) => {
        token = next
      },
    }
  }

  /** A patient who has given birth date and agreement and sits down by our own client. */
  async function aPatient(seat = memory()) {
    const visit = await aComingVisit(world)
    const first = await patientSits(world, visit)
    first.socket.drop()
    return { visit, first, signaling: join(first, seat), seat }
  }

  function join({ client, consultId }: Sitter, seat: SeatMemory): Signaling {
    const signaling = new Signaling({
      url: world.server().url,
      memory: seat,
      takeTicket: async () => {
        try {
          return (await client.call(issueConsultTicket, { params: { consultId } })).ticket
        } catch (error) {
          throw new ApiError({ code: 'not_found', title: String(error), retryable: false })
        }
      },
    })
    open.push(signaling)
    signaling.start()
    return signaling
  }

  async function seated(signaling: Signaling): Promise<ConsultView> {
    await waitFor('the seat is taken', () => signaling.link === 'online' && signaling.view !== null)
    assert.ok(signaling.view)
    return signaling.view
  }

  it('learns its place in the queue and of the admission by itself', async () => {
    const { first, signaling } = await aPatient()
    await seated(signaling)
    signaling.take(await signaling.request('seat:wait', { deviceCheck: goodCheck }))
    assert.equal(signaling.view?.queue?.position, 1)
    const doctor = await doctorSits(world, first.consultId)
    let live = 0
    signaling.on('live', () => (live += 1))
    await doctor.client.call(admitPatient, { params: { consultId: first.consultId } })
    await waitFor('the patient is in', () => signaling.view?.state === 'live')
    assert.ok(live > 0, 'the news themselves said that it is live')
  })

  it('comes back to the same seat after a drop, and asks nobody to do anything', async () => {
    const { signaling } = await aPatient()
    const before = await seated(signaling)
    const returns: boolean[] = []
    signaling.on('seated', ({ resumed, first }) => {
      if (!first) returns.push(resumed)
    })
    world.house.realtime.disconnectHere(() => true)
    await waitFor('the line is back', () => returns.length > 0 && signaling.link === 'online')
    assert.deepEqual(returns, [true])
    assert.equal(signaling.view?.self, before.self)
  })

  it('answers what is asked while it is away as soon as it is back', async () => {
    const { signaling } = await aPatient()
    await seated(signaling)
    world.house.realtime.disconnectHere(() => true)
    await waitFor('the line is away', () => signaling.link === 'offline')
    const view = await signaling.request('seat:wait', { deviceCheck: goodCheck })
    assert.equal(view.state, 'waiting')
  })

  it('leaves the seat to the window that took it last, and does not fight for it', async () => {
    const { first, signaling, seat } = await aPatient()
    await seated(signaling)
    const end = new Promise<SignalingEnd>((resolve) => signaling.on('end', resolve))
    const other = join(first, { ...seat, write: () => undefined })
    await seated(other)
    assert.equal(await end, 'taken')
    assert.equal(other.link, 'online')
  })

  it('ends when the doctor ends the consult', async () => {
    const visit = await aComingVisit(world)
    const waiting = await patientWaits(world, visit)
    waiting.socket.drop()
    const signaling = join(waiting, memory())
    await seated(signaling)
    const doctor = await doctorSits(world, waiting.consultId)
    await doctor.client.call(admitPatient, { params: { consultId: waiting.consultId } })
    const end = new Promise<SignalingEnd>((resolve) => signaling.on('end', resolve))
    await doctor.client.call(endConsult, { params: { consultId: waiting.consultId } })
    assert.equal(await end, 'ended')
    assert.equal(signaling.link, 'closed')
  })

  it('stops for good when the server does not let it in', async () => {
    const stranger = { client: world.stranger(), consultId: '01890000-0000-7000-8000-000000000009' } as Sitter
    const signaling = join(stranger, memory())
    const end = new Promise<SignalingEnd>((resolve) => signaling.on('end', resolve))
    assert.equal(await end, 'refused')
    await assert.rejects(signaling.request('consult:sync', {}), { reason: 'closed' })
  })

  it('carries messages both ways, each once and in order', async () => {
    const { first, signaling } = await aPatient()
    const { self } = await seated(signaling)
    const arrived: string[] = []
    const log = new ChatLog({
      request: signaling.request,
      onNews: signaling.onNews,
      now: () => 0,
      changed: (_, messages) => arrived.push(...messages.map((message) => message.text)),
    })
    log.is(self)
    log.load()
    const doctor = await doctorSits(world, first.consultId)
    log.send('May I eat before?')
    await waitFor('the question is sent', () => log.state.lines[0]?.state === 'sent')
    await doctor.socket.request('chat:post', { text: 'Yes, please.', idempotencyKey: 'a-key-of-the-doctor' })
    await waitFor('the answer is there', () => log.state.lines.length === 2)
    assert.deepEqual(
      log.state.lines.map(({ from, text }) => [from === 'self', text]),
      [
        [true, 'May I eat before?'],
        [false, 'Yes, please.'],
      ],
    )
    assert.deepEqual(arrived, ['Yes, please.'])
    assert.equal(log.state.unread, 1)
    log.watch(true)
    assert.equal(log.state.unread, 0)
    log.close()
  })
})
