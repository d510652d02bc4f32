import type { PictureRect } from '#shared/imaging-viewer.ts'
import type { Analysis } from './analyse.ts'

/** The address of a picture, or the picture itself. */
export type Source = string | ImageBitmap

/** What a worker, which may fetch nothing, is given of it. */
export type Given = Blob | ImageBitmap

/** What the page asks of the worker: first a picture, then any number of looks at it. */
export type FromPage =
  | { kind: 'open'; given: Given }
  /** `part` null: all of it. `strength` multiplies the edges. */
  | { kind: 'look'; part: PictureRect | null; strength: number }

/** What was found, to be shown; whoever gets it closes the two pictures. */
export type Inside = Pick<Analysis, 'histograms' | 'findings'> & {
  readonly spectrum: ImageBitmap
  readonly edges: ImageBitmap
  /** Of what was analysed: at most 1024 pixels long. */
  readonly width: number
  readonly height: number
  /** Pixels analysed to one of what was opened. */
  readonly scale: number
  /** Of what was opened: a preview is smaller than the picture that it is of. */
  readonly sourceWidth: number
  /** From the pixels to the answer. */
  readonly ms: number
}

/** One for each look, in their order. `reason` is for the journal. */
export type FromWorker = { inside: Inside } | { inside: null; reason: string }
