import { createHash } from 'node:crypto'
import type { Area, Recipe } from '#shared/imaging-recipe.ts'
import { presets } from '#shared/imaging-recipe.ts'
import { findEncounter, personalDataOf } from '../../records/index.ts'
import type { DicomPicture, SopClass } from '../dicom/dataset.ts'
import { datasetOf } from '../dicom/dataset.ts'
import { withoutPerson } from '../dicom/deidentify.ts'
import { writeDicomFile } from '../dicom/file.ts'
import { fitsDicom, readJpegFrame } from '../dicom/jpeg-frame.ts'
import { personName } from '../dicom/person-name.ts'
import { uidOf, uidWithin } from '../dicom/uid.ts'
import { keptRecipe } from '../recipes.ts'
import type { PictureToExport } from './find-picture.ts'
import type { ExportNeeds } from './needs.ts'

export type MadeDicom = { bytes: Buffer; instanceUid: string; sha256: string }

/** `kept` names the person in the file; otherwise the areas are filled and nothing names anybody. */
type Person = 'kept' | { areas: readonly Area[] }

/**
 * The DICOM file of a picture; the same each time, as long as the chart and the engine are the same.
 * @throws ImageRejected, PipelineBusy, PipelineFailed
 */
export async function makeDicom(
  needs: ExportNeeds,
  picture: PictureToExport,
  person: Person,
): Promise<MadeDicom> {
  const areas = person === 'kept' ? [] : person.areas
  const { jpeg, changed } = await pixelsOf(needs, picture, areas)
  const described = await describe(needs, picture, jpeg, changed)
  const named = datasetOf(described)
  const dataset =
    person === 'kept'
      ? named
      : withoutPerson(named, {
          key: needs.pseudonymKey,
          jpeg,
          filledAreas: areas.length,
          patientId: picture.snapshot.patientId,
        })
  const bytes = await writeDicomFile(dataset)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return { bytes, instanceUid: dataset.SOPInstanceUID, sha256 }
}

/** A JPEG that DICOM can hold: the stored one where it may stay as it is. */
async function pixelsOf(
  { blobs, pipeline }: ExportNeeds,
  { snapshot, enhancement }: PictureToExport,
  areas: readonly Area[],
): Promise<{ jpeg: Buffer; changed: boolean }> {
  const original = originalOf(snapshot)
  const stored = await blobs.get(enhancement?.blobKey ?? original.blobKey)
  const isJpeg = enhancement !== null || original.contentType === 'image/jpeg'
  if (areas.length === 0 && isJpeg && fitsDicom(readJpegFrame(stored)))
    return { jpeg: stored, changed: false }
  const recipe: Recipe = { ...presets.plain, redact: [...areas] }
  return { jpeg: (await pipeline.derive(stored, recipe)).display, changed: true }
}

async function describe(
  { db, organization }: ExportNeeds,
  { snapshot, enhancement }: PictureToExport,
  jpeg: Buffer,
  changed: boolean,
): Promise<DicomPicture> {
  const { patient, visit, clinic } = await db.read(async (tx) => {
    const found = await personalDataOf(tx, snapshot.patientId)
    if (!found) throw new Error('a snapshot of nobody')
    return {
      patient: found,
      visit: snapshot.encounterId ? await findEncounter(tx, snapshot.encounterId) : null,
      clinic: await organization(tx, found.organizationId),
    }
  })
  const studyOf = snapshot.encounterId ?? snapshot.consultId ?? snapshot.patientId
  const ofOriginal: SopClass = snapshot.origin === 'camera' ? 'photograph' : 'secondary'
  const kind = enhancement ? 'secondary' : ofOriginal
  return {
    kind,
    jpeg,
    frame: readJpegFrame(jpeg),
    uids: {
      study: uidOf(studyOf),
      series: uidWithin(studyOf, kind),
      instance: uidOf(enhancement?.id ?? snapshot.id),
    },
    source: enhancement && { kind: ofOriginal, instance: uidOf(snapshot.id) },
    studyId: studyOf.slice(-12).toUpperCase(),
    derivation: enhancement ? processing(enhancement) : changed ? converted : null,
    studyAt: visit?.startedAt ?? snapshot.takenAt,
    takenAt: snapshot.takenAt,
    madeAt: enhancement?.createdAt ?? snapshot.takenAt,
    zone: clinic?.zone ?? 'UTC',
    institution: clinic?.name ?? '',
    patient: {
      name: personName(patient.names),
      id: patient.recordNumber ?? snapshot.patientId,
      birthDate: patient.birthDate,
      gender: patient.gender,
    },
  }
}

export function originalOf({ variants }: PictureToExport['snapshot']) {
  const original = variants.find(({ variant }) => variant === 'original')
  if (!original) throw new Error('a snapshot without its original')
  return original
}

const { maxEdge, quality } = presets.plain.display
const converted = `Turned upright, at most ${maxEdge} pixels long, JPEG quality ${quality}`

function processing({ name, recipeJson }: NonNullable<PictureToExport['enhancement']>): string {
  const steps = keptRecipe(recipeJson)
    ?.steps.map(({ op, version }) => `${op} ${version}`)
    .join(', ')
  return `Processed, not the original. Recipe: ${name} (${steps === '' ? 'no steps' : (steps ?? 'steps of an earlier version')})`
}
