import { z } from 'zod'
import { ModelName } from '#shared/imaging-recognition.ts'
import { PictureContent, PictureType } from '#shared/imaging-content.ts'

const Probability = z.number().min(0).max(1)

/** All that models said of a picture, as it is kept: the numbers too, so that it can be judged again. */
const KeptContent = PictureContent.omit({ model: true }).extend({
  /** The guard's; null where it was not asked. */
  sensitivity: Probability.nullable(),
  /** Most likely first; empty where nobody asked. */
  types: z.array(z.strictObject({ name: PictureType, probability: Probability })),
  models: z.array(ModelName),
})
export type KeptContent = z.infer<typeof KeptContent>

/** What was kept of it; null for a picture that no model has described. */
export function keptContent(json: string | null): PictureContent | null {
  if (json === null) return null
  const { sensitive, type, models } = KeptContent.parse(JSON.parse(json))
  return { sensitive, type, model: models.map(({ name, version }) => `${name} ${version}`).join(', ') }
}
