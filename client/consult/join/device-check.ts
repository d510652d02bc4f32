import type { DeviceCheck } from '#shared/consult.ts'
import type { CallState } from '../call/call-state.ts'
import type { InputState } from '../call/device-state.ts'
import { notTested } from '../call/probe-result.ts'

/** What the doctor reads about this patient's devices. */
export function deviceCheckOf(
  { devices, probe }: Pick<CallState, 'devices' | 'probe'>,
  heard: boolean,
  speaker: DeviceCheck['speaker'],
): DeviceCheck {
  const microphone = wordOf(devices.microphone)
  return {
    camera: wordOf(devices.camera),
    microphone: microphone === 'ok' && !heard ? 'silent' : microphone,
    speaker,
    ...(typeof probe === 'string' ? notTested : probe),
  }
}

function wordOf(state: InputState): DeviceCheck['camera'] {
  switch (state) {
    case 'ready':
      return 'ok'
    case 'denied':
      return 'denied'
    case 'failed':
    case 'interrupted':
      return 'failed'
    case 'off':
    case 'asking':
    case 'none':
      return 'none'
  }
}
