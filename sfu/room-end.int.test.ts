import assert from 'node:assert/strict'
import { aPeer, aSfu, quiet, recordEvents, refusal } from '#test/support/sfu.ts'
import { createSfuEvents } from '#shared/sfu-events.ts'
import { findWorkerBin } from '#scripts/worker/find.ts'
import type { Sfu } from './index.ts'
import { Rooms } from './rooms.ts'
import { WorkerPool } from './workers.ts'

describe('rooms that were forgotten', () => {
  const times = { idleRoomMs: 120_000, deadRoomMs: 600_000, sweepMs: 1_000_000 }
  const reasons: string[] = []
  let pool: WorkerPool
  let rooms: Rooms

  before(async () => {
    const media = { workerBin: await findWorkerBin(), listenIp: '127.0.0.1', announcedAddress: null }
    pool = await WorkerPool.start({ media, count: 1, basePort: 0, log: quiet })
  })
  after(() => pool.close())
  beforeEach(() => {
    reasons.length = 0
    const events = createSfuEvents(() => undefined)
    events.on('roomLost', ({ roomId, reason }) => reasons.push(`${roomId} ${reason}`))
    rooms = new Rooms({ pool, emit: events.emit, log: quiet, times })
  })
  afterEach(() => rooms.stop())

  it('close after two minutes with nobody in them', async () => {
    const { room } = await rooms.open('empty', 1)
    rooms.sweep(1000)
    room.addPeer('doctor')
    rooms.sweep(100_000)
    room.removePeer('doctor')
    rooms.sweep(110_000)
    rooms.sweep(229_999)
    assert.deepEqual(reasons, [])
    rooms.sweep(230_000)
    assert.deepEqual(reasons, ['empty idle'])
  })

  it('close after ten minutes in which nothing could arrive from anyone', async () => {
    const { room } = await rooms.open('dead', 1)
    room.addPeer('doctor')
    rooms.sweep(1000)
    rooms.sweep(600_999)
    assert.deepEqual(reasons, [])
    rooms.sweep(601_000)
    assert.deepEqual(reasons, ['dead idle'])
    assert.equal(rooms.count().rooms, 0)
  })

  it('outlive their server for two minutes, so that another can take over', async () => {
    const { room } = await rooms.open('orphan', 1)
    room.addPeer('doctor')
    rooms.steered = false
    rooms.sweep(0)
    rooms.sweep(119_999)
    rooms.steered = true
    rooms.sweep(120_000)
    rooms.steered = false
    rooms.sweep(130_000)
    rooms.sweep(249_999)
    assert.deepEqual(reasons, [])
    rooms.sweep(250_000)
    assert.deepEqual(reasons, ['orphan idle'])
  })
})

describe('draining', () => {
  let sfu: Sfu
  beforeEach(async () => {
    sfu = await aSfu()
  })
  afterEach(() => sfu.close())

  it('lets open rooms go on, takes no new ones, and ends what is left at the deadline', async () => {
    const told = recordEvents(sfu.control, 'roomLost', 'sfuDraining')
    const doctor = await aPeer(sfu.control, 'room', 'doctor')
    const drained = sfu.drain(400)
    assert.equal(await refusal(sfu.control.call('openRoom', { roomId: 'new', epoch: 1 })), 'draining')
    assert.ok(await doctor.speaks())
    assert.equal(await sfu.ready(), false)
    await drained
    assert.deepEqual(
      told.map(({ payload }) => payload),
      [{ deadlineMs: 400 }, { roomId: 'room', epoch: 1, reason: 'drained' }],
    )
  })

  it('is over as soon as the last room has ended', async () => {
    await aPeer(sfu.control, 'room', 'doctor')
    const drained = sfu.drain(3_600_000)
    await sfu.control.call('closeRoom', { roomId: 'room', epoch: 1 })
    await drained
  })
})
