/** The fields of mediasoup's stream statistics that are used here. */
export interface StreamStat {
  kind: string
  bitrate: number
  packetCount: number
  packetsLost: number
  fractionLost: number
  jitter: number
  score: number
  roundTripTime?: number | undefined
  mimeType: string
}

export interface StreamNumbers {
  score: number
  /** bit/s, all layers together. */
  bitrate: number
  packets: number
  packetsLost: number
  /** 0 to 1; the worst layer. */
  fractionLost: number
  jitterMs: number | null
  rttMs: number | null
}

/** Sums up the layers of a producer, or the one stream of a consumer. Without any: nothing flows, score 0. */
export function streamNumbers(stats: readonly StreamStat[]): StreamNumbers {
  const sum = (of: (stat: StreamStat) => number) => stats.reduce((total, stat) => total + of(stat), 0)
  const worst = (values: number[]) => (values.length > 0 ? Math.max(...values) : null)
  return {
    score: worst(stats.map((stat) => stat.score)) ?? 0,
    bitrate: sum((stat) => stat.bitrate),
    packets: sum((stat) => stat.packetCount),
    packetsLost: sum((stat) => stat.packetsLost),
    // RTCP counts the fraction lost in 256ths.
    fractionLost: worst(stats.map((stat) => stat.fractionLost / 256)) ?? 0,
    jitterMs: worst(stats.map((stat) => jitterMs(stat))),
    rttMs: worst(stats.flatMap((stat) => (stat.roundTripTime === undefined ? [] : [stat.roundTripTime]))),
  }
}

function jitterMs(stat: StreamStat): number {
  // RTCP counts jitter in ticks of the codec's clock.
  const ticksPerMs = stat.kind === 'audio' ? 48 : 90
  return stat.jitter / ticksPerMs
}

/** CPU time between two measurements as a share of one core, 0 to 1. */
export function cpuShare(before: CpuReading, after: CpuReading): number {
  const elapsedMs = after.atMs - before.atMs
  if (elapsedMs <= 0) return 0
  return Math.min(1, Math.max(0, (after.cpuMs - before.cpuMs) / elapsedMs))
}

export interface CpuReading {
  cpuMs: number
  /** Any steady clock. */
  atMs: number
}
