import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { EncounterId, PatientId, SnapshotId } from './ids.ts'
import { Snapshot } from './imaging.ts'
import { BodySite, BodySiteCode, Laterality } from './imaging-site.ts'
import { Instant } from './time.ts'

const ofPatient = z.strictObject({ patientId: PatientId })

/** A practitioner of the patient says where on the body a picture is from; null takes it back. Errors: not_found. */
export const setBodySite = endpoint({
  method: 'PUT',
  path: '/api/snapshots/:snapshotId/site',
  params: z.strictObject({ snapshotId: SnapshotId }),
  body: z.strictObject({ site: BodySite.nullable() }),
  reply: Snapshot,
})

/** How many pictures there are of each site; null: of which nobody has said what they show. */
export const SiteCount = z.strictObject({
  site: BodySite.nullable(),
  pictures: z.number().int(),
  newestAt: Instant,
})
export type SiteCount = z.infer<typeof SiteCount>

/** For whoever may see the pictures: a guest's are those of the one visit. Errors: not_found. */
export const countPicturesBySite = endpoint({
  method: 'GET',
  path: '/api/patients/:patientId/picture-sites',
  params: ofPatient,
  reply: z.strictObject({ sites: z.array(SiteCount) }),
})

/** A picture and the visit it is from; null when it was not in one. */
export const SeriesPicture = z.strictObject({
  picture: Snapshot,
  visit: z
    .strictObject({
      encounterId: EncounterId,
      startedAt: Instant,
      practitionerName: z.string(),
      reason: z.string(),
    })
    .nullable(),
})
export type SeriesPicture = z.infer<typeof SeriesPicture>

export const picturesPerPage = 24

/**
 * A patient's pictures across visits, newest first, `picturesPerPage` at a time. Without a code: all; `none`: those of which
 * nobody has said what they show. Without a laterality: both sides; `none`: those without one. `before` is the last picture
 * of the page before. What is looked for travels in the body: addresses end up in logs and histories, and a place of the
 * body beside a patient does not belong there. Errors: not_found.
 */
export const listPatientPictures = endpoint({
  method: 'POST',
  path: '/api/patients/:patientId/pictures/search',
  params: ofPatient,
  body: z.strictObject({
    code: z.enum([...BodySiteCode.options, 'none']).optional(),
    laterality: z.enum([...Laterality.options, 'none']).optional(),
    before: SnapshotId.optional(),
  }),
  reply: z.strictObject({ pictures: z.array(SeriesPicture), more: z.boolean() }),
})

/**
 * Pictures of the same patient that were taken before this one, newest first, a page at a time: those of the same place, or
 * all of them. For practitioners of the patient. Errors: not_found.
 */
export const listEarlierPictures = endpoint({
  method: 'GET',
  path: '/api/snapshots/:snapshotId/earlier',
  params: z.strictObject({ snapshotId: SnapshotId }),
  query: z.strictObject({ site: z.enum(['same', 'any']), before: SnapshotId.optional() }),
  reply: listPatientPictures.reply,
})
