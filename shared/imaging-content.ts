import { z } from 'zod'

/** What kind of picture it may be: the guess of a small model that was taught with drawn pictures. Nothing is sorted by it. */
export const PictureType = z.enum(['skin', 'eye', 'throat', 'wound', 'document', 'device', 'xray', 'other'])
export type PictureType = z.infer<typeof PictureType>

/** What models said of an original. A hint: it covers the picture at most, and is never a diagnosis. */
export const PictureContent = z.strictObject({
  /** Cover it in lists, and ask before it is shown. False where the clinic has the guard switched off. */
  sensitive: z.boolean(),
  /** For practitioners only. Null for all others, where the model is not sure, and where the clinic has the guess switched off. */
  type: PictureType.nullable(),
  /** Names and versions of those who said so. */
  model: z.string(),
})
export type PictureContent = z.infer<typeof PictureContent>

/**
 * How long a picture is treated as sensitive before the guard has answered. Then it is shown as where there is no guard:
 * the guard spares bystanders a sight, it may not keep a picture from the doctor.
 */
export const contentAnswerMs = 60_000
