import type { Step } from '#shared/imaging-recipe.ts'

/** What the page asks of the worker: first the picture, then any number of tries of it. */
export type FromPage =
  | { kind: 'open'; picture: ImageBitmap; serverEdge: number }
  /** `edge` is how long the longer edge of the answer may be. */
  | { kind: 'try'; id: number; steps: Step[]; edge: number }

/** `reason` is for the journal. */
export type FromWorker =
  | { id: number; made: ImageBitmap; ms: number }
  | { id: number; made: null; problem: 'nothing_to_balance' | 'failed'; reason: string }
