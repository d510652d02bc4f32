import type { MediaKind, MediaSource } from '#shared/rtp.ts'

/** What a room and a peer may take. A peer has one transport per direction and one producer per source. */
export const limits = {
  peersPerRoom: 12,
  consumersPerPeer: 12,
  probes: 50,
  /** Three camera layers at 720p and a shared screen, with room to spare; beyond it the browser is told to slow down. */
  maxIncomingBitrate: 6_000_000,
  /** First guess of what a receiver can take, until its own reports say more. */
  initialOutgoingBitrate: 1_000_000,
  /** A receiver that asks for key frames in a storm must not make the sender's picture worse for all. */
  keyFrameRequestDelayMs: 250,
  iceConsentTimeoutSeconds: 15,
  /** From the browser's `connect` to finished DTLS. */
  dtlsTimeoutMs: 20_000,
  probeLifeMs: 30_000,
  /** A room with nobody in it, or with no server to steer it. */
  idleRoomMs: 120_000,
  /** A room where no packet can arrive from anyone, though its peers were never removed. */
  deadRoomMs: 600_000,
  /** Idempotency keys remembered per peer. */
  produceKeys: 64,
} as const

/** What each source carries, and how its consumers weigh when bandwidth is short (1 to 255, video only). */
export const sources: Record<MediaSource, { kind: MediaKind; priority: number; order: number }> = {
  microphone: { kind: 'audio', priority: 255, order: 0 },
  camera: { kind: 'video', priority: 120, order: 1 },
  screen: { kind: 'video', priority: 200, order: 2 },
  screen_audio: { kind: 'audio', priority: 255, order: 3 },
}
