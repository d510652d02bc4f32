import type { z } from 'zod'
import { CaptureQuality } from '#shared/imaging-capture.ts'
import type { Derived } from './pipeline/index.ts'
import { reasonsAgainst } from './pipeline/kernels/capture-quality.ts'

/** Judges what the media process measured of an original. */
export function qualityOf(measures: Derived['measures']): z.input<typeof CaptureQuality> {
  const { sharpness, steepness, mean, contrast, darkShare, brightShare } = measures
  return { sharpness, steepness, mean, contrast, darkShare, brightShare, reasons: reasonsAgainst(measures) }
}

/** What was kept of it; null for a picture that was not measured. */
export function keptQuality(json: string | null): CaptureQuality | null {
  return json === null ? null : CaptureQuality.parse(JSON.parse(json))
}
