import { createWorker, type types } from 'mediasoup'
import { setTimeout as delay } from 'node:timers/promises'
import { findWorkerBin } from '#scripts/worker/find.ts'
import { startSfu } from '#sfu/index.ts'
import { quiet, someDtls } from '#test/support/sfu.ts'
import { dressPlainAsWebRtc, openPlain, workers, type PlainMedia } from './bare/plain-media.ts'
import {
  openSink,
  pictureParameters,
  RtpSender,
  voiceParameters,
  type StreamTarget,
} from './bare/rtp-streams.ts'
import { compared, type BenchResult } from './result.ts'

/**
 * CPU time of the media worker per packet that it forwards: our SFU against mediasoup with nothing around it, the same
 * worker program, the same streams, in turn. Plain RTP, so that encryption, which is the same on both sides, does not
 * hide a difference.
 */
export async function run(): Promise<BenchResult[]> {
  const plain = dressPlainAsWebRtc()
  const sink = await openSink()
  try {
    const results: BenchResult[] = []
    for (const { name, rooms, peers } of scenarios) {
      results.push(await measure(name, rooms, peers, plain, sink.port))
    }
    return results
  } finally {
    sink.close()
  }
}

const scenarios = [
  { name: 'SFU, ten visits of two', rooms: 10, peers: 2 },
  { name: 'SFU, two visits of five', rooms: 2, peers: 5 },
]
const pairs = 9
const warmUpMs = 1500
const runMs = 5000

async function measure(
  name: string,
  rooms: number,
  peers: number,
  plain: Map<string, PlainMedia>,
  sinkPort: number,
): Promise<BenchResult> {
  const ours = await ourSide(rooms, peers, plain, sinkPort)
  const bare = await bareSide(rooms, peers, sinkPort)
  const runs = { ours: [] as number[], peer: [] as number[] }
  try {
    for (const side of [ours, bare]) await side.sender.sendDuring(() => delay(warmUpMs))
    for (let pair = 0; pair < pairs; pair++) {
      // Each goes first as often as the other: a machine that warms up or slows down favours none.
      const order = pair % 2 === 0 ? [ours, bare] : [bare, ours]
      for (const side of order) (side === ours ? runs.ours : runs.peer).push(await oneRun(side))
    }
  } finally {
    await ours.close()
    await bare.close()
  }
  return compared(name, 'µs CPU/packet', runs.ours, runs.peer, 1.05)
}

interface Side {
  sender: RtpSender
  worker: types.Worker
  /** All that consumers have sent so far. */
  forwarded: () => Promise<number>
  close: () => Promise<void>
}

async function oneRun({ sender, worker, forwarded }: Side): Promise<number> {
  // Statistics cost the worker time too: they are asked for outside of the measured interval.
  const packetsBefore = await forwarded()
  const before = await cpuMs(worker)
  await sender.sendDuring(() => delay(runMs))
  const after = await cpuMs(worker)
  const packets = (await forwarded()) - packetsBefore
  if (packets < 10_000) throw new Error(`only ${packets} packets were forwarded; the streams do not flow`)
  return ((after - before) * 1000) / packets
}

async function cpuMs(worker: types.Worker): Promise<number> {
  const { ru_utime, ru_stime } = await worker.getResourceUsage()
  return ru_utime + ru_stime
}

/** Through the commands that a server sends. */
async function ourSide(
  rooms: number,
  peers: number,
  plain: Map<string, PlainMedia>,
  sinkPort: number,
): Promise<Side> {
  const media = {
    workerBin: await findWorkerBin(),
    workers: 1,
    listenIp: '127.0.0.1',
    announcedAddress: null,
    port: 0,
  }
  const sfu = await startSfu({ media, log: quiet })
  const { control } = sfu
  const [load] = (await control.call('load', {})).workers
  const worker = workers.get(load?.pid ?? 0)
  if (!worker) throw new Error('the worker of our SFU was not seen')
  const seats = seatsOf(rooms, peers)
  const targets: StreamTarget[] = []
  for (const { roomId, peerId, ssrc } of seats) {
    const { rtpCapabilities } = await control.call('openRoom', { roomId, epoch: 1 })
    const at = { roomId, epoch: 1, peerId }
    await control.call('addPeer', at)
    const send = await control.call('createTransport', { ...at, direction: 'send' })
    const recv = await control.call('createTransport', { ...at, direction: 'recv' })
    for (const { transportId } of [send, recv]) {
      await control.call('connectTransport', { ...at, transportId, dtlsParameters: someDtls })
    }
    await plain.get(recv.transportId)?.connect({ ip: '127.0.0.1', port: sinkPort })
    const { transportId } = send
    const voice = { kind: 'audio', source: 'microphone', rtpParameters: voiceParameters(ssrc) } as const
    const picture = { kind: 'video', source: 'camera', rtpParameters: pictureParameters(ssrc + 1) } as const
    for (const what of [voice, picture]) {
      await control.call('produce', { ...at, transportId, ...what, idempotencyKey: what.kind })
    }
    targets.push(...targetsOf(plain.get(transportId), ssrc))
    await control.call('setRecvReady', { ...at, rtpCapabilities })
  }
  // Let consumers of those who came before settle, then start them all.
  for (const { roomId, peerId } of seats) {
    const at = { roomId, epoch: 1, peerId }
    const state = await control.call('roomState', { roomId, epoch: 1 })
    const consumers = state.peers.find((peer) => peer.peerId === peerId)?.consumers ?? []
    if (consumers.length !== (peers - 1) * 2) throw new Error(`${consumers.length} consumers for ${peerId}`)
    for (const { consumerId } of consumers) await control.call('resumeConsumer', { ...at, consumerId })
  }
  const sender = new RtpSender(targets)
  await connectSender(sender, [...plain.values()])
  return {
    sender,
    worker,
    async forwarded() {
      const all = seats.map(({ roomId, peerId }) => control.call('peerStats', { roomId, epoch: 1, peerId }))
      return (await Promise.all(all))
        .flatMap(({ consumers }) => consumers)
        .reduce((sum, { packets }) => sum + packets, 0)
    },
    async close() {
      sender.close()
      await sfu.close()
      plain.clear()
    },
  }
}

/** The same with mediasoup alone. */
async function bareSide(rooms: number, peers: number, sinkPort: number): Promise<Side> {
  const worker = await createWorker({ logLevel: 'none', workerBin: await findWorkerBin() })
  const routers = new Map<string, types.Router>()
  const members: { router: types.Router; recv: PlainMedia; producers: types.Producer[] }[] = []
  const targets: StreamTarget[] = []
  const sends: PlainMedia[] = []
  for (const { roomId, ssrc } of seatsOf(rooms, peers)) {
    const router = routers.get(roomId) ?? (await worker.createRouter({ mediaCodecs: bareCodecs }))
    routers.set(roomId, router)
    const send = await openPlain(router)
    const recv = await openPlain(router)
    await recv.connect({ ip: '127.0.0.1', port: sinkPort })
    const producers = [
      await send.produce({ kind: 'audio', rtpParameters: voiceParameters(ssrc) as types.RtpParameters }),
      await send.produce({
        kind: 'video',
        rtpParameters: pictureParameters(ssrc + 1) as types.RtpParameters,
      }),
    ]
    members.push({ router, recv, producers })
    sends.push(send)
    targets.push(...targetsOf(send, ssrc))
  }
  const consumers: types.Consumer[] = []
  for (const { router, recv } of members) {
    for (const other of members) {
      if (other.router !== router || other.recv === recv) continue
      for (const { id: producerId } of other.producers) {
        // Retransmission also of audio, as the streams of our rooms have it.
        consumers.push(
          await recv.consume({ producerId, rtpCapabilities: router.rtpCapabilities, enableRtx: true }),
        )
      }
    }
  }
  const sender = new RtpSender(targets)
  await connectSender(sender, sends)
  return {
    sender,
    worker,
    async forwarded() {
      const stats = await Promise.all(consumers.map((consumer) => consumer.getStats()))
      return stats.reduce((sum, [own]) => sum + (own?.packetCount ?? 0), 0)
    },
    async close() {
      sender.close()
      const gone = new Promise((resolve) => worker.once('subprocessclose', () => resolve(undefined)))
      worker.close()
      await gone
    },
  }
}

const bareCodecs = [
  { kind: 'audio' as const, mimeType: 'audio/opus', clockRate: 48_000, channels: 2 },
  { kind: 'video' as const, mimeType: 'video/VP8', clockRate: 90_000 },
]

function seatsOf(rooms: number, peers: number) {
  return Array.from({ length: rooms * peers }, (_, seat) => ({
    roomId: `room-${Math.floor(seat / peers)}`,
    peerId: `peer-${seat % peers}`,
    ssrc: 1000 + seat * 10,
  }))
}

function targetsOf(transport: PlainMedia | undefined, ssrc: number): StreamTarget[] {
  if (!transport) throw new Error('the transport was not seen')
  const port = transport.tuple.localPort
  return [
    { kind: 'audio', ssrc, port },
    { kind: 'video', ssrc: ssrc + 1, port },
  ]
}

/** Plain transports take packets only from the address that they were told. */
async function connectSender(sender: RtpSender, transports: PlainMedia[]): Promise<void> {
  const localPorts = await sender.open()
  for (const transport of transports) {
    const port = localPorts.get(transport.tuple.localPort)
    if (port !== undefined) await transport.connect({ ip: '127.0.0.1', port })
  }
}

if (import.meta.main) process.stdout.write(`${JSON.stringify(await run(), null, 2)}\n`)
