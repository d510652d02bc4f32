import { createHash, createHmac } from 'node:crypto'
import type { PatientId } from '#shared/ids.ts'
import { code, type Dataset, type NamedDataset } from './dataset.ts'
import { uidUnderKey } from './uid.ts'

/** What says how the picture looks and how it is to be read; everything else goes. */
const kept = [
  'SpecificCharacterSet',
  'SOPClassUID',
  'SeriesNumber',
  'Modality',
  'Manufacturer',
  'ManufacturerModelName',
  'ImageType',
  'PatientOrientation',
  'ImageLaterality',
  'AnatomicRegionSequence',
  'AcquisitionContextSequence',
  'PixelSpacing',
  'PixelSpacingCalibrationType',
  // Our own words about the marker or the line.
  'PixelSpacingCalibrationDescription',
  'ConversionType',
  'SamplesPerPixel',
  'PhotometricInterpretation',
  'PlanarConfiguration',
  'Rows',
  'Columns',
  'BitsAllocated',
  'BitsStored',
  'HighBit',
  'PixelRepresentation',
  'LossyImageCompression',
  'LossyImageCompressionRatio',
  'LossyImageCompressionMethod',
  'PixelData',
  '_vrMap',
]

/** Attributes that must be there (PS3.15 table E.1-1, actions Z and D): empty, or a day on which nobody had a visit. */
const replaced = {
  PatientBirthDate: '',
  PatientSex: '',
  StudyDate: '19000101',
  StudyTime: '000000',
  StudyID: '1',
  AccessionNumber: '',
  ReferringPhysicianName: '',
  InstanceNumber: '1',
  ContentDate: '19000101',
  ContentTime: '000000',
}

/**
 * The same picture without its person: PS3.15's basic profile, and, on the word of the doctor who looked at the pixels,
 * its options for clean pixels and clean recognizable features. Pictures of one patient and of one visit still belong
 * together, under names that only the key connects with them. `filledAreas` is how many areas were filled before.
 */
export function withoutPerson(
  dataset: NamedDataset,
  {
    key,
    jpeg,
    filledAreas,
    patientId,
  }: { key: Buffer; jpeg: Buffer; filledAreas: number; patientId: PatientId },
): Dataset {
  const pseudonym = pseudonymOf(key, patientId)
  const pixels = createHash('sha256').update(jpeg).digest('hex')
  return {
    ...Object.fromEntries(kept.filter((name) => name in dataset).map((name) => [name, dataset[name]])),
    ...replaced,
    SOPClassUID: dataset.SOPClassUID,
    // Other areas filled make another picture.
    SOPInstanceUID: uidUnderKey(key, dataset.SOPInstanceUID, pixels),
    StudyInstanceUID: uidUnderKey(key, dataset.StudyInstanceUID),
    SeriesInstanceUID: uidUnderKey(key, dataset.SeriesInstanceUID),
    PatientName: `${pseudonym}^`,
    PatientID: pseudonym,
    PatientIdentityRemoved: 'YES',
    DeidentificationMethod: [
      'PS3.15 Basic Profile by Bedside',
      // Whether programs had proposed areas before is not known here: what counts is the person's look.
      'Pixels looked at by a person',
      `Areas filled: ${filledAreas}`,
    ],
    DeidentificationMethodCodeSequence: [
      code('113100', 'DCM', 'Basic Application Confidentiality Profile'),
      code('113101', 'DCM', 'Clean Pixel Data Option'),
      code('113102', 'DCM', 'Clean Recognizable Visual Features Option'),
    ],
    LongitudinalTemporalInformationModified: 'REMOVED',
    BurnedInAnnotation: 'NO',
    RecognizableVisualFeatures: 'NO',
  }
}

/** Of the id, not of the record number: that one may be corrected, and another clinic may give the same one. */
function pseudonymOf(key: Buffer, patientId: PatientId): string {
  const hash = createHmac('sha256', key).update(`patient ${patientId}`).digest('hex')
  return `P-${hash.slice(0, 12).toUpperCase()}`
}
