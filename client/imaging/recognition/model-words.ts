import type { ListedModel } from '#shared/imaging-models.ts'
import type { RecognitionSwitch } from '#shared/imaging-recognition.ts'

/** Those that do this; a model that looks for two things is named by its card alone. */
export function modelsFor(task: RecognitionSwitch, models: readonly ListedModel[]): readonly ListedModel[] {
  return models.filter(({ card, origin }) =>
    task === 'ownModel' ? origin === 'own' : origin === 'shipped' && card?.task === task,
  )
}

/** The beginning of a hash, enough to tell files apart by eye. */
export function shortHash(sha256: string): string {
  return sha256.slice(0, 12)
}

/** The place of a model's card in the page of all. */
export function cardAddress(name: string): string {
  return `/models#${encodeURIComponent(name)}`
}
