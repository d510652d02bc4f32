import { bodySites, type BodySite } from '#shared/imaging-site.ts'
import type { Instant } from '#shared/time.ts'
import type { EvenScale } from '../pipeline/kernels/even-scale.ts'
import { dicomTime } from './dicom-time.ts'
import type { JpegFrame } from './jpeg-frame.ts'
import { longString } from './long-string.ts'

/** A picture and all that DICOM wants to know of it. */
export type DicomPicture = {
  kind: SopClass
  /** Baseline, 4:2:0 or 4:2:2; see fitsDicom. */
  jpeg: Buffer
  frame: JpegFrame
  uids: { study: string; series: string; instance: string }
  /** What an enhancement was made of; null for an original. */
  source: { kind: SopClass; instance: string } | null
  /** Up to 16 letters and digits that the visit's pictures have in common. */
  studyId: string
  /** How the pixels differ from what the camera gave; null when they do not. */
  derivation: string | null
  studyAt: Instant
  takenAt: Instant
  /** When these pixels came to be. */
  madeAt: Instant
  zone: string
  institution: string
  /** Where on the body it is from; null when nobody has said. */
  site: BodySite | null
  /** In pixels of `frame`; null when it is not known, or not the same all over the picture. */
  scale: EvenScale | null
  patient: {
    /** As personName writes it. */
    name: string
    id: string
    /** YYYY-MM-DD */
    birthDate: string
    gender: 'male' | 'female' | 'other' | 'unknown'
  }
}

/** Attributes by their DICOM keywords. */
export type Dataset = Record<string, unknown> & { SOPClassUID: string; SOPInstanceUID: string }
export type NamedDataset = Dataset & {
  PatientID: string
  StudyInstanceUID: string
  SeriesInstanceUID: string
}

/**
 * What the camera of a consult took is a VL Photographic Image; a Secondary Capture is what was made of a picture, and a
 * picture of which nobody knows how it came to be.
 */
const sopClasses = {
  photograph: { uid: '1.2.840.10008.5.1.4.1.1.77.1.4', modality: 'XC', seriesNumber: '1' },
  secondary: { uid: '1.2.840.10008.5.1.4.1.1.7', modality: 'OT', seriesNumber: '2' },
} as const
export type SopClass = keyof typeof sopClasses

const sexes = { male: 'M', female: 'F', other: 'O', unknown: '' } as const

/** The attributes of one picture: PS3.3 A.32.4 for photographs, A.8.1 for secondary captures. */
export function datasetOf(picture: DicomPicture): NamedDataset {
  const { kind, uids, source, frame, jpeg, derivation } = picture
  const { uid, modality, seriesNumber } = sopClasses[kind]
  const taken = dicomTime(picture.takenAt, picture.zone)
  const made = dicomTime(picture.madeAt, picture.zone)
  return {
    ...studyOf(picture),
    SOPClassUID: uid,
    SOPInstanceUID: uids.instance,
    SeriesInstanceUID: uids.series,
    SeriesNumber: seriesNumber,
    Modality: modality,

    // Seconds since the visit began, so that viewers show its pictures in their order.
    InstanceNumber: String(1 + Math.max(0, Math.floor((picture.madeAt - picture.studyAt) / 1000))),
    ImageType: [derivation === null ? 'ORIGINAL' : 'DERIVED', source === null ? 'PRIMARY' : 'SECONDARY'],
    ContentDate: made.date,
    ContentTime: made.time,
    AcquisitionDateTime: taken.dateTime,
    PatientOrientation: '',
    ...(derivation === null ? {} : { DerivationDescription: derivation }),
    ...(source === null ? {} : { SourceImageSequence: [referenceTo(source)] }),
    ...regionOf(picture.site),
    ...spacing(kind, picture.scale),
    ...(kind === 'photograph'
      ? { AcquisitionContextSequence: [] }
      : { ConversionType: source === null ? 'DI' : 'WSD' }),

    ...pixels(frame, jpeg),
  }
}

/** What all files of a visit have in common: whose it is, when and where. */
export function studyOf({ patient, uids, studyAt, takenAt, zone, studyId, institution }: DicomPicture) {
  const study = dicomTime(studyAt, zone)
  return {
    SpecificCharacterSet: 'ISO_IR 192',
    TimezoneOffsetFromUTC: dicomTime(takenAt, zone).offset,

    PatientName: patient.name,
    PatientID: longString(patient.id),
    PatientBirthDate: patient.birthDate.replaceAll('-', ''),
    PatientSex: sexes[patient.gender],

    StudyInstanceUID: uids.study,
    StudyDate: study.date,
    StudyTime: study.time,
    StudyID: studyId,
    AccessionNumber: '',
    ReferringPhysicianName: '',

    Manufacturer: 'Bedside',
    ManufacturerModelName: 'Bedside consult picture',
    InstitutionName: longString(institution),
  }
}

export function sopClassUid(kind: SopClass): string {
  return sopClasses[kind].uid
}

/** PS3.3 10.5: the region, and which of a pair. Where nobody has said, the most general code, unpaired as the whole body is. */
function regionOf(site: BodySite | null) {
  const { sct, meaning } = bodySites[site?.code ?? 'other']
  return {
    ImageLaterality: sideOf(site) ?? 'U',
    AnatomicRegionSequence: [code(sct, 'SCT', meaning)],
  }
}

const sides = { left: 'L', right: 'R' } as const

export function sideOf(site: BodySite | null): 'L' | 'R' | null {
  return site?.laterality ? sides[site.laterality] : null
}

/**
 * Pixel Spacing by something of known size in the picture (PS3.3 10.7.1.3). The VL Image module has no attributes that tell
 * how a spacing was calibrated, and dciodvfy takes a file with them for an extended one: there a comment tells it.
 */
function spacing(kind: SopClass, scale: EvenScale | null) {
  if (scale === null) return {}
  const millimetres = String(Number(scale.mmPerPixel.toPrecision(6)))
  const how =
    scale.by === 'hand'
      ? 'Line drawn by hand over a known length; slant not known'
      : `Printed marker of 20 mm, flat surface; error up to ${Math.ceil(100 * scale.worst)} %`
  const calibration =
    kind === 'photograph'
      ? { ImageComments: `Pixel spacing: ${how}.` }
      : { PixelSpacingCalibrationType: 'FIDUCIAL', PixelSpacingCalibrationDescription: how }
  return { PixelSpacing: [millimetres, millimetres], ...calibration }
}

function referenceTo({ kind, instance }: NonNullable<DicomPicture['source']>) {
  return {
    ReferencedSOPClassUID: sopClasses[kind].uid,
    ReferencedSOPInstanceUID: instance,
    PurposeOfReferenceCodeSequence: [code('121322', 'DCM', 'Source image for image processing operation')],
  }
}

export function code(value: string, scheme: string, meaning: string) {
  return { CodeValue: value, CodingSchemeDesignator: scheme, CodeMeaning: meaning }
}

/** A picture of a consult is lossy from the camera on, whatever happened to it later. */
function pixels(frame: JpegFrame, jpeg: Buffer) {
  const { rows, columns, profile } = frame
  return {
    SamplesPerPixel: 3,
    PhotometricInterpretation: 'YBR_FULL_422',
    PlanarConfiguration: 0,
    Rows: rows,
    Columns: columns,
    BitsAllocated: 8,
    BitsStored: 8,
    HighBit: 7,
    PixelRepresentation: 0,
    LossyImageCompression: '01',
    LossyImageCompressionRatio: ((3 * rows * columns) / jpeg.length).toFixed(2),
    LossyImageCompressionMethod: 'ISO_10918_1',
    ...(profile ? { ICCProfile: [bytesOf(profile)] } : {}),
    PixelData: [bytesOf(jpeg)],
    _vrMap: { PixelData: 'OB' },
  }
}

export function bytesOf(content: Buffer): ArrayBuffer {
  const copy = new ArrayBuffer(content.length)
  new Uint8Array(copy).set(content)
  return copy
}
