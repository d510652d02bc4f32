/** off: never asked; asking: the browser's question is open; interrupted: the system took it away, we try to get it back. */
export type InputState = 'off' | 'asking' | 'ready' | 'none' | 'denied' | 'failed' | 'interrupted'

/** Why getUserMedia failed, in three words: nobody may, nothing there, or there and broken (mostly: in use elsewhere). */
export function reasonOf(error: unknown): 'denied' | 'none' | 'failed' {
  const name = error instanceof Error || error instanceof DOMException ? error.name : ''
  switch (name) {
    case 'NotAllowedError':
    case 'PermissionDeniedError':
    case 'SecurityError':
      return 'denied'
    case 'NotFoundError':
    case 'DevicesNotFoundError':
    case 'OverconstrainedError':
      return 'none'
    default:
      return 'failed'
  }
}

/** Loudness of one window of samples (-1 to 1) as a share of the meter, 0 to 1: -60 dB and less is 0, -10 dB is full. */
export function levelOf(samples: Float32Array): number {
  let sum = 0
  for (const sample of samples) sum += sample * sample
  const rms = Math.sqrt(sum / Math.max(1, samples.length))
  const decibels = 20 * Math.log10(Math.max(rms, 1e-6))
  return Math.min(1, Math.max(0, (decibels + 60) / 50))
}

/** A level above which somebody has spoken or at least made a noise. */
export const audibleLevel = 0.15
