import type { PictureType } from '#shared/imaging-content.ts'
import type { Description, Likely } from './describe-content.ts'

/**
 * Sensitive when the classes that are outweigh those that are not. To cover a harmless picture costs a click, so no surer
 * sign is asked for; what it does to harmless pictures is in the model's card.
 */
export function isSensitive({ sensitivity }: Pick<Description, 'sensitivity'>): boolean {
  return sensitivity >= 0.5
}

/** Below this, or with another type nearly as likely, nothing is said. */
const leastProbability = 0.6
const leastLead = 0.25

/** The type, when the model is sure enough to be worth a hint; null otherwise. */
export function typeOf([first, second]: readonly Likely<PictureType>[]): PictureType | null {
  if (!first || first.probability < leastProbability) return null
  if (second && first.probability - second.probability < leastLead) return null
  return first.name
}
