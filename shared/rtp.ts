import { z } from 'zod'

/**
 * Shapes of WebRTC and RTP parameters as mediasoup and mediasoup-client exchange them
 * (https://mediasoup.org/documentation/v3/mediasoup/rtp-parameters-and-capabilities/). They bound sizes and types
 * only; whether the parameters make sense together is judged by the SFU, which answers `bad_parameters`.
 * Keys that browsers add on their own are dropped.
 */

export const mediaKindSchema = z.enum(['audio', 'video'])
export type MediaKind = z.infer<typeof mediaKindSchema>

/** What a producer shows. Decides its priority when bandwidth is short; a peer has at most one of each. */
export const mediaSourceSchema = z.enum(['microphone', 'camera', 'screen', 'screen_audio'])
export type MediaSource = z.infer<typeof mediaSourceSchema>

const codecParametersSchema = z.record(
  z.string().max(64),
  z.union([z.string().max(256), z.number(), z.boolean()]),
)

const rtcpFeedbackSchema = z.object({
  type: z.string().max(32),
  parameter: z.string().max(32).exactOptional(),
})

const mimeTypeSchema = z.string().regex(/^(audio|video)\/[A-Za-z0-9.-]{1,40}$/)
const payloadTypeSchema = z.int().min(0).max(127)
const ssrcSchema = z.int().min(1).max(0xffff_ffff)
const headerExtensionUriSchema = z.string().min(1).max(200)

export const rtpCapabilitiesSchema = z.object({
  codecs: z
    .array(
      z.object({
        kind: mediaKindSchema,
        mimeType: mimeTypeSchema,
        preferredPayloadType: payloadTypeSchema,
        clockRate: z.int().positive(),
        channels: z.int().min(1).max(8).exactOptional(),
        parameters: codecParametersSchema.exactOptional(),
        rtcpFeedback: z.array(rtcpFeedbackSchema).max(16).exactOptional(),
      }),
    )
    .max(64),
  headerExtensions: z
    .array(
      z.object({
        kind: mediaKindSchema,
        uri: headerExtensionUriSchema,
        preferredId: z.int().min(1).max(255),
        preferredEncrypt: z.boolean().exactOptional(),
        direction: z.enum(['sendrecv', 'sendonly', 'recvonly', 'inactive']).exactOptional(),
      }),
    )
    .max(64)
    .exactOptional(),
})
export type RtpCapabilities = z.infer<typeof rtpCapabilitiesSchema>

export const rtpParametersSchema = z.object({
  mid: z.string().min(1).max(64).exactOptional(),
  codecs: z
    .array(
      z.object({
        mimeType: mimeTypeSchema,
        payloadType: payloadTypeSchema,
        clockRate: z.int().positive(),
        channels: z.int().min(1).max(8).exactOptional(),
        parameters: codecParametersSchema.exactOptional(),
        rtcpFeedback: z.array(rtcpFeedbackSchema).max(16).exactOptional(),
      }),
    )
    .min(1)
    .max(16),
  headerExtensions: z
    .array(
      z.object({
        uri: headerExtensionUriSchema,
        id: z.int().min(1).max(255),
        encrypt: z.boolean().exactOptional(),
        parameters: codecParametersSchema.exactOptional(),
      }),
    )
    .max(32)
    .exactOptional(),
  encodings: z
    .array(
      z.object({
        ssrc: ssrcSchema.exactOptional(),
        rid: z
          .string()
          .regex(/^[A-Za-z0-9_-]{1,16}$/)
          .exactOptional(),
        codecPayloadType: payloadTypeSchema.exactOptional(),
        rtx: z.object({ ssrc: ssrcSchema }).exactOptional(),
        dtx: z.boolean().exactOptional(),
        scalabilityMode: z.string().max(16).exactOptional(),
        maxBitrate: z.int().positive().exactOptional(),
      }),
    )
    .min(1)
    .max(4)
    .exactOptional(),
  rtcp: z
    .object({
      cname: z.string().max(256).exactOptional(),
      reducedSize: z.boolean().exactOptional(),
    })
    .exactOptional(),
  msid: z.string().max(160).exactOptional(),
})
export type RtpParameters = z.infer<typeof rtpParametersSchema>

export const iceParametersSchema = z.object({
  usernameFragment: z.string().min(1).max(256),
  password: z.string().min(1).max(256),
  iceLite: z.boolean().exactOptional(),
})
export type IceParameters = z.infer<typeof iceParametersSchema>

const iceCandidateSchema = z.object({
  foundation: z.string().max(64),
  priority: z.number(),
  ip: z.string().max(253),
  address: z.string().max(253),
  protocol: z.enum(['udp', 'tcp']),
  port: z.int().min(1).max(65_535),
  type: z.literal('host'),
  tcpType: z.literal('passive').exactOptional(),
})

export const dtlsParametersSchema = z.object({
  role: z.enum(['auto', 'client', 'server']).exactOptional(),
  fingerprints: z
    .array(
      z.object({
        algorithm: z.enum(['sha-1', 'sha-224', 'sha-256', 'sha-384', 'sha-512']),
        value: z.string().regex(/^[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){19,63}$/),
      }),
    )
    .min(1)
    .max(8),
})
export type DtlsParameters = z.infer<typeof dtlsParametersSchema>

export const transportDirectionSchema = z.enum(['send', 'recv'])
export type TransportDirection = z.infer<typeof transportDirectionSchema>

/** What a browser needs to build its end of a transport (mediasoup-client's createSendTransport, createRecvTransport). */
export const transportOptionsSchema = z.object({
  transportId: z.string().min(1).max(64),
  iceParameters: iceParametersSchema,
  iceCandidates: z.array(iceCandidateSchema).max(16),
  dtlsParameters: dtlsParametersSchema,
})
export type TransportOptions = z.infer<typeof transportOptionsSchema>

export const iceStateSchema = z.enum(['new', 'connected', 'completed', 'disconnected', 'closed'])
export const dtlsStateSchema = z.enum(['new', 'connecting', 'connected', 'failed', 'closed'])

/** Simulcast layers, 0 is the smallest. */
export const layersSchema = z.strictObject({
  spatialLayer: z.int().min(0).max(7),
  temporalLayer: z.int().min(0).max(7).exactOptional(),
})
export type Layers = z.infer<typeof layersSchema>
