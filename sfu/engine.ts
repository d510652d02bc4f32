import { createWorker, type types } from 'mediasoup'
import {
  iceParametersSchema,
  rtpParametersSchema,
  transportOptionsSchema,
  type DtlsParameters,
  type IceParameters,
  type Layers,
  type MediaKind,
  type RtpCapabilities,
  type RtpParameters,
  type TransportDirection,
  type TransportOptions,
} from '#shared/rtp.ts'
import { SfuError } from '#shared/sfu.ts'
import { forClients, requireKind, roomCodecs } from './codecs.ts'
import { limits } from './limits.ts'
import { onWire } from './wire.ts'
import type { StreamStat } from './stats.ts'

/**
 * The only file that knows mediasoup. Each function wraps one of its objects in what rooms and peers need, turns its
 * errors into ours, and lets no type of its own out.
 */

export interface MediaWorkerOptions {
  /** null: where mediasoup keeps its own. */
  workerBin: string | null
  listenIp: string
  /** What browsers are told to send to, when it is not listenIp. */
  announcedAddress: string | null
  /** UDP and TCP; 0 lets the worker take a free one. */
  port: number
}

export interface MediaWorker {
  readonly pid: number
  readonly closed: boolean
  openRouter(): Promise<MediaRouter>
  /** Asks the worker itself; never settles while the worker hangs. */
  usage(): Promise<{ cpuMs: number; memoryBytes: number }>
  /** Called once, when the process is gone though nobody closed it. */
  onDied(listener: () => void): void
  /** Settles when the process is gone. */
  close(): Promise<void>
}

export interface MediaRouter {
  readonly rtpCapabilities: RtpCapabilities
  createTransport(direction: TransportDirection, protocol: 'any' | 'udp' | 'tcp'): Promise<MediaTransport>
  /** The producer that is loudest now, null for silence. Starts to listen at the first call. */
  watchSpeakers(listener: (producerId: string | null) => void): Promise<SpeakerWatch>
  close(): void
}

export interface SpeakerWatch {
  add(producerId: string): Promise<void>
}

export interface MediaTransportState {
  ice: types.IceState
  dtls: types.DtlsState
  protocol: 'udp' | 'tcp' | null
}

export interface MediaTransport {
  readonly options: TransportOptions
  readonly closed: boolean
  state(): MediaTransportState
  onState(listener: (state: MediaTransportState) => void): void
  connect(dtlsParameters: DtlsParameters): Promise<void>
  restartIce(): Promise<IceParameters>
  produce(options: { kind: MediaKind; rtpParameters: RtpParameters; paused: boolean }): Promise<MediaProducer>
  consume(options: {
    producerId: string
    rtpCapabilities: RtpCapabilities
    priority: number
  }): Promise<MediaConsumer>
  stats(): Promise<TransportNumbers>
  close(): void
}

interface TransportNumbers {
  sendBitrate: number
  recvBitrate: number
  availableOutgoingBitrate: number | null
  lossSent: number | null
  lossReceived: number | null
}

export interface MediaProducer {
  readonly id: string
  readonly paused: boolean
  pause(): Promise<void>
  resume(): Promise<void>
  onScore(listener: (score: number) => void): void
  stats(): Promise<StreamStat[]>
  close(): void
}

export interface MediaConsumer {
  readonly id: string
  readonly rtpParameters: RtpParameters
  pause(): Promise<void>
  resume(): Promise<void>
  setPreferredLayers(layers: Layers): Promise<void>
  requestKeyFrame(): Promise<void>
  onScore(listener: (score: { score: number; producerScore: number }) => void): void
  onLayers(listener: (layers: Layers | null) => void): void
  stats(): Promise<StreamStat[]>
  close(): void
}

/** Starts one worker process with its UDP and TCP port. Throws when the binary cannot run or the port is taken. */
export async function startMediaWorker(options: MediaWorkerOptions): Promise<MediaWorker> {
  const worker = await withoutSignals(() =>
    createWorker({
      logLevel: 'error',
      ...(options.workerBin === null ? {} : { workerBin: options.workerBin }),
    }),
  )
  const gone = new Promise<void>((resolve) => worker.once('subprocessclose', () => resolve()))
  const listen = {
    ip: options.listenIp,
    port: options.port,
    ...(options.announcedAddress === null ? {} : { announcedAddress: options.announcedAddress }),
  }
  try {
    const webRtcServer = await worker.createWebRtcServer({
      listenInfos: [
        { ...listen, protocol: 'udp' },
        { ...listen, protocol: 'tcp' },
      ],
    })
    return wrapWorker(worker, webRtcServer, gone)
  } catch (error) {
    worker.close()
    await gone
    throw error
  }
}

/**
 * mediasoup closes its workers by itself on SIGINT and SIGTERM, in the middle of all visits. When to stop is for the
 * program to decide, after draining; so the listeners that appear while a worker is created are taken off again.
 */
function withoutSignals<T>(create: () => T): T {
  const signals = ['SIGINT', 'SIGTERM'] as const
  const before = signals.map((signal) => new Set(process.rawListeners(signal)))
  const created = create()
  signals.forEach((signal, index) => {
    for (const listener of process.rawListeners(signal)) {
      if (!before[index]?.has(listener)) process.removeListener(signal, listener as () => void)
    }
  })
  return created
}

function wrapWorker(
  worker: types.Worker,
  webRtcServer: types.WebRtcServer,
  gone: Promise<void>,
): MediaWorker {
  return {
    pid: worker.pid,
    get closed() {
      return worker.closed
    },
    async openRouter() {
      const router = await answered(
        worker,
        () => worker.createRouter({ mediaCodecs: roomCodecs }),
        'internal',
      )
      return wrapRouter(worker, router, webRtcServer)
    },
    async usage() {
      const usage = await worker.getResourceUsage()
      // libuv gives milliseconds of CPU and kilobytes of memory.
      return { cpuMs: usage.ru_utime + usage.ru_stime, memoryBytes: usage.ru_maxrss * 1024 }
    },
    onDied(listener) {
      worker.once('died', () => void gone.then(listener))
    },
    async close() {
      worker.close()
      await gone
    },
  }
}

function wrapRouter(
  worker: types.Worker,
  router: types.Router,
  webRtcServer: types.WebRtcServer,
): MediaRouter {
  return {
    rtpCapabilities: forClients(router.rtpCapabilities),
    async createTransport(direction, protocol) {
      const transport = await answered(
        worker,
        () =>
          router.createWebRtcTransport({
            webRtcServer,
            enableUdp: protocol !== 'tcp',
            enableTcp: protocol !== 'udp',
            preferUdp: true,
            enableSctp: false,
            iceConsentTimeout: limits.iceConsentTimeoutSeconds,
            initialAvailableOutgoingBitrate: limits.initialOutgoingBitrate,
          }),
        'internal',
      )
      if (direction === 'send') {
        await answered(worker, () => transport.setMaxIncomingBitrate(limits.maxIncomingBitrate), 'internal')
      }
      return wrapTransport(worker, transport)
    },
    async watchSpeakers(listener) {
      const observer = await answered(
        worker,
        () => router.createAudioLevelObserver({ maxEntries: 1, threshold: -60, interval: 800 }),
        'internal',
      )
      observer.on('volumes', (volumes) => listener(volumes[0]?.producer.id ?? null))
      observer.on('silence', () => listener(null))
      return {
        add: (producerId) =>
          answered(worker, () => observer.addProducer({ producerId }), 'producer_not_found'),
      }
    },
    close: () => router.close(),
  }
}

function wrapTransport(worker: types.Worker, transport: types.WebRtcTransport): MediaTransport {
  const state = (): MediaTransportState => ({
    ice: transport.iceState,
    dtls: transport.dtlsState,
    protocol: transport.iceSelectedTuple?.protocol ?? null,
  })
  return {
    options: onWire(transportOptionsSchema, {
      transportId: transport.id,
      iceParameters: transport.iceParameters,
      iceCandidates: transport.iceCandidates,
      dtlsParameters: transport.dtlsParameters,
    }),
    get closed() {
      return transport.closed
    },
    state,
    onState(listener) {
      const tell = () => listener(state())
      transport.on('icestatechange', tell)
      transport.on('iceselectedtuplechange', tell)
      transport.on('dtlsstatechange', tell)
    },
    connect: (dtlsParameters) =>
      answered(worker, () => transport.connect({ dtlsParameters }), 'bad_parameters'),
    async restartIce() {
      return onWire(iceParametersSchema, await answered(worker, () => transport.restartIce(), 'internal'))
    },
    async produce({ kind, rtpParameters, paused }) {
      requireKind(kind, rtpParameters)
      const producer = await answered(
        worker,
        () =>
          transport.produce({
            kind,
            rtpParameters: rtpParameters as types.RtpParameters,
            paused,
            keyFrameRequestDelay: limits.keyFrameRequestDelayMs,
          }),
        'bad_parameters',
      )
      return wrapProducer(worker, producer)
    },
    async consume({ producerId, rtpCapabilities, priority }) {
      const consumer = await answered(
        worker,
        () =>
          transport.consume({
            producerId,
            rtpCapabilities: rtpCapabilities as types.RtpCapabilities,
            paused: true,
            // Without it lost audio is never sent again: mediasoup repairs only video by default.
            enableRtx: true,
            ignoreDtx: true,
          }),
        'bad_parameters',
      )
      if (consumer.kind === 'video') await answered(worker, () => consumer.setPriority(priority), 'internal')
      return wrapConsumer(worker, consumer)
    },
    async stats() {
      const [stat] = await answered(worker, () => transport.getStats(), 'internal')
      return {
        sendBitrate: stat?.sendBitrate ?? 0,
        recvBitrate: stat?.recvBitrate ?? 0,
        availableOutgoingBitrate: stat?.availableOutgoingBitrate ?? null,
        lossSent: stat?.rtpPacketLossSent ?? null,
        lossReceived: stat?.rtpPacketLossReceived ?? null,
      }
    },
    close: () => transport.close(),
  }
}

function wrapProducer(worker: types.Worker, producer: types.Producer): MediaProducer {
  return {
    id: producer.id,
    get paused() {
      return producer.paused
    },
    pause: () => answered(worker, () => producer.pause(), 'internal'),
    resume: () => answered(worker, () => producer.resume(), 'internal'),
    onScore(listener) {
      producer.on('score', (scores) => listener(Math.max(0, ...scores.map((score) => score.score))))
    },
    stats: () => answered(worker, () => producer.getStats(), 'internal'),
    close: () => producer.close(),
  }
}

function wrapConsumer(worker: types.Worker, consumer: types.Consumer): MediaConsumer {
  return {
    id: consumer.id,
    rtpParameters: onWire(rtpParametersSchema, consumer.rtpParameters),
    pause: () => answered(worker, () => consumer.pause(), 'internal'),
    resume: () => answered(worker, () => consumer.resume(), 'internal'),
    setPreferredLayers: (layers) =>
      answered(worker, () => consumer.setPreferredLayers(layers), 'bad_parameters'),
    requestKeyFrame: () => answered(worker, () => consumer.requestKeyFrame(), 'internal'),
    onScore(listener) {
      consumer.on('score', ({ score, producerScore }) => listener({ score, producerScore }))
    },
    onLayers(listener) {
      consumer.on('layerschange', (layers) => listener(layers ?? null))
    },
    async stats() {
      // mediasoup appends the producer's own statistics; only what is sent to this receiver is wanted.
      const [own] = await answered(worker, () => consumer.getStats(), 'internal')
      return own ? [own] : []
    },
    close: () => consumer.close(),
  }
}

/** Asks the worker, and says what a refusal means: the worker is gone, or `meaning`. */
async function answered<T>(
  worker: types.Worker,
  ask: () => Promise<T>,
  meaning: 'bad_parameters' | 'producer_not_found' | 'internal',
): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    if (worker.closed) throw new SfuError('no_worker', 'the media worker is gone', { cause: error })
    throw new SfuError(meaning, message, { cause: error })
  }
}
