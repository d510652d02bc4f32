import assert from 'node:assert/strict'
import { aPeer, found, alive, aSfu, quiet, recordEvents, refusal } from '#test/support/sfu.ts'
import { freePort } from '#test/support/ports.ts'
import { waitFor } from '#test/support/wait-for.ts'
import { findWorkerBin } from '#scripts/worker/find.ts'
import { startSfu, type Sfu } from './index.ts'

describe('media workers', () => {
  let sfu: Sfu

  afterEach(() => sfu.close())

  const pids = async () => (await sfu.control.call('load', {})).workers.map(({ pid }) => pid)

  /** The worker that the room is on, as the only one with a room. */
  const workerOf = async () => {
    const busy = (await sfu.control.call('load', {})).workers.filter(({ rooms }) => rooms > 0)
    assert.equal(busy.length, 1)
    return busy[0]?.pid ?? 0
  }

  it('take rooms in turn', async () => {
    sfu = await aSfu({ workers: 2 })
    for (const roomId of ['a', 'b', 'c', 'd']) await sfu.control.call('openRoom', { roomId, epoch: 1 })
    assert.deepEqual(
      (await sfu.control.call('load', {})).workers.map(({ rooms }) => rooms),
      [2, 2],
    )
  })

  it('are replaced when one is killed: its room is told within a second and can be opened again', async () => {
    sfu = await aSfu({ workers: 2 })
    await aPeer(sfu.control, 'hit', 'doctor')
    const victim = await workerOf()
    const spared = await aPeer(sfu.control, 'spared', 'doctor')
    const heard = recordEvents(sfu.control, 'roomLost', 'peerMediaLost')
    const killedAt = performance.now()
    process.kill(victim, 'SIGKILL')
    const lost = await found('the loss is told', () => heard[0], 2000)
    assert.ok(lost.at - killedAt < 1000, `${lost.at - killedAt} ms`)
    assert.deepEqual(lost.payload, { roomId: 'hit', epoch: 1, reason: 'worker_died' })
    assert.equal((await pids()).length, 2)

    const again = await aPeer(sfu.control, 'hit', 'doctor', 2)
    assert.ok(await again.speaks())
    assert.ok(await spared.speaks())
    assert.equal(heard.length, 1)
  })

  it('on their own port again after being replaced', async () => {
    const port = await freePort()
    const workerBin = await findWorkerBin()
    const media = { workerBin, workers: 1, listenIp: '127.0.0.1', announcedAddress: null, port }
    sfu = await startSfu({ media, log: quiet })
    const portOf = async () => {
      const probe = await sfu.control.call('openProbe', { probeId: 'p', protocol: 'udp' })
      return probe.transport.iceCandidates[0]?.port
    }
    assert.equal(await portOf(), port)
    const [before] = await pids()
    process.kill(before ?? 0, 'SIGKILL')
    await waitFor('another worker', async () => (await pids()).some((pid) => pid !== before), 3000)
    assert.equal(await portOf(), port)
  })

  it('that hang are killed and replaced within four seconds; commands that waited are answered', async () => {
    sfu = await aSfu({ workers: 1 })
    const doctor = await aPeer(sfu.control, 'room', 'doctor')
    const victim = await workerOf()
    const heard = recordEvents(sfu.control, 'roomLost')
    const stoppedAt = performance.now()
    process.kill(victim, 'SIGSTOP')
    const waiting = refusal(doctor.speaks())
    assert.equal(await sfu.ready(), false)
    const lost = await found('the loss is told', () => heard[0], 6000)
    assert.ok(lost.at - stoppedAt < 4000, `${lost.at - stoppedAt} ms`)
    assert.equal(lost.payload.reason, 'worker_hung')
    assert.equal(await waiting, 'no_worker')
    assert.ok(!alive(victim))
    assert.equal(await sfu.ready(), true)
    await aPeer(sfu.control, 'room', 'doctor', 2)
  })

  it('make a room wait for a moment when none is running', async () => {
    sfu = await aSfu({ workers: 1 })
    const [pid] = await pids()
    process.kill(pid ?? 0, 'SIGKILL')
    await waitFor('the worker is gone', () => !alive(pid ?? 0), 2000)
    assert.equal((await sfu.control.call('openRoom', { roomId: 'room', epoch: 1 })).created, true)
  })

  it('leave no process behind after the end, not even one that hangs', async () => {
    sfu = await aSfu({ workers: 2 })
    await aPeer(sfu.control, 'room', 'doctor')
    const all = await pids()
    process.kill(all[0] ?? 0, 'SIGSTOP')
    await sfu.close()
    await waitFor('both are gone', () => all.every((pid) => !alive(pid)), 1000)
    assert.equal(process.listenerCount('SIGTERM'), 0)
  })

  it('say at the start what is wrong: no program, or a port in use', async () => {
    sfu = await aSfu({ workers: 1 })
    const media = { workers: 1, listenIp: '127.0.0.1', announcedAddress: null }
    const nothing = startSfu({
      media: { ...media, workerBin: '/nowhere/mediasoup-worker', port: 0 },
      log: quiet,
    })
    await assert.rejects(nothing, /ENOENT/)
    const probe = await sfu.control.call('openProbe', { probeId: 'p', protocol: 'tcp' })
    const taken = probe.transport.iceCandidates[0]?.port ?? 0
    const second = startSfu({
      media: { ...media, workerBin: await findWorkerBin(), port: taken },
      log: quiet,
    })
    await assert.rejects(second, /address already in use/)
  })
})
