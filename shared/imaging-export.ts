import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { EnhancementId, IdempotencyKey, PractitionerId, RecordId, SnapshotId } from './ids.ts'
import { Gender } from './records.ts'
import { CalendarDate, Instant, ZoneName } from './time.ts'
import { Enhancement } from './imaging.ts'
import { Area } from './imaging-recipe.ts'

/** What a picture leaves the house for when it shows whose it is. */
export const CarePurpose = z.enum(['treatment', 'second_opinion', 'patient_copy'])
export type CarePurpose = z.infer<typeof CarePurpose>
/** For some purposes a picture leaves only without its person. */
export const ExportPurpose = z.enum([...CarePurpose.options, 'teaching', 'research'])
export type ExportPurpose = z.infer<typeof ExportPurpose>

const bySnapshot = z.strictObject({ snapshotId: SnapshotId })
/** Null: the original. */
const which = { enhancementId: EnhancementId.nullable() }

/**
 * What to do about the person: `kept` puts their name, number and birth date into the file; `removed` follows PS3.15's
 * basic profile, fills the areas that the doctor has drawn, and needs the doctor's word that nothing else in the picture
 * tells who it is: a program may have proposed areas, which proves nothing.
 */
export const DicomExport = z.discriminatedUnion('person', [
  z.strictObject({ person: z.literal('kept'), purpose: CarePurpose, ...which }),
  z.strictObject({
    person: z.literal('removed'),
    purpose: ExportPurpose,
    ...which,
    areas: z.array(Area).max(50),
    nothingIdentifies: z.literal(true),
  }),
])
export type DicomExport = z.infer<typeof DicomExport>

/** A DICOM file: VL Photographic Image of an original, Secondary Capture of an enhancement. Errors: conflict {reason: not_ready}. */
export const exportDicom = endpoint({
  method: 'POST',
  path: '/api/snapshots/:snapshotId/dicom',
  params: bySnapshot,
  body: DicomExport,
  binary: 'reply',
})

/**
 * A DICOM file of what is drawn on the picture (a Color Softcopy Presentation State), to be laid over the picture's own file,
 * with the person. Errors: conflict {reason: not_ready | nothing_drawn}.
 */
export const exportDrawings = endpoint({
  method: 'POST',
  path: '/api/snapshots/:snapshotId/dicom-drawings',
  params: bySnapshot,
  body: z.strictObject({ ...which, purpose: CarePurpose }),
  binary: 'reply',
})

/**
 * Why the archive does not have it: it refused the picture, it refused us, nothing there understands the request, or it
 * did not answer for a quarter of an hour. `picture`: no DICOM file could be made. Sending again tries again.
 */
export const TransferFailure = z.enum(['refused', 'not_allowed', 'wrong_address', 'unreachable', 'picture'])
export type TransferFailure = z.infer<typeof TransferFailure>

export const ArchiveTransfer = z.strictObject({
  id: RecordId,
  ...which,
  /** The picture's own file, or that of the drawings on it. */
  of: z.enum(['picture', 'drawings']),
  /** Something was drawn or removed since it was asked for; never so of a picture. */
  outdated: z.boolean(),
  state: z.enum(['queued', 'sent', 'failed']),
  failure: TransferFailure.nullable(),
  askedAt: Instant,
  askedBy: PractitionerId,
  settledAt: Instant.nullable(),
})
export type ArchiveTransfer = z.infer<typeof ArchiveTransfer>

/**
 * Puts the picture on its way to the clinic's archive, and answers at once; with `drawings` what is drawn on it now as well, as
 * a file of its own of the same study. What is on its way or there already is not sent again: when only the drawings are new,
 * they go alone. Errors: conflict {reason: not_ready | no_archive | nothing_drawn}.
 */
export const sendToArchive = endpoint({
  method: 'POST',
  path: '/api/snapshots/:snapshotId/archive-transfers',
  params: bySnapshot,
  body: z.strictObject({
    ...which,
    drawings: z.boolean().default(false),
    idempotencyKey: IdempotencyKey,
  }),
  reply: ArchiveTransfer,
  status: 201,
})
/** Newest first. */
export const listArchiveTransfers = endpoint({
  method: 'GET',
  path: '/api/snapshots/:snapshotId/archive-transfers',
  params: bySnapshot,
  reply: z.strictObject({
    /** False: this clinic has no archive to send to. */
    archive: z.boolean(),
    transfers: z.array(ArchiveTransfer),
  }),
})

/** What stands around the picture on paper. No phone number, no address. */
export const PrintSheet = z.strictObject({
  patient: z.strictObject({
    displayName: z.string(),
    birthDate: CalendarDate,
    gender: Gender,
    identifier: z.string(),
  }),
  organizationName: z.string(),
  practitionerName: z.string(),
  takenAt: Instant,
  printedAt: Instant,
  zone: ZoneName,
  width: z.number().int(),
  height: z.number().int(),
  /** What it was processed by; null: it is the original. */
  processedBy: Enhancement.shape.name.nullable(),
})
export type PrintSheet = z.infer<typeof PrintSheet>

/** For a sheet of paper. Errors: conflict {reason: not_ready}. */
export const printPicture = endpoint({
  method: 'POST',
  path: '/api/snapshots/:snapshotId/sheets',
  params: bySnapshot,
  body: z.strictObject({ ...which, purpose: CarePurpose }),
  reply: PrintSheet,
})
