import type { types } from 'mediasoup-client'
import type { MediaSource } from '#shared/consult.ts'

type ProduceOptions = Pick<types.ProducerOptions, 'encodings' | 'codecOptions'>

/** Three sizes of the camera, so that the SFU can give each viewer what its line carries. Lowest first. */
const camera: ProduceOptions = {
  encodings: [
    { scaleResolutionDownBy: 4, maxBitrate: 150_000, scalabilityMode: 'L1T3' },
    { scaleResolutionDownBy: 2, maxBitrate: 500_000, scalabilityMode: 'L1T3' },
    { scaleResolutionDownBy: 1, maxBitrate: 1_700_000, scalabilityMode: 'L1T3' },
  ],
  codecOptions: { videoGoogleStartBitrate: 1000 },
}

/** Text must stay sharp: one size, few frames. */
const screen: ProduceOptions = {
  encodings: [{ maxBitrate: 2_500_000, maxFramerate: 15, scalabilityMode: 'L1T3' }],
  codecOptions: { videoGoogleStartBitrate: 1000 },
}

/** Speech that survives loss: in-band FEC, resending, and silence that costs nothing. */
const microphone: ProduceOptions = {
  encodings: [{ maxBitrate: 48_000 }],
  codecOptions: { opusDtx: true, opusFec: true, opusNack: true, opusStereo: false },
}

export const produceOptions: Readonly<Record<MediaSource, ProduceOptions>> = { camera, screen, microphone }

/** The camera first: the first picture is what people wait for, and the sound follows within the same exchange. */
export const publishOrder: readonly MediaSource[] = ['camera', 'microphone', 'screen']
