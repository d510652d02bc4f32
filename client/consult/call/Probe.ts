import type { ConsultRequests } from '#shared/consult.ts'
import type { SendRequest } from '../../platform/socket.ts'
import { journal } from '../../platform/journal.ts'
import { produceOptions } from './codecs.ts'
import { toWire, transportOptionsOf, type DeviceShelf } from './mediasoup.ts'
import { notTested, type ProbeResult } from './probe-result.ts'
import { readCounters, wordFor } from './quality.ts'

const failed: ProbeResult = { ...notTested, connection: 'failed' }

const connectWithinMs = 8000
const measureMs = 3000
const readEveryMs = 500

interface Needs {
  request: SendRequest<ConsultRequests>
  shelf: DeviceShelf
  /** The microphone; silence is sent without one. */
  track: MediaStreamTrack | null
  signal: AbortSignal
}

/**
 * Sends sound to the media server for three seconds, the way the call will, and measures the line. Never throws but on
 * abort: a line that cannot be measured is 'failed'. The Device made here is used by the call.
 */
export async function probeConnection({ request, shelf, track, signal }: Needs): Promise<ProbeResult> {
  const silence = track ? null : silentTrack()
  try {
    const { routerRtpCapabilities, transport: options } = await request('probe:open', {})
    const device = await shelf.for(routerRtpCapabilities)
    signal.throwIfAborted()
    const transport = device.createSendTransport(transportOptionsOf(options, []))
    try {
      transport.on('connect', ({ dtlsParameters }, done, fail) => {
        request('probe:connect', { transportId: options.id, dtlsParameters: toWire(dtlsParameters) }).then(
          done,
          fail,
        )
      })
      transport.on('produce', ({ kind, rtpParameters }, done, fail) => {
        request('probe:produce', {
          transportId: options.id,
          kind,
          rtpParameters: toWire(rtpParameters),
        }).then(({ producerId }) => {
          done({ id: producerId })
        }, fail)
      })
      const sent = (track ?? silence?.track)?.clone()
      if (!sent) return failed
      await transport.produce({ ...produceOptions.microphone, track: sent, stopTracks: true })
      if (!(await connectedWithin(transport, signal))) return failed
      return await measureLine(() => transport.getStats(), signal)
    } finally {
      transport.close()
    }
  } catch (error) {
    signal.throwIfAborted()
    journal('The connection could not be tested:', error)
    return failed
  } finally {
    silence?.close()
  }
}

interface Watched {
  readonly connectionState: string
  on(name: 'connectionstatechange', listener: (state: string) => void): unknown
}

function connectedWithin(transport: Watched, signal: AbortSignal): Promise<boolean> {
  if (transport.connectionState === 'connected') return Promise.resolve(true)
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      resolve(false)
    }, connectWithinMs)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      reject(signal.reason as Error)
    })
    transport.on('connectionstatechange', (state) => {
      if (state !== 'connected' && state !== 'failed') return
      clearTimeout(timer)
      resolve(state === 'connected')
    })
  })
}

async function measureLine(read: () => Promise<RTCStatsReport>, signal: AbortSignal): Promise<ProbeResult> {
  const roundTrips: number[] = []
  let lossPercent: number | null = null
  let protocol: ProbeResult['protocol'] = null
  for (let elapsed = 0; elapsed < measureMs; elapsed += readEveryMs) {
    await pause(readEveryMs, signal)
    const report = await read()
    const counters = readCounters([report])
    if (counters.roundTripMs !== null) roundTrips.push(counters.roundTripMs)
    lossPercent = counters.sentLossPercent ?? lossPercent
    protocol = protocolOf(report) ?? protocol
  }
  const roundTripMs = median(roundTrips)
  return { connection: wordFor(roundTripMs, lossPercent), roundTripMs, lossPercent, protocol }
}

function protocolOf(report: RTCStatsReport): 'udp' | 'tcp' | null {
  let found: 'udp' | 'tcp' | null = null
  report.forEach((entry: Record<string, unknown>) => {
    if (entry.type !== 'candidate-pair' || entry.state !== 'succeeded' || entry.nominated !== true) return
    const local = report.get(String(entry.localCandidateId)) as { protocol?: unknown } | undefined
    if (local?.protocol === 'udp' || local?.protocol === 'tcp') found = local.protocol
  })
  return found
}

/** The middle value, whole milliseconds; null of nothing. */
export function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted[Math.floor(sorted.length / 2)]
  return middle === undefined ? null : Math.round(middle)
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted()
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      reject(signal.reason as Error)
    })
  })
}

function silentTrack(): { track: MediaStreamTrack | undefined; close: () => void } {
  const context = new AudioContext()
  const destination = context.createMediaStreamDestination()
  return {
    track: destination.stream.getAudioTracks()[0],
    close: () => {
      context.close().catch((error: unknown) => {
        journal('The silent source did not close:', error)
      })
    },
  }
}
