import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { createHmac, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { io, type Socket } from 'socket.io-client'
import { connectSfu } from '#server/consult/sfu-remote.ts'
import { findWorkerBin } from '#scripts/worker/find.ts'
import { ticketText, type SfuControl, type SfuTicket } from '#shared/sfu.ts'
import { freePort } from '#test/support/ports.ts'
import { aPeer, found, alive, aSfu, quiet, recordEvents, refusal } from '#test/support/sfu.ts'
import { waitFor } from '#test/support/wait-for.ts'
import { openChannel, type Channel } from './channel.ts'
import type { Sfu } from './index.ts'

const secret = randomBytes(32).toString('hex')

describe('the control channel between servers and an SFU', () => {
  let sfu: Sfu
  let channel: Channel
  let url: string
  const open: { close(): unknown }[] = []

  beforeEach(async () => {
    sfu = await aSfu()
    channel = await openChannel({ sfu, host: '127.0.0.1', port: 0, secret, log: quiet, now: Date.now })
    url = `http://127.0.0.1:${channel.port}`
  })
  afterEach(async () => {
    for (const each of open.splice(0)) await each.close()
    await channel.close()
    await sfu.close()
  })

  /** A server's end, once its link is up. */
  function aServer(serverId: string, options: { secret?: string; url?: string; timeoutMs?: number } = {}) {
    const control = connectSfu({ url, secret, serverId, clock: Date, log: quiet, ...options })
    open.push(control)
    return control
  }
  const isUp = (control: SfuControl) => waitFor('the link is up', () => control.call('load', {}), 3000)

  /** A bare connection that shows this as its ticket. */
  function knock(auth: object, headers: Record<string, string> = {}): Promise<string> {
    const options = {
      transports: ['websocket'],
      auth,
      reconnection: false,
      forceNew: true,
      extraHeaders: headers,
    }
    const socket: Socket = io(url, options)
    open.push({ close: () => socket.disconnect() })
    return new Promise((resolve) => {
      socket.on('connect', () => resolve('let in'))
      socket.on('connect_error', (error) => resolve(error.message))
    })
  }

  function aTicket(changes: Partial<SfuTicket> = {}, by = secret): SfuTicket {
    const ticket = {
      serverId: 'server-1',
      nonce: randomBytes(16).toString('hex'),
      at: Date.now(),
      ...changes,
    }
    return { ...ticket, mac: createHmac('sha256', by).update(ticketText(ticket)).digest('hex') }
  }

  it('carries commands, replies, events and refusals', async () => {
    const server = aServer('server-1')
    await isUp(server)
    const announced = recordEvents(server, 'consumerCreated')
    const doctor = await aPeer(server, 'room', 'doctor')
    const patient = await aPeer(server, 'room', 'patient')
    const producerId = await doctor.speaks()
    const consumers = await patient.listens()
    assert.equal(consumers[0]?.producerId, producerId)
    const event = await found('the event arrives', () => announced[0])
    assert.deepEqual(event.payload, { ...patient.at, ...consumers[0] })
    assert.equal(await refusal(server.call('addPeer', { ...doctor.at, epoch: 0 })), 'stale_epoch')
    const named = { ...doctor.at, displayName: 'Zhang Wei' }
    assert.equal(await refusal(server.call('addPeer', named as never)), 'invalid_request')
  })

  it('lets in only who knows the secret, with a fresh ticket, once', async () => {
    assert.equal(await knock(aTicket({}, 'another secret of the same length')), 'refused')
    assert.equal(await knock({}), 'refused')
    assert.equal(await knock({ ...aTicket(), serverId: 'server-2' }), 'refused')
    assert.equal(await knock(aTicket({ at: Date.now() - 61_000 })), 'refused')
    assert.equal(await knock(aTicket({ at: Date.now() + 61_000 })), 'refused')
    const ticket = aTicket()
    assert.equal(await knock(ticket), 'let in')
    assert.equal(await knock(ticket), 'refused')
  })

  it('keeps browsers out, whatever they show', async () => {
    assert.notEqual(await knock(aTicket(), { origin: 'https://evil.example' }), 'let in')
    const polling = await fetch(`${url}/socket.io/?EIO=4&transport=polling`)
    assert.equal(polling.status, 400)
  })

  it('takes no command from one who was refused', async () => {
    const stranger = aServer('server-1', { secret: 'a'.repeat(64) })
    assert.equal(await refusal(stranger.call('openRoom', { roomId: 'room', epoch: 1 })), 'sfu_unavailable')
    assert.equal(sfu.count().rooms, 0)
  })

  it('tells all servers what happens, and keeps the media of one that dies', async () => {
    const first = aServer('server-1')
    const second = aServer('server-2')
    await Promise.all([isUp(first), isUp(second)])
    const heard = recordEvents(second, 'producerCreated', 'consumerCreated')
    const doctor = await aPeer(first, 'room', 'doctor')
    const producerId = await doctor.speaks()
    await waitFor('the second server hears of it', () => heard[0]?.payload.producerId === producerId)

    await first.close()
    const patient = await aPeer(second, 'room', 'patient')
    assert.equal((await patient.listens())[0]?.producerId, producerId)
    await second.call('pauseProducer', { ...doctor.at, producerId })
    assert.equal(sfu.steered, true)
    await second.close()
    await waitFor('the SFU knows that it is alone', () => !sfu.steered)
    assert.equal(sfu.count().peers, 2)
  })

  it('comes back by itself after the link was lost, and says so', async () => {
    const server = aServer('server-1')
    const states: string[] = []
    server.onLink((state) => states.push(state))
    await isUp(server)
    const { port } = channel
    await channel.close()
    await waitFor('the link is down', () => states.at(-1) === 'down')
    assert.equal(await refusal(server.call('load', {})), 'sfu_unavailable')
    channel = await openChannel({ sfu, host: '127.0.0.1', port, secret, log: quiet, now: Date.now })
    await waitFor('the link is up again', () => states.at(-1) === 'up')
    await server.call('load', {})
  })

  it('gives up a command that is not answered in time', async () => {
    const server = aServer('server-1', { timeoutMs: 300 })
    await isUp(server)
    const doctor = await aPeer(server, 'room', 'doctor')
    const pid = (await server.call('load', {})).workers[0]?.pid ?? 0
    process.kill(pid, 'SIGSTOP')
    assert.equal(await refusal(doctor.sendTransport()), 'sfu_unavailable')
    process.kill(pid, 'SIGKILL')
  })

  it('says whether the SFU lives and whether it takes rooms', async () => {
    const status = async (path: string) => (await fetch(url + path)).status
    assert.deepEqual([await status('/live'), await status('/ready'), await status('/other')], [200, 200, 404])
    await sfu.drain(0)
    assert.deepEqual([await status('/live'), await status('/ready')], [200, 503])
  })
})

describe('an SFU of its own', () => {
  it('starts, serves, drains on SIGTERM, and leaves nothing behind', async () => {
    const port = await freePort()
    const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts')], {
      env: {
        ...process.env,
        SFU_LISTEN: `127.0.0.1:${port}`,
        SFU_SECRET: secret,
        SFU_DRAIN_SECONDS: '60',
        MEDIASOUP_WORKERS: '2',
        MEDIASOUP_WORKER_BIN: await findWorkerBin(),
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const output: string[] = []
    child.stdout.setEncoding('utf8').on('data', (text: string) => output.push(text))
    const exited = once(child, 'exit')
    const url = `http://127.0.0.1:${port}`
    const server = connectSfu({ url, secret, serverId: 'server-1', clock: Date, log: quiet })
    try {
      const { workers } = await waitFor('it answers', () => server.call('load', {}))
      assert.equal(workers.length, 2)
      const doctor = await aPeer(server, 'room', 'doctor')
      const draining = recordEvents(server, 'sfuDraining')
      child.kill('SIGTERM')
      await waitFor('the drain is announced', () => draining[0])
      assert.ok(await doctor.speaks())
      assert.ok(workers.every(({ pid }) => alive(pid)))
      await server.call('closeRoom', { roomId: 'room', epoch: 1 })
      assert.deepEqual(await exited, [0, null])
      assert.ok(workers.every(({ pid }) => !alive(pid)))
      assert.doesNotMatch(output.join(''), new RegExp(secret))
    } finally {
      await server.close()
      if (child.exitCode === null) child.kill('SIGKILL')
    }
  })

  it('does not give its secret to the media workers', async () => {
    const port = await freePort()
    const env = {
      ...process.env,
      SFU_LISTEN: `127.0.0.1:${port}`,
      SFU_SECRET: secret,
      MEDIASOUP_WORKERS: '1',
    }
    const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts')], {
      env: { ...env, MEDIASOUP_WORKER_BIN: await findWorkerBin() },
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    const server = connectSfu({
      url: `http://127.0.0.1:${port}`,
      secret,
      serverId: 's',
      clock: Date,
      log: quiet,
    })
    try {
      const { workers } = await waitFor('it answers', () => server.call('load', {}))
      const environment = await readFile(`/proc/${workers[0]?.pid}/environ`, 'utf8')
      assert.match(environment, /MEDIASOUP_VERSION/)
      assert.doesNotMatch(environment, /SFU_SECRET/)
    } finally {
      await server.close()
      const exited = once(child, 'exit')
      child.kill('SIGTERM')
      await exited
    }
  })

  it('says all that is wrong with its settings and starts nothing', async () => {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts')], {
      env: { PATH: process.env['PATH'], SFU_SECRET: 'short', RTC_PORT: 'many' },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    const output: string[] = []
    child.stderr.setEncoding('utf8').on('data', (text: string) => output.push(text))
    const [code] = (await once(child, 'exit')) as [number]
    assert.equal(code, 1)
    assert.match(output.join(''), /SFU_SECRET is too short[^]*RTC_PORT must be/)
  })
})
