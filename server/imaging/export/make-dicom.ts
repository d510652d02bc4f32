import { createHash } from 'node:crypto'
import type { AnnotationId } from '#shared/ids.ts'
import type { Area, Recipe } from '#shared/imaging-recipe.ts'
import { presets } from '#shared/imaging-recipe.ts'
import { findEncounter, personalDataOf } from '../../records/index.ts'
import type { Dataset, DicomPicture, SopClass } from '../dicom/dataset.ts'
import { datasetOf } from '../dicom/dataset.ts'
import { withoutPerson } from '../dicom/deidentify.ts'
import { writeDicomFile } from '../dicom/file.ts'
import { presentationOf } from '../dicom/presentation.ts'
import { fitsDicom, readJpegFrame } from '../dicom/jpeg-frame.ts'
import { personName } from '../dicom/person-name.ts'
import { uidOf, uidWithin } from '../dicom/uid.ts'
import { keptRecipe } from '../recipes.ts'
import { originalOf } from '../samples.ts'
import { drawingsNamed, drawingsOn, drawingsUid, exportedScale, type Drawing } from './drawings.ts'
import type { PictureToExport } from './find-picture.ts'
import type { ExportNeeds } from './needs.ts'

export type MadeDicom = { bytes: Buffer; instanceUid: string; sha256: string }

/** `kept` names the person in the file; otherwise the areas are filled and nothing names anybody. */
type Person = 'kept' | { areas: readonly Area[] }

/**
 * The DICOM file of a picture; the same each time, as long as the chart and the engine are the same.
 * @throws ImageRejected, ProcessesBusy, ProcessFailed
 */
export async function makeDicom(
  needs: ExportNeeds,
  picture: PictureToExport,
  person: Person,
): Promise<MadeDicom> {
  const areas = person === 'kept' ? [] : person.areas
  const pixels = await pixelsOf(needs, picture, { areas, plain: person !== 'kept' })
  const { described } = await describe(needs, picture, pixels)
  const named = datasetOf(described)
  const dataset =
    person === 'kept'
      ? named
      : withoutPerson(named, {
          key: needs.pseudonymKey,
          jpeg: pixels.jpeg,
          filledAreas: areas.length,
          patientId: picture.snapshot.patientId,
        })
  return written(dataset)
}

/**
 * The DICOM file of what is drawn on a picture, or of the drawings that are named; the same each time for the same drawings.
 * Null when nothing is drawn on it.
 */
export async function makeDrawings(
  needs: ExportNeeds,
  picture: PictureToExport,
  only?: readonly AnnotationId[],
): Promise<MadeDicom | null> {
  const pixels = await pixelsOf(needs, picture, { areas: [], plain: false })
  const { described, drawings } = await describe(needs, picture, pixels, only)
  const newest = drawings.at(-1)
  if (!newest) return null
  const { id } = picture.enhancement ?? picture.snapshot
  const dataset = presentationOf({
    picture: described,
    series: uidWithin(visitOf(picture), 'drawings'),
    instance: drawingsUid(id, drawings),
    shapes: drawings.map(({ shape }) => shape),
    drawnAt: newest.createdAt,
  })
  return written(dataset)
}

async function written(dataset: Dataset): Promise<MadeDicom> {
  const bytes = await writeDicomFile(dataset)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return { bytes, instanceUid: dataset.SOPInstanceUID, sha256 }
}

type Pixels = { jpeg: Buffer; changed: boolean }

/**
 * A JPEG that DICOM can hold: the stored one where it may stay as it is. `plain`: it has no colour profile, whose words and
 * curves may tell which device it came from; its colours become those of sRGB.
 */
async function pixelsOf(
  { blobs, pipeline }: ExportNeeds,
  { snapshot, enhancement }: PictureToExport,
  { areas, plain }: { areas: readonly Area[]; plain: boolean },
): Promise<Pixels> {
  const original = originalOf(snapshot)
  const stored = await blobs.get(enhancement?.blobKey ?? original.blobKey)
  const isJpeg = enhancement !== null || original.contentType === 'image/jpeg'
  const frame = isJpeg ? readJpegFrame(stored) : null
  if (areas.length === 0 && frame && fitsDicom(frame) && !(plain && frame.profile))
    return { jpeg: stored, changed: false }
  const recipe: Recipe = { ...presets.plain, redact: [...areas] }
  return { jpeg: (await pipeline.derive(stored, recipe)).display, changed: true }
}

async function describe(
  { db, organization }: ExportNeeds,
  { snapshot, enhancement }: PictureToExport,
  { jpeg, changed }: Pixels,
  only?: readonly AnnotationId[],
): Promise<{ described: DicomPicture; drawings: Drawing[] }> {
  const { patient, visit, clinic, drawings } = await db.read(async (tx) => {
    const found = await personalDataOf(tx, snapshot.patientId)
    if (!found) throw new Error('a snapshot of nobody')
    return {
      patient: found,
      visit: snapshot.encounterId ? await findEncounter(tx, snapshot.encounterId) : null,
      clinic: await organization(tx, found.organizationId),
      drawings: await (only ? drawingsNamed(tx, only) : drawingsOn(tx, snapshot.id)),
    }
  })
  const study = visitOf({ snapshot })
  const ofOriginal: SopClass = snapshot.origin === 'camera' ? 'photograph' : 'secondary'
  const kind = enhancement ? 'secondary' : ofOriginal
  const frame = readJpegFrame(jpeg)
  const described: DicomPicture = {
    kind,
    jpeg,
    frame,
    uids: {
      study: uidOf(study),
      series: uidWithin(study, kind),
      instance: uidOf(enhancement?.id ?? snapshot.id),
    },
    source: enhancement && { kind: ofOriginal, instance: uidOf(snapshot.id) },
    studyId: study.slice(-12).toUpperCase(),
    derivation: enhancement ? processing(enhancement) : changed ? converted : null,
    studyAt: visit?.startedAt ?? snapshot.takenAt,
    takenAt: snapshot.takenAt,
    madeAt: enhancement?.createdAt ?? snapshot.takenAt,
    zone: clinic?.zone ?? 'UTC',
    institution: clinic?.name ?? '',
    site: snapshot.siteCode && { code: snapshot.siteCode, laterality: snapshot.siteLaterality },
    scale: exportedScale(drawings, { width: frame.columns, height: frame.rows }),
    patient: {
      name: personName(patient.names),
      id: patient.recordNumber ?? snapshot.patientId,
      birthDate: patient.birthDate,
      gender: patient.gender,
    },
  }
  return { described, drawings }
}

function visitOf({ snapshot }: Pick<PictureToExport, 'snapshot'>): string {
  return snapshot.encounterId ?? snapshot.consultId ?? snapshot.patientId
}

const { maxEdge, quality } = presets.plain.display
const converted = `Turned upright, at most ${maxEdge} pixels long, JPEG quality ${quality}`

function processing({ name, recipeJson }: NonNullable<PictureToExport['enhancement']>): string {
  const steps = keptRecipe(recipeJson)
    ?.steps.map(({ op, version }) => `${op} ${version}`)
    .join(', ')
  return `Processed, not the original. Recipe: ${name} (${steps === '' ? 'no steps' : (steps ?? 'steps of an earlier version')})`
}
