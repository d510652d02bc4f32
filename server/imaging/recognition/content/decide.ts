import type { PictureType } from '#shared/imaging-content.ts'
import type { Description, Likely } from './describe-content.ts'

/**
 * Sensitive when the classes that are outweigh those that are not. To cover a harmless picture costs a click, so no surer
 * sign is asked for; what it does to harmless pictures is in the model's card.
 */
export function isSensitive({ sensitivity }: Pick<Description, 'sensitivity'>): boolean {
  return sensitivity !== null && sensitivity >= 0.5
}

/**
 * Below this nothing is said. So high because the head is surer than it is right: at 0.6 it was wrong about 26 of 85
 * pictures of kinds that it had not been taught with, at 0.9 about 14.
 */
const leastProbability = 0.9

/** The type, when the model is sure enough to be worth a hint; null otherwise. The most likely one comes first. */
export function typeOf([first]: readonly Likely<PictureType>[]): PictureType | null {
  return first && first.probability >= leastProbability ? first.name : null
}
