import { z } from 'zod'
import { endpoint, socketRequest } from './endpoint.ts'
import {
  ConsultId,
  EnhancementId,
  IdempotencyKey,
  ParticipantId,
  PractitionerId,
  RecordId,
  SnapshotId,
} from './ids.ts'
import { CaptureQuality, QualityReason, SnapshotOrigin } from './imaging-capture.ts'
import { PictureContent } from './imaging-content.ts'
import { PresetName, Recipe } from './imaging-recipe.ts'
import { BodySite } from './imaging-site.ts'
import { Instant } from './time.ts'

/** A picture taken in a consult: the untouched original and what was derived from it. */
export const Snapshot = z.strictObject({
  id: SnapshotId,
  consultId: ConsultId.nullable(),
  takenAt: Instant,
  state: z.enum(['processing', 'ready', 'failed']),
  width: z.number().int(),
  height: z.number().int(),
  bytes: z.number().int(),
  /** Name and version of the recipe that made the enhanced picture; null while processing. */
  recipe: z.string().nullable(),
  origin: SnapshotOrigin,
  /** Null until it is measured, which is when the enhanced picture is made. */
  quality: CaptureQuality.nullable(),
  /** Where on the body it is from, as a doctor said; null when nobody has. */
  bodySite: BodySite.nullable(),
  /** Null: no model was asked, or none has answered. */
  content: PictureContent.nullable(),
  /** The guard against sensitive pictures has yet to answer: treat it as sensitive. For `contentAnswerMs` at most. */
  awaitsContent: z.boolean(),
})
export type Snapshot = z.infer<typeof Snapshot>

/** `preview` is a small original, `thumbnail` a small enhanced one. Asked for a preview before there is one, the original comes. */
export const SnapshotVariant = z.enum(['original', 'preview', 'enhanced', 'thumbnail'])
export type SnapshotVariant = z.infer<typeof SnapshotVariant>

/** Why an enhancement could not be made; asking again tries again. */
export const EnhancementFailure = z.enum(['too_slow', 'too_large', 'unreadable', 'internal'])
export type EnhancementFailure = z.infer<typeof EnhancementFailure>

/**
 * What a doctor had made of an original by a recipe. The same recipe on the same original is the same enhancement. Size,
 * hash and engine are those of its JPEG; null unless it is ready.
 */
export const Enhancement = z.strictObject({
  id: EnhancementId,
  snapshotId: SnapshotId,
  /** A preset's name, or `custom` for steps that are no preset's. */
  name: z.enum([...PresetName.options, 'custom']),
  /** Null when it was made by steps that this version does not know any more. */
  recipe: Recipe.nullable(),
  state: z.enum(['processing', 'ready', 'failed']),
  failure: EnhancementFailure.nullable(),
  createdAt: Instant,
  createdBy: PractitionerId,
  width: z.number().int().nullable(),
  height: z.number().int().nullable(),
  bytes: z.number().int().nullable(),
  /** Hexadecimal. */
  sha256: z.string().nullable(),
  /** The codecs that took part: with another engine the same recipe may give other bytes. */
  engine: z.string().nullable(),
})
export type Enhancement = z.infer<typeof Enhancement>

/** The patient's answer sheet for one request of the doctor; valid for 60 seconds. */
export const SnapshotRequest = z.strictObject({
  requestId: RecordId,
  requestedBy: ParticipantId,
  expiresAt: Instant,
  /** What was wrong with the picture before, when the doctor asks again. */
  reason: QualityReason.nullable(),
})

const inConsult = z.strictObject({ consultId: ConsultId })
const bySnapshot = z.strictObject({ snapshotId: SnapshotId })

/**
 * Body: the picture's bytes (JPEG, PNG or WebP; 15 MB, 50 megapixels). The patient's answer to an allowed request of this
 * consult, from the camera or from the gallery.
 */
export const uploadSnapshot = endpoint({
  method: 'POST',
  path: '/api/consults/:consultId/snapshots',
  params: inConsult,
  query: z.strictObject({
    requestId: RecordId,
    origin: SnapshotOrigin.exclude(['doctor']).default('camera'),
  }),
  binary: 'body',
  reply: Snapshot,
  status: 201,
})
/**
 * A picture that nobody asked for, of the same kind and size: the patient offers one of their own, which is their consent
 * to it; or the doctor adds one. Only in a live consult.
 */
export const addPicture = endpoint({
  method: 'POST',
  path: '/api/consults/:consultId/pictures',
  params: inConsult,
  query: z.strictObject({ idempotencyKey: IdempotencyKey }),
  binary: 'body',
  reply: Snapshot,
  status: 201,
})
export const listSnapshots = endpoint({
  method: 'GET',
  path: '/api/consults/:consultId/snapshots',
  params: inConsult,
  reply: z.strictObject({ snapshots: z.array(Snapshot) }),
})
export const readSnapshot = endpoint({
  method: 'GET',
  path: '/api/snapshots/:snapshotId',
  params: bySnapshot,
  reply: Snapshot,
})
export const readSnapshotImage = endpoint({
  method: 'GET',
  path: '/api/snapshots/:snapshotId/:variant',
  params: z.strictObject({ snapshotId: SnapshotId, variant: SnapshotVariant }),
  binary: 'reply',
})

const byEnhancement = z.strictObject({ enhancementId: EnhancementId })

/**
 * The doctor has a picture made of the original: by a preset's name, or by a recipe of their own. Answers at once with
 * the enhancement as it is; `enhancement:changed` tells when it is ready.
 */
export const enhanceSnapshot = endpoint({
  method: 'POST',
  path: '/api/snapshots/:snapshotId/enhancements',
  params: bySnapshot,
  body: z.strictObject({ by: z.union([PresetName, Recipe]), idempotencyKey: IdempotencyKey }),
  reply: Enhancement,
  status: 201,
})
/** Oldest first. */
export const listEnhancements = endpoint({
  method: 'GET',
  path: '/api/snapshots/:snapshotId/enhancements',
  params: bySnapshot,
  reply: z.strictObject({ enhancements: z.array(Enhancement) }),
})
export const readEnhancement = endpoint({
  method: 'GET',
  path: '/api/enhancements/:enhancementId',
  params: byEnhancement,
  reply: Enhancement,
})
export const readEnhancementImage = endpoint({
  method: 'GET',
  path: '/api/enhancements/:enhancementId/image',
  params: byEnhancement,
  binary: 'reply',
})

/** Socket requests of imaging; the doctor asks, the patient answers. */
export const imagingRequests = {
  'snapshot:request': socketRequest(
    z.strictObject({ idempotencyKey: IdempotencyKey, reason: QualityReason.optional() }),
    z.strictObject({ requestId: RecordId, expiresAt: Instant }),
  ),
  /** A yes may be taken back until the picture is there. */
  'snapshot:answer': socketRequest(z.strictObject({ requestId: RecordId, allowed: z.boolean() })),
}

/** Socket news of imaging; ids only, the rest is fetched over HTTPS. */
export const imagingNews = {
  'snapshot:requested': SnapshotRequest,
  'snapshot:answered': z.strictObject({ requestId: RecordId, allowed: z.boolean() }),
  /** The time for the answer, or after a yes for the picture, has run out. */
  'snapshot:lapsed': z.strictObject({ requestId: RecordId, allowed: z.boolean() }),
  'snapshot:captured': z.strictObject({ snapshotId: SnapshotId }),
  'snapshot:enhanced': z.strictObject({ snapshotId: SnapshotId, state: z.enum(['ready', 'failed']) }),
  /** Models have said what is in it, or nothing more is to be expected of them. */
  'snapshot:described': z.strictObject({ snapshotId: SnapshotId }),
  'enhancement:changed': z.strictObject({
    enhancementId: EnhancementId,
    snapshotId: SnapshotId,
    state: Enhancement.shape.state,
  }),
}
