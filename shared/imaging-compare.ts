import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { ConsultId, SnapshotId } from './ids.ts'
import { Snapshot } from './imaging.ts'
import { Homography } from './imaging-viewer.ts'

/**
 * Why an earlier picture is not laid over a later one: too few places that both show; too few of them agree on one plane;
 * they agree only in a small part; that plane would be folded, mirrored or seen from too far aside; the one would be far
 * larger than the other; they hardly show the same part; or what then lies together does not look alike.
 */
export const RegistrationRefusal = z.enum([
  'few_places',
  'disagreement',
  'small_part',
  'folded',
  'scale',
  'little_overlap',
  'unlike',
])
export type RegistrationRefusal = z.infer<typeof RegistrationRefusal>

/** What was counted and measured; the words for it follow from nothing else. */
export const RegistrationFacts = z.strictObject({
  /** Places found again in the other picture, each the best for the other. */
  matches: z.number().int(),
  /** Those of them that agree on one movement of a plane. */
  inliers: z.number().int(),
  /** Inliers among the matches, 0..1. */
  inlierShare: z.number(),
  /** The part of what both show that lies between inliers, 0..1. */
  spread: z.number(),
  /** How far inliers are apart after the movement, root mean square, in shares of the later picture's longer edge. */
  residual: z.number(),
  /** The part of the later picture that the earlier one covers, 0..1. */
  overlap: z.number(),
  /** How alike the fine structure of both is where they lie together: correlation, -1..1. */
  likeness: z.number(),
})
export type RegistrationFacts = z.infer<typeof RegistrationFacts>

/** How an earlier picture lies on a later one, or why that cannot be said. `facts` is null when nothing could be measured. */
export const Registration = z.discriminatedUnion('state', [
  z.strictObject({
    state: z.literal('registered'),
    homography: Homography,
    confidence: z.enum(['good', 'fair']),
    facts: RegistrationFacts,
  }),
  z.strictObject({
    state: z.literal('refused'),
    reason: RegistrationRefusal,
    facts: RegistrationFacts.nullable(),
  }),
])
export type Registration = z.infer<typeof Registration>

/**
 * Lays an earlier picture of the same patient over this one, by what both show; neither is changed, and nothing is kept but
 * the audit entry. An aid to find places again, not for diagnosis. Behind the switch `compare`.
 * Errors: not_found, forbidden {reason: switched_off}, conflict {reason: not_earlier}, busy.
 */
export const compareSnapshot = endpoint({
  method: 'POST',
  path: '/api/snapshots/:snapshotId/comparison',
  params: z.strictObject({ snapshotId: SnapshotId }),
  body: z.strictObject({ earlierId: SnapshotId }),
  reply: z.strictObject({
    registration: Registration,
    /** Who did it, by the method's name and version. */
    method: z.strictObject({ name: z.string(), version: z.string() }),
  }),
})

const shown = z.strictObject({ consultId: ConsultId, snapshotId: SnapshotId })

/**
 * The doctor of a live consult lets its patient see one of the patient's pictures from another visit, until the consult ends: to
 * lay it beside a picture of this one. Twice is as once. Errors: not_found, not_admitted, consult_ended.
 */
export const showPicture = endpoint({
  method: 'PUT',
  path: '/api/consults/:consultId/shown-pictures/:snapshotId',
  params: shown,
})
/** For those in the consult, while it is live. Errors: not_found. */
export const readShownPicture = endpoint({
  method: 'GET',
  path: '/api/consults/:consultId/shown-pictures/:snapshotId',
  params: shown,
  reply: Snapshot,
})
/** The original's bytes. Errors: not_found. */
export const readShownImage = endpoint({
  method: 'GET',
  path: '/api/consults/:consultId/shown-pictures/:snapshotId/image',
  params: shown,
  binary: 'reply',
})
