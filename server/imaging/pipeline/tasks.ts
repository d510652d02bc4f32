import type { Recipe, SmallPicture } from '#shared/imaging-recipe.ts'
import type { Outcome } from './derive.ts'

/** Samples of a decoded picture: interleaved 8-bit sRGB, upright. */
export type Pixels = { rgb: Uint8Array; width: number; height: number }

/** What the server asks of a media process. Originals are strangers' bytes; only media processes decode them. */
export type MediaTasks = {
  derive: { ask: { original: Uint8Array; recipe: Recipe; preview: SmallPicture | null }; answer: Outcome }
  pixels: { ask: { original: Uint8Array; maxEdge: number }; answer: Pixels }
}
