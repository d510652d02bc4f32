import type { z } from 'zod'
import type { consultRequests } from '#shared/consult.ts'
import { DomainError } from '#shared/errors.ts'
import type { DtlsParameters, MediaKind, RtpParameters } from '#shared/rtp.ts'
import type { Logger } from 'pino'
import { presentTransport } from './media-rooms.ts'
import type { Seat } from './seats.ts'
import { askingSfu } from './sfu.client.ts'
import type { SfuNodes } from './sfu.client.ts'

type Opened = z.input<(typeof consultRequests)['probe:open']['reply']>

/** The connection probe of the device check: a real transport in a room of its own, for who has not been admitted. */
export type Probes = {
  open(seat: Seat): Promise<Opened>
  connect(seat: Seat, transportId: string, dtlsParameters: DtlsParameters): Promise<void>
  produce(seat: Seat, transportId: string, kind: MediaKind, rtpParameters: RtpParameters): Promise<string>
  /** Nothing happens when there is none. */
  close(seat: Seat): void
}

export function createProbes({ nodes, log }: { nodes: SfuNodes; log: Logger }): Probes {
  const probes = new WeakMap<Seat, { sfu: string; transportId: string }>()
  let turn = 0

  function probeOf(seat: Seat, transportId: string): { sfu: string; probeId: string } {
    const probe = probes.get(seat)
    if (probe?.transportId !== transportId) throw new DomainError('not_found')
    return { sfu: probe.sfu, probeId: seat.participantId }
  }

  return {
    async open(seat) {
      if (seat.state === 'live' || seat.state === 'ended') throw new DomainError('conflict')
      const usable = nodes.usable()
      const sfu = usable[turn++ % usable.length]
      if (sfu === undefined) throw new DomainError('sfu_unavailable')
      const opened = await askingSfu(
        nodes.call(sfu, 'openProbe', { probeId: seat.participantId, protocol: 'any' }),
      )
      probes.set(seat, { sfu, transportId: opened.transport.transportId })
      return {
        routerRtpCapabilities: { ...opened.rtpCapabilities },
        transport: presentTransport(opened.transport),
      }
    },
    async connect(seat, transportId, dtlsParameters) {
      const { sfu, probeId } = probeOf(seat, transportId)
      await askingSfu(nodes.call(sfu, 'connectProbe', { probeId, dtlsParameters }))
    },
    async produce(seat, transportId, kind, rtpParameters) {
      const { sfu, probeId } = probeOf(seat, transportId)
      const { producerId } = await askingSfu(
        nodes.call(sfu, 'produceProbe', { probeId, kind, rtpParameters }),
      )
      return producerId
    },
    close(seat) {
      const probe = probes.get(seat)
      if (!probe) return
      probes.delete(seat)
      nodes
        .call(probe.sfu, 'closeProbe', { probeId: seat.participantId })
        .catch((error: unknown) => log.info({ err: error }, 'a probe was left to close itself'))
    },
  }
}
