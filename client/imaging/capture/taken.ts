import { reasonsAgainst, type CaptureMeasures } from '#kernels/capture-quality.ts'
import type { QualityReason } from '#shared/imaging-capture.ts'

/** A picture that is ready to be sent, and what was measured of it. */
export interface Taken {
  readonly picture: Blob
  readonly measures: CaptureMeasures
}

/** What speaks against it. */
export function reasonsOf({ measures }: Taken): QualityReason[] {
  return reasonsAgainst(measures)
}

/** Another try with the same camera may mend it; the size is the camera's, not the person's. */
export function isWorthAnotherTry(taken: Taken): boolean {
  return reasonsOf(taken).some((reason) => reason !== 'small')
}
