import { z } from 'zod'
import {
  SfuError,
  sfuCommands,
  type SfuCommand,
  type SfuControl,
  type SfuReply,
  type SfuRequest,
} from '#shared/sfu.ts'
import type { SfuEvents } from '#shared/sfu-events.ts'
import type { SfuLog } from './log.ts'
import type { Probes } from './probes.ts'
import type { Rooms } from './rooms.ts'
import type { WorkerPool } from './workers.ts'

export interface ControlNeeds {
  rooms: Rooms
  probes: Probes
  pool: WorkerPool
  events: SfuEvents
  log: SfuLog
}

/** Carries out the commands of shared/sfu.ts. Requests and replies are parsed here, whichever way they came. */
export function createControl(needs: ControlNeeds): SfuControl {
  const handlers = createHandlers(needs)
  return {
    async call(name, request) {
      const parsed = parseRequest(name, request)
      try {
        return parseReply(name, await handlers[name](parsed))
      } catch (error) {
        if (error instanceof SfuError) throw error
        needs.log.error({ command: name, err: error }, 'an SFU command failed unexpectedly')
        throw new SfuError('internal', `${name} failed`, { cause: error })
      }
    },
    on: (name, listener) => needs.events.on(name, listener),
    // Inside one process there is no link that could break.
    onLink: () => () => undefined,
    close: () => Promise.resolve(),
  }
}

type Handlers = { [C in SfuCommand]: (request: SfuRequest<C>) => Promise<SfuReply<C>> | SfuReply<C> }

function createHandlers({ rooms, probes, pool }: ControlNeeds): Handlers {
  const room = (at: { roomId: string; epoch: number }) => rooms.get(at.roomId, at.epoch)
  const peer = (at: { roomId: string; epoch: number; peerId: string }) => room(at).peer(at.peerId)
  return {
    async openRoom({ roomId, epoch }) {
      const opened = await rooms.open(roomId, epoch)
      return { rtpCapabilities: opened.room.router.rtpCapabilities, created: opened.created }
    },
    closeRoom: ({ roomId, epoch }) => done(rooms.close(roomId, epoch)),
    roomState: (at) => room(at).describe(),
    addPeer: (at) => ({ created: room(at).addPeer(at.peerId) }),
    removePeer: (at) => done(room(at).removePeer(at.peerId)),
    createTransport: (at) => peer(at).createTransport(at.direction),
    connectTransport: (at) => peer(at).connectTransport(at.transportId, at.dtlsParameters).then(done),
    restartIce: async (at) => ({ iceParameters: await peer(at).restartIce(at.transportId) }),
    produce: async (at) => ({ producerId: await peer(at).produce(at) }),
    closeProducer: (at) => done(peer(at).closeProducer(at.producerId)),
    pauseProducer: (at) => peer(at).pauseProducer(at.producerId).then(done),
    resumeProducer: (at) => peer(at).resumeProducer(at.producerId).then(done),
    setRecvReady: async (at) => ({ consumers: await peer(at).setRecvReady(at.rtpCapabilities) }),
    resumeConsumer: (at) => peer(at).resumeConsumer(at.consumerId).then(done),
    pauseConsumer: (at) => peer(at).pauseConsumer(at.consumerId).then(done),
    setPreferredLayers: (at) => peer(at).setPreferredLayers(at.consumerId, at.layers).then(done),
    requestKeyFrame: (at) => peer(at).requestKeyFrame(at.consumerId).then(done),
    peerStats: (at) => peer(at).stats(),

    openProbe: ({ probeId, protocol }) => probes.open(probeId, protocol),
    connectProbe: ({ probeId, dtlsParameters }) => probes.get(probeId).connect(dtlsParameters).then(done),
    produceProbe: async ({ probeId, kind, rtpParameters }) => ({
      producerId: await probes.get(probeId).produce(kind, rtpParameters),
    }),
    probeStats: ({ probeId }) => probes.get(probeId).stats(),
    closeProbe: ({ probeId }) => done(probes.close(probeId)),

    load: () => ({
      draining: rooms.draining,
      ...rooms.count(),
      probes: probes.count,
      workers: pool.report(),
    }),
    // Answered at once: the deadline may be an hour away.
    drain: ({ deadlineMs }) => done(void rooms.drain(deadlineMs)),
  }
}

function done(_: void): Record<string, never> {
  return {}
}

function parseRequest<C extends SfuCommand>(name: C, request: unknown): SfuRequest<C> {
  if (!Object.hasOwn(sfuCommands, name)) throw new SfuError('unknown_command', 'there is no such command')
  const parsed = sfuCommands[name].request.safeParse(request)
  if (!parsed.success)
    throw new SfuError('invalid_request', z.prettifyError(parsed.error), { cause: parsed.error })
  return parsed.data as SfuRequest<C>
}

function parseReply<C extends SfuCommand>(name: C, reply: unknown): SfuReply<C> {
  return sfuCommands[name].reply.parse(reply) as SfuReply<C>
}
