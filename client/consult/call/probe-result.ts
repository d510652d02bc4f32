import type { DeviceCheck } from '#shared/consult.ts'

/** What a test of the line found. */
export type ProbeResult = Pick<DeviceCheck, 'connection' | 'roundTripMs' | 'lossPercent' | 'protocol'>

export const notTested: ProbeResult = {
  connection: 'not_tested',
  roundTripMs: null,
  lossPercent: null,
  protocol: null,
}
