import type { ModelCard, ModelName } from '#shared/imaging-recognition.ts'

/** Of a card what an answer says of its maker. */
export function nameOf({ name, version, sha256 }: ModelCard): ModelName {
  return { name, version, sha256 }
}
