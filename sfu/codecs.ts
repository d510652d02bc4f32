import {
  rtpCapabilitiesSchema,
  type MediaKind,
  type RtpCapabilities,
  type RtpParameters,
} from '#shared/rtp.ts'
import { SfuError } from '#shared/sfu.ts'
import { onWire } from './wire.ts'

/**
 * What a room speaks. VP8 first: three simulcast layers work in every browser. H264 baseline for devices that only
 * encode that in hardware. Opus with in-band FEC; the sender turns DTX and NACK on.
 */
export const roomCodecs = [
  {
    kind: 'audio' as const,
    mimeType: 'audio/opus',
    clockRate: 48_000,
    channels: 2,
    parameters: { useinbandfec: 1, minptime: 10 },
  },
  {
    kind: 'video' as const,
    mimeType: 'video/VP8',
    clockRate: 90_000,
    parameters: { 'x-google-start-bitrate': 1000 },
  },
  {
    kind: 'video' as const,
    mimeType: 'video/H264',
    clockRate: 90_000,
    parameters: {
      'packetization-mode': 1,
      'profile-level-id': '42e01f',
      'level-asymmetry-allowed': 1,
      'x-google-start-bitrate': 1000,
    },
  },
]

/**
 * The capabilities of a router as clients may see them. Video orientation is left out: with it the sender does not
 * turn the picture, and Firefox and everything that records or captures shows phones' video lying on its side.
 */
export function forClients(routerCapabilities: unknown): RtpCapabilities {
  const capabilities = onWire(rtpCapabilitiesSchema, routerCapabilities)
  return {
    ...capabilities,
    headerExtensions: (capabilities.headerExtensions ?? []).filter(
      (extension) => extension.uri !== 'urn:3gpp:video-orientation',
    ),
  }
}

/** Throws `bad_parameters` when a voice comes as a picture or the other way round, which mediasoup does not notice. */
export function requireKind(kind: MediaKind, rtpParameters: RtpParameters): void {
  const foreign = rtpParameters.codecs.find(({ mimeType }) => !mimeType.toLowerCase().startsWith(`${kind}/`))
  if (foreign) throw new SfuError('bad_parameters', `${foreign.mimeType} is not ${kind}`)
}
