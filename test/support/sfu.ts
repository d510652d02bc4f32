import { startSfu, type Sfu } from '#sfu/index.ts'
import type { RtpParameters } from '#shared/rtp.ts'
import type { SfuErrorCode, SfuEvent, SfuEventPayload, SfuControl } from '#shared/sfu.ts'
import { SfuError } from '#shared/sfu.ts'
import { waitFor } from './wait-for.ts'
import { findWorkerBin } from '#scripts/worker/find.ts'

export const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined }

/** A real SFU on the loopback address. The caller closes it. */
export async function aSfu(options: { workers?: number } = {}): Promise<Sfu> {
  return startSfu({
    media: {
      workerBin: await findWorkerBin(),
      workers: options.workers ?? 1,
      listenIp: '127.0.0.1',
      announcedAddress: null,
      port: 0,
    },
    log: quiet,
  })
}

/** A fingerprint such as a browser would show; nobody answers to it. */
export const someDtls = {
  role: 'client' as const,
  fingerprints: [{ algorithm: 'sha-256' as const, value: Array.from({ length: 32 }, () => 'AB').join(':') }],
}

export function opusParameters(ssrc: number): RtpParameters {
  return {
    codecs: [
      {
        mimeType: 'audio/opus',
        payloadType: 111,
        clockRate: 48_000,
        channels: 2,
        parameters: { useinbandfec: 1, usedtx: 1 },
        rtcpFeedback: [{ type: 'nack' }],
      },
    ],
    encodings: [{ ssrc }],
    rtcp: { cname: 'test' },
  }
}

/** One encoding per ssrc given. */
export function vp8Parameters(...ssrcs: number[]): RtpParameters {
  return {
    codecs: [
      {
        mimeType: 'video/VP8',
        payloadType: 96,
        clockRate: 90_000,
        rtcpFeedback: [
          { type: 'nack' },
          { type: 'nack', parameter: 'pli' },
          { type: 'ccm', parameter: 'fir' },
        ],
      },
      { mimeType: 'video/rtx', payloadType: 97, clockRate: 90_000, parameters: { apt: 96 } },
    ],
    encodings: ssrcs.map((ssrc) => ({ ssrc, rtx: { ssrc: ssrc + 1 }, scalabilityMode: 'L1T3' })),
    rtcp: { cname: 'test' },
  }
}

let nextSsrc = 1000

/** A peer as a server would steer it. Joins the room, which is opened when needed. */
export async function aPeer(control: SfuControl, roomId: string, peerId: string, epoch = 1) {
  const { rtpCapabilities } = await control.call('openRoom', { roomId, epoch })
  const at = { roomId, epoch, peerId }
  await control.call('addPeer', at)
  const connected = async (direction: 'send' | 'recv') => {
    const { transportId } = await control.call('createTransport', { ...at, direction })
    await control.call('connectTransport', { ...at, transportId, dtlsParameters: someDtls })
    return transportId
  }
  let sending: string | undefined
  const sendTransport = async () => (sending ??= await connected('send'))
  return {
    at,
    rtpCapabilities,
    sendTransport,
    async speaks(idempotencyKey = `voice-${peerId}`): Promise<string> {
      const transportId = await sendTransport()
      const rtpParameters = opusParameters((nextSsrc += 10))
      const request = {
        ...at,
        transportId,
        kind: 'audio',
        source: 'microphone',
        rtpParameters,
        idempotencyKey,
      } as const
      return (await control.call('produce', request)).producerId
    },
    async showsFace(layers = 1): Promise<string> {
      const transportId = await sendTransport()
      const rtpParameters = vp8Parameters(...Array.from({ length: layers }, () => (nextSsrc += 10)))
      const idempotencyKey = `face-${peerId}`
      const request = {
        ...at,
        transportId,
        kind: 'video',
        source: 'camera',
        rtpParameters,
        idempotencyKey,
      } as const
      return (await control.call('produce', request)).producerId
    },
    async listens() {
      await connected('recv')
      return (await control.call('setRecvReady', { ...at, rtpCapabilities })).consumers
    },
  }
}

/** Collects what happens; `of` gives the payloads of one kind of event so far. */
export function recordEvents<E extends SfuEvent>(control: SfuControl, ...names: E[]) {
  const heard: { name: E; payload: SfuEventPayload<E>; at: number }[] = []
  for (const name of names) {
    control.on(name, (payload) => heard.push({ name, payload, at: performance.now() }))
  }
  return heard
}

/** The code that the SFU refuses with. Fails when it does not refuse. */
export async function refusal(attempt: Promise<unknown>): Promise<SfuErrorCode> {
  try {
    await attempt
  } catch (error) {
    if (error instanceof SfuError) return error.code
    throw error
  }
  throw new Error('it was not refused')
}

/** Whether a process of this id exists. */
export function alive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false
    throw error
  }
}

/** Waits until `find` finds it. */
export async function found<T>(what: string, find: () => T | undefined, timeoutMs?: number): Promise<T> {
  const value = await waitFor(what, find, timeoutMs)
  if (value === undefined) throw new Error(`not found: ${what}`)
  return value
}
