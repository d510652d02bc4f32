import { z } from 'zod'

type SiteDescription = {
  /** SNOMED CT, out of DICOM's context groups 4 (Anatomic Region) and 4029 (Dermatology Anatomic Site). */
  sct: string
  /** The code's meaning in DICOM; people's words are in the client's language files. */
  meaning: string
  /** There is one on the left and one on the right. */
  paired: boolean
}

/** Where on the body a picture can be from, from head to toe; a closed list, so that visits can be compared by it. */
export const bodySites = {
  scalp: { sct: '41695006', meaning: 'Scalp', paired: false },
  face: { sct: '89545001', meaning: 'Face', paired: false },
  eye: { sct: '81745001', meaning: 'Eye', paired: true },
  ear: { sct: '117590005', meaning: 'Ear', paired: true },
  nose: { sct: '45206002', meaning: 'Nose', paired: false },
  mouth: { sct: '123851003', meaning: 'Mouth', paired: false },
  throat: { sct: '54066008', meaning: 'Pharynx', paired: false },
  neck: { sct: '45048000', meaning: 'Neck', paired: false },
  chest: { sct: '816094009', meaning: 'Chest', paired: false },
  breast: { sct: '76752008', meaning: 'Breast', paired: true },
  armpit: { sct: '91470000', meaning: 'Axilla', paired: true },
  abdomen: { sct: '818981001', meaning: 'Abdomen', paired: false },
  upperBack: { sct: '244111001', meaning: 'Skin of posterior surface of thorax', paired: false },
  lowerBack: { sct: '52612000', meaning: 'Lumbar region', paired: false },
  buttock: { sct: '46862004', meaning: 'Buttock', paired: true },
  groin: { sct: '26893007', meaning: 'Inguinal region', paired: true },
  genital: { sct: '60944009', meaning: 'Skin of external genitalia', paired: false },
  shoulder: { sct: '16982005', meaning: 'Shoulder', paired: true },
  upperArm: { sct: '40983000', meaning: 'Upper arm', paired: true },
  elbow: { sct: '16953009', meaning: 'Elbow joint', paired: true },
  forearm: { sct: '14975008', meaning: 'Forearm', paired: true },
  wrist: { sct: '74670003', meaning: 'Wrist joint', paired: true },
  hand: { sct: '85562004', meaning: 'Hand', paired: true },
  finger: { sct: '7569003', meaning: 'Finger', paired: true },
  hip: { sct: '29836001', meaning: 'Hip', paired: true },
  thigh: { sct: '68367000', meaning: 'Thigh', paired: true },
  knee: { sct: '72696002', meaning: 'Knee', paired: true },
  lowerLeg: { sct: '30021000', meaning: 'Lower leg', paired: true },
  ankle: { sct: '70258002', meaning: 'Ankle joint', paired: true },
  foot: { sct: '56459004', meaning: 'Foot', paired: true },
  toe: { sct: '29707007', meaning: 'Toe', paired: true },
  other: { sct: '38266002', meaning: 'Entire body', paired: false },
} as const satisfies Record<string, SiteDescription>

export type BodySiteCode = keyof typeof bodySites
export const BodySiteCode = z.enum(Object.keys(bodySites) as [BodySiteCode, ...BodySiteCode[]])

/** The patient's own left and right. */
export const Laterality = z.enum(['left', 'right'])
export type Laterality = z.infer<typeof Laterality>

/**
 * What a person said a picture shows. Laterality is null for what there is one of, and for one of a pair of which nobody
 * said which (DICOM's ImageLaterality: L, R, else U for what is unpaired).
 */
export const BodySite = z
  .strictObject({ code: BodySiteCode, laterality: Laterality.nullable() })
  .refine(({ code, laterality }) => laterality === null || bodySites[code].paired, {
    message: 'there is only one of it',
  })
export type BodySite = z.infer<typeof BodySite>
