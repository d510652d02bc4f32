// The light of a phone's back camera; in Chrome for Android, not in TypeScript's lists.
interface TorchSet extends MediaTrackConstraintSet {
  torch: boolean
}

export function hasTorch(track: MediaStreamTrack): boolean {
  if (!('getCapabilities' in track)) return false
  const capabilities: MediaTrackCapabilities & { torch?: boolean } = track.getCapabilities()
  return capabilities.torch === true
}

/** Rejects where the light cannot be switched at the moment. */
export async function setTorch(track: MediaStreamTrack, on: boolean): Promise<void> {
  const torch: TorchSet = { torch: on }
  await track.applyConstraints({ ...track.getConstraints(), advanced: [torch] })
}
