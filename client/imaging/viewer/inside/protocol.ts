import type { PictureRect } from '#shared/imaging-viewer.ts'
import type { Analysis } from './analyse.ts'

/** What the page asks of the worker: first a picture, then any number of looks at it. */
export type FromPage =
  | { kind: 'open'; picture: ImageBitmap }
  /** `part` null: all of it. `strength` multiplies the edges. */
  | { kind: 'look'; part: PictureRect | null; strength: number }

/** What was found, to be shown; whoever gets it closes the two pictures. */
export type Inside = Pick<Analysis, 'histograms' | 'findings'> & {
  readonly spectrum: ImageBitmap
  readonly edges: ImageBitmap
  /** Of what was analysed: at most 1024 pixels long. */
  readonly width: number
  readonly height: number
  /** Pixels analysed to one of the picture. */
  readonly scale: number
  /** From the pixels to the answer. */
  readonly ms: number
}

/** One for each look, in their order. `reason` is for the journal. */
export type FromWorker = { inside: Inside } | { inside: null; reason: string }
