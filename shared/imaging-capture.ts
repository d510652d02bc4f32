import { z } from 'zod'

/** Why a picture may not serve; a hint in words to doctor and patient, never a refusal. */
export const QualityReason = z.enum(['dark', 'bright', 'glare', 'blurred', 'small'])
export type QualityReason = z.infer<typeof QualityReason>

/**
 * What was measured of an original on arrival, by the kernel that the browser uses at capture
 * (server/imaging/pipeline/kernels/capture-quality.ts has units and limits), and what speaks against it.
 */
export const CaptureQuality = z.strictObject({
  /** Variance of the Laplacian with the longer edge at 640 px. */
  sharpness: z.number(),
  /** How many times it falls when the picture is blurred by one more pixel. */
  steepness: z.number(),
  /** Mean and standard deviation of luma, 0..255. */
  mean: z.number(),
  contrast: z.number(),
  /** Shares of black and of white, 0..1. */
  darkShare: z.number(),
  brightShare: z.number(),
  reasons: z.array(QualityReason),
})
export type CaptureQuality = z.infer<typeof CaptureQuality>

/** Taken by the patient's camera in the call, chosen from the patient's pictures, or added by the doctor. */
export const SnapshotOrigin = z.enum(['camera', 'gallery', 'doctor'])
export type SnapshotOrigin = z.infer<typeof SnapshotOrigin>
