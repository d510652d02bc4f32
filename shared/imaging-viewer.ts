import { z } from 'zod'
import { endpoint, nothing, socketRequest } from './endpoint.ts'
import { AnnotationId, EnhancementId, IdempotencyKey, ParticipantId, SnapshotId } from './ids.ts'
import { Instant } from './time.ts'

// --- What is looked at, together -----------------------------------------------------------------------------------

/** How the original and the enhanced picture share the screen. */
export const ViewerMode = z.enum(['original', 'enhanced', 'both', 'slider', 'blink'])
export type ViewerMode = z.infer<typeof ViewerMode>

/** A share of a picture's width or height. */
const Unit = z.number().min(0).max(1)

/** A place on the upright original, in shares of its width and height from the top left corner. */
export const PicturePoint = z.strictObject({ x: Unit, y: Unit })
export type PicturePoint = z.infer<typeof PicturePoint>

/** The part of the picture that the presenter sees; whoever follows sees at least that. */
export const PictureRect = z.strictObject({
  x: Unit,
  y: Unit,
  width: Unit.min(0.001),
  height: Unit.min(0.001),
})
export type PictureRect = z.infer<typeof PictureRect>

/**
 * Row by row: takes a place on the earlier picture (x, y, 1), in shares of its upright width and height, to the later
 * one's shares, after division by the third number.
 */
export const Homography = z.array(z.number()).length(9)
export type Homography = z.infer<typeof Homography>

/** How an earlier picture and a later one share the screen; all but `both` need to know how the one lies on the other. */
export const CompareMode = z.enum(['both', 'slider', 'blink', 'fade', 'difference'])
export type CompareMode = z.infer<typeof CompareMode>

/** An earlier picture of the patient beside the one that is shown, or laid over it. The doctor has let them see it. */
export const SharedComparison = z.strictObject({
  earlierId: SnapshotId,
  /** Null: nobody knows how it lies. */
  homography: Homography.nullable(),
  mode: CompareMode,
  /** Where the slider stands, or how much of the earlier one shows. */
  share: Unit,
})
export type SharedComparison = z.infer<typeof SharedComparison>

/** All it takes to see what the presenter sees. Ids and numbers only: it crosses the servers as news. */
export const SharedView = z.strictObject({
  snapshotId: SnapshotId,
  mode: ViewerMode,
  /** Null: the picture that is enhanced by itself. */
  enhancementId: EnhancementId.nullable(),
  /** Where the slider stands: left of it is the original. */
  split: Unit,
  rect: PictureRect,
  /** Instead of original and enhanced picture. */
  comparison: SharedComparison.exactOptional(),
})
export type SharedView = z.infer<typeof SharedView>

/**
 * Socket requests of the viewer, while the consult is live. The server keeps nothing of them: who joins late asks, and
 * the presenter shows again.
 */
export const viewerRequests = {
  /** The doctor shows a picture of this consult, or another part of it; at most 15 times a second. */
  'viewer:show': socketRequest(SharedView),
  /** A finger or mouse on the picture; null takes it away. At most 15 times a second. */
  'viewer:point': socketRequest(z.strictObject({ snapshotId: SnapshotId, at: PicturePoint.nullable() })),
  /** The doctor stops showing. */
  'viewer:close': socketRequest(nothing),
  /** What is being shown? The presenter, if there is one, shows again. */
  'viewer:ask': socketRequest(nothing),
}

/** Which of two is newer: of two messages with a sequence the higher one counts. It only ever rises. */
const Sequence = z.number().int().min(0)

export const viewerNews = {
  'viewer:shown': SharedView.extend({ from: ParticipantId, sequence: Sequence }),
  'viewer:pointed': z.strictObject({
    from: ParticipantId,
    snapshotId: SnapshotId,
    at: PicturePoint.nullable(),
  }),
  'viewer:closed': z.strictObject({ from: ParticipantId, sequence: Sequence }),
  'viewer:asked': z.strictObject({ from: ParticipantId }),
  /** Added or removed; what it says is fetched over HTTPS. */
  'annotation:changed': z.strictObject({ snapshotId: SnapshotId, annotationId: AnnotationId }),
}

// --- What is drawn on it ---------------------------------------------------------------------------------------------

export const maxOutlinePoints = 400
export const maxLabelLength = 120

/** A method and its version, by which it can be told later how a proposal came about. */
export const OutlineMethod = z.literal(['grabcut@1'])
export type OutlineMethod = z.infer<typeof OutlineMethod>

const points = (count: number) => z.array(PicturePoint).length(count)

/** A drawing over the picture, which itself is never changed. Lengths and areas are computed from it, not kept. */
export const AnnotationShape = z.discriminatedUnion('kind', [
  /** From the tail to the tip; a tip alone ("here") has both in one place. */
  z.strictObject({ kind: z.literal('arrow'), points: points(2) }),
  /** Closed: the last point is joined to the first. */
  z.strictObject({
    kind: z.literal('outline'),
    points: z.array(PicturePoint).min(3).max(maxOutlinePoints),
    /** Only when the computer proposed it; whoever kept it, as it was or changed, is its author. */
    proposed: z.strictObject({ by: OutlineMethod, changed: z.boolean() }).exactOptional(),
  }),
  z.strictObject({
    kind: z.literal('text'),
    points: points(1),
    text: z.string().trim().min(1).max(maxLabelLength),
  }),
  z.strictObject({ kind: z.literal('ruler'), points: points(2) }),
  /** The vertex is in the middle. */
  z.strictObject({ kind: z.literal('angle'), points: points(3) }),
  /** A line over something whose length is known. The newest one of a picture counts. */
  z.strictObject({
    kind: z.literal('calibration'),
    points: points(2),
    millimetres: z.number().min(0.1).max(5_000),
    /**
     * Only when the computer found the printed reference marker: its black square's corners, clockwise from the top left
     * one as printed. What lies flat beside it is measured in its plane, and `points` is its upper side.
     */
    marker: z.strictObject({ corners: points(4) }).exactOptional(),
  }),
])
export type AnnotationShape = z.infer<typeof AnnotationShape>
export type AnnotationKind = AnnotationShape['kind']

export const Annotation = z.strictObject({
  id: AnnotationId,
  snapshotId: SnapshotId,
  shape: AnnotationShape,
  createdAt: Instant,
  author: z.strictObject({
    role: z.enum(['patient', 'practitioner']),
    /** The doctor's, as it was then; null for the patient, whose picture it is. */
    name: z.string().nullable(),
    /** Made by whoever asks: they may remove it. */
    own: z.boolean(),
  }),
})
export type Annotation = z.infer<typeof Annotation>

const ofSnapshot = z.strictObject({ snapshotId: SnapshotId })

/** Oldest first; removed ones are left out. */
export const listAnnotations = endpoint({
  method: 'GET',
  path: '/api/snapshots/:snapshotId/annotations',
  params: ofSnapshot,
  reply: z.strictObject({ annotations: z.array(Annotation) }),
})
/** Patients draw arrows only, while the consult is live. Errors: forbidden, limit_reached, not_admitted, consult_ended. */
export const addAnnotation = endpoint({
  method: 'POST',
  path: '/api/snapshots/:snapshotId/annotations',
  params: ofSnapshot,
  body: z.strictObject({ shape: AnnotationShape, idempotencyKey: IdempotencyKey }),
  reply: Annotation,
  status: 201,
})
/**
 * By its author only, else forbidden; by patients while the consult is live. The row stays, and says when. Doing it twice
 * changes nothing. Errors: forbidden, not_admitted, consult_ended.
 */
export const removeAnnotation = endpoint({
  method: 'DELETE',
  path: '/api/annotations/:annotationId',
  params: z.strictObject({ annotationId: AnnotationId }),
})
/**
 * Puts back what its author has removed, as old as it was: it does not become the newest calibration by that. Doing it twice
 * changes nothing. Errors as for removing.
 */
export const restoreAnnotation = endpoint({
  method: 'POST',
  path: '/api/annotations/:annotationId/restore',
  params: z.strictObject({ annotationId: AnnotationId }),
  reply: Annotation,
})
