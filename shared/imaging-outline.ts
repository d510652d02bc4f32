import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { SnapshotId } from './ids.ts'
import { SeenBox } from './imaging-recognition.ts'
import { maxOutlinePoints, OutlineMethod, PicturePoint } from './imaging-viewer.ts'

/** Taps that correct a proposal, on each side. */
export const maxOutlineTaps = 20

const Taps = z.array(PicturePoint).max(maxOutlineTaps)

/**
 * Where to look: a box drawn around it, or taps on it, or both. `inside` belongs to it and `outside` does not, which is how a
 * proposal is corrected.
 */
export const OutlineSeed = z
  .strictObject({ box: SeenBox.nullable(), inside: Taps, outside: Taps })
  .refine(({ box, inside }) => (box ? box.width > 0 && box.height > 0 : inside.length > 0), {
    error: 'a box with a size, or at least one place inside',
  })
export type OutlineSeed = z.infer<typeof OutlineSeed>

/**
 * Why nothing is proposed. `no_contrast`: what is inside does not differ from what is around it. `too_small`: a few pixels.
 * `no_edge`: it goes on as far as one can see; a box would help.
 */
export const NoOutline = z.enum(['no_contrast', 'too_small', 'no_edge'])
export type NoOutline = z.infer<typeof NoOutline>

/** What the computer proposes; nothing is kept of it until a doctor keeps it, or what they made of it. Never a diagnosis. */
export const OutlineProposal = z.discriminatedUnion('found', [
  z.strictObject({
    found: z.literal(true),
    by: OutlineMethod,
    /** Closed, in shares of the picture. */
    points: z.array(PicturePoint).min(3).max(maxOutlinePoints),
    /** How far the mean colours just inside and just outside are apart, in CIE L*a*b* (dE76). */
    contrast: z.number().min(0),
    /** The same in standard deviations of what lies on either side: below 2 the two run into each other. */
    distinctness: z.number().min(0),
  }),
  z.strictObject({ found: z.literal(false), by: OutlineMethod, reason: NoOutline }),
])
export type OutlineProposal = z.infer<typeof OutlineProposal>

/**
 * Practitioners in care, where the clinic has switched `outline` on. Looks at the original. Errors: forbidden {reason:
 * switched_off}, not_found, busy {retryAfterMs}, unavailable.
 */
export const proposeOutline = endpoint({
  method: 'POST',
  path: '/api/snapshots/:snapshotId/outline',
  params: z.strictObject({ snapshotId: SnapshotId }),
  body: OutlineSeed,
  reply: OutlineProposal,
})
